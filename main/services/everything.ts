import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { ExportedConversation, ExportedMemory, ExportedPersona } from '../contract/exporting.ts';
import { backupFolder, damagedFolder } from '../store/backupFiles.ts';
import { eraseAll } from '../store/eraseAll.ts';
import { exportedClaims, exportedConversation, exportedJobs, exportedProfiles, writtenAlone } from '../store/exported.ts';
import { listMemories } from '../store/memoryList.ts';
import { exportAll } from './exportAll.ts';
import { exportMarkdown } from './exportMarkdown.ts';
import { recentSearchesFile } from './recentSearches.ts';
import type { OpenStores } from './stores.ts';

export type ExportFormat = 'json' | 'markdown';

/** Writes everything the owner said and made as one file, or as a folder of Markdown, and returns its path. */
export function exportEverything(stores: OpenStores, folder: string, { personaFile, now, format }: { personaFile(id: string): ExportedPersona; now: number; format: ExportFormat }): string {
  const personas = stores.personas.list().filter(({ builtIn }) => !builtIn).map(({ id }) => personaFile(id));
  const parts = { conversations: conversations(stores), memories: writtenMemories(stores), personas, claims: exportedClaims(stores.db), profiles: exportedProfiles(stores.db), unread: exportedJobs(stores.db) };
  // As it stands at one moment, whatever is said meanwhile.
  return stores.db.transaction(() => (format === 'json' ? exportAll : exportMarkdown)(folder, parts, now))();
}

function* conversations({ kept, db }: OpenStores): Generator<ExportedConversation> {
  for (const archived of [false, true]) for (const { id } of kept.conversations.list({ archived })) yield exportedConversation(db, id);
}

function writtenMemories({ db }: OpenStores): ExportedMemory[] {
  const all: ExportedMemory[] = [];
  const alone = writtenAlone(db);
  for (;;) {
    const last = all.at(-1);
    const before = last ? { at: last.createdAt, id: last.id } : null;
    const { memories } = listMemories(db, { filter: 'written', text: '', personaId: null, limit: 500, before });
    if (memories.length === 0) return all;
    all.push(...memories.map((memory) => (alone.has(memory.id) ? { ...memory, keptAlone: true } : memory)));
  }
}

/**
 * Everything in the data folder but model files, the lock, and what belongs to the window's shell (its place on the
 * screen): nothing that was said. Whoever calls has stopped all work, and makes vectors go.
 */
export async function eraseEverything(stores: OpenStores, dataFolder: string, eraseVectors: () => Promise<void>): Promise<void> {
  await stores.backups.exclusively(async () => {
    eraseAll(stores.db);
    eraseAll(stores.temporaryDb);
    eraseAll(stores.notesDb);
    await eraseVectors();
    for (const folder of [backupFolder(dataFolder), damagedFolder(dataFolder)]) rmSync(folder, { recursive: true, force: true });
    rmSync(recentSearchesFile(dataFolder), { force: true });
    // The folder stays: what happens from now on is written into it.
    const logs = path.join(dataFolder, 'logs');
    for (const name of existsSync(logs) ? readdirSync(logs) : []) rmSync(path.join(logs, name), { recursive: true, force: true });
    // The queue of vectors held ids; emptied, it leaves none in the log either.
    if (!eraseAll(stores.db) || !eraseAll(stores.notesDb)) throw logKept();
  });
}

const logKept = () =>
  new AppError('conflict', 'Everything was deleted, but the data was being read just then, so its log still holds older pages. Nothing else is kept; delete everything once more.');
