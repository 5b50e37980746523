import { lazy } from 'react';

/** Every place but the conversation comes in a chunk of its own, fetched when first visited. */
export const screens = {
  search: lazy(() => import('../search/SearchScreen.tsx').then((module) => ({ default: module.SearchScreen }))),
  notes: lazy(() => import('../notes/NotesScreen.tsx').then((module) => ({ default: module.NotesScreen }))),
  memory: lazy(() => import('../memory/MemoryScreen.tsx').then((module) => ({ default: module.MemoryScreen }))),
  personas: lazy(() => import('../personas/PersonasScreen.tsx').then((module) => ({ default: module.PersonasScreen }))),
  models: lazy(() => import('../models/ModelsScreen.tsx').then((module) => ({ default: module.ModelsScreen }))),
  settings: lazy(() => import('../settings/SettingsScreen.tsx').then((module) => ({ default: module.SettingsScreen }))),
  welcome: lazy(() => import('../welcome/WelcomeScreen.tsx').then((module) => ({ default: module.WelcomeScreen }))),
} as const;
