import { z } from 'zod';
import { Editor } from './editor.ts';
import { EngineStatus } from './model.ts';
import { Forgetting } from './memory.ts';
import { NotesStatus } from './note.ts';

export const Settings = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  /** Percent of the base text size. */
  textSize: z.number().int().min(80).max(200),
  defaultPersonaId: z.string(),
  /** Loaded at start; null leaves the engine empty. */
  chatModelPath: z.string().nullable(),
  embedderPath: z.string().nullable(),
  rerankerPath: z.string().nullable(),
  /** How long Forget can be undone, seconds; 0 erases at once. */
  forgetGraceSeconds: z.number().int().min(0).max(30 * 86_400),
  /** When to answer with the remembered sentence itself: only for models too small to trust, always, never. */
  quoteMemories: z.enum(['untrusted', 'always', 'never']),
  automaticTitles: z.boolean(),
  /** Whether what was searched for is offered again. */
  recentSearches: z.boolean(),
  /** Whether a capable model may look for claims in what was said while nothing else is going on; they are proposals only. */
  proposeClaims: z.enum(['off', 'idle']),
  /** Tokens of remembered lines in a prompt; null sizes it by the model's window. */
  memoryTokens: z.number().int().min(0).max(3_000).nullable(),
  /** How many rotating back-ups are kept. */
  backupsKept: z.number().int().min(1).max(50),
  /** What notes are opened with, outside. */
  editor: Editor,
  /** The owner stopped the reading of notes, all of it. */
  notesPaused: z.boolean(),
  welcomed: z.boolean(),
});
export type Settings = z.infer<typeof Settings>;

export const AppInfo = z.object({
  version: z.string(),
  dataFolder: z.string(),
  platform: z.string(),
  /** What the window runs in; the loopback host has no OS integrations. */
  host: z.enum(['electron', 'loopback', 'none']),
  /** What the shell can do here: the window hides what is absent. */
  shell: z.object({ pick: z.boolean(), reveal: z.boolean(), notify: z.boolean() }),
});
export type AppInfo = z.infer<typeof AppInfo>;

export const Backup = z.object({
  name: z.string(),
  /** Why it was made: by the timetable, on request, or before a migration or a restore. */
  reason: z.enum(['automatic', 'asked', 'migration', 'restore']),
  createdAt: z.number(),
  sizeBytes: z.number(),
});
export type Backup = z.infer<typeof Backup>;

/** A folder as the built-in picker shows it, for machines without a shell to ask. */
export const FolderListing = z.object({
  path: z.string(),
  parent: z.string().nullable(),
  entries: z.array(z.object({ name: z.string(), path: z.string(), kind: z.enum(['file', 'folder']), sizeBytes: z.number() })),
});
export type FolderListing = z.infer<typeof FolderListing>;

export const IndexStatus = z.object({
  /** Memories that have an embedding, of how many. */
  embedded: z.number().int(),
  total: z.number().int(),
  state: z.enum(['up-to-date', 'indexing', 'rebuilding', 'words-only']),
});
export type IndexStatus = z.infer<typeof IndexStatus>;

/** Live status, subscribed to. The first events describe the present. */
export const AppEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('engine'), status: EngineStatus }),
  z.object({ type: z.literal('index'), status: IndexStatus }),
  z.object({ type: z.literal('notes'), status: NotesStatus }),
  z.object({ type: z.literal('forgetting'), forgetting: Forgetting }),
  /** Something of this kind changed: ask again. */
  z.object({
    type: z.literal('changed'),
    what: z.enum(['conversations', 'conversation', 'memories', 'claims', 'personas', 'adapters', 'models', 'settings', 'backups', 'notes', 'noteFolders']),
    id: z.string().nullable(),
  }),
  z.object({ type: z.literal('notice'), message: z.string() }),
]);
export type AppEvent = z.infer<typeof AppEvent>;
