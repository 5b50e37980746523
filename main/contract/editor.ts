import { z } from 'zod';

/** What a note is opened with, outside. `command`: for `custom`, a program and its arguments, in which {file} and {line} are filled in. */
export const Editor = z.object({ kind: z.enum(['system', 'vscode', 'obsidian', 'vim', 'custom']), command: z.string().max(1_000) });
export type Editor = z.infer<typeof Editor>;
