import { useEffect } from 'react';
import type { Settings } from '../../main/contract/app.ts';
import { api, updateCall, useCall } from '../api.ts';
import { useCommand } from '../keyboard.ts';
import { attempt } from '../ui/notices.ts';
import { changePreferences, preferencesNow } from './preferences.ts';

type Look = Pick<Settings, 'theme' | 'textSize'>;

/** Puts theme and text size on the page: at once from what was last known, then as the settings say. */
export function applyLook({ theme, textSize }: Look): void {
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset['theme'];
  else root.dataset['theme'] = theme;
  root.style.setProperty('--text-size', String(textSize));
}

/** Keeps the page looking as the settings say, and answers for the commands that change it. */
export function useAppearance(): void {
  const settings = useCall('app.settings', {}).data;
  const theme = settings?.theme;
  const textSize = settings?.textSize;
  useEffect(() => {
    if (theme === undefined || textSize === undefined) return;
    applyLook({ theme, textSize });
    changePreferences({ theme, textSize });
  }, [theme, textSize]);

  const resize = (step: number) => changeLook({ textSize: Math.min(200, Math.max(80, preferencesNow().textSize + step)) });
  useCommand('app.larger', () => resize(10));
  useCommand('app.smaller', () => resize(-10));
  useCommand('app.usualSize', () => changeLook({ textSize: 100 }));
  useCommand('app.light', () => changeLook({ theme: 'light' }));
  useCommand('app.dark', () => changeLook({ theme: 'dark' }));
  useCommand('app.systemTheme', () => changeLook({ theme: 'system' }));
}

/** Changes how the window looks: seen at once, then saved. */
export function changeLook(part: Partial<Look>): void {
  updateCall('app.settings', {}, (settings) => ({ ...settings, ...part }));
  void attempt(() => api.app.changeSettings(part));
}
