import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ConversationFile } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import type { Memory } from '../contract/memory.ts';
import type { PersonaFile } from '../contract/persona.ts';
import { backupFolder, damagedFolder } from '../store/backupFiles.ts';
import { eraseAll } from '../store/eraseAll.ts';
import { listMemories } from '../store/memoryList.ts';
import { exportAll } from './exportAll.ts';
import type { OpenStores } from './stores.ts';

/** Writes everything the owner said and made as one file, and returns its path. */
export function exportEverything(stores: OpenStores, folder: string, { personaFile, now }: { personaFile(id: string): PersonaFile; now: number }): string {
  const personas = stores.personas.list().filter(({ builtIn }) => !builtIn).map(({ id }) => ({ ...personaFile(id), id }));
  return exportAll(folder, { conversations: conversationFiles(stores), memories: writtenMemories(stores), personas }, now);
}

function* conversationFiles({ kept }: OpenStores): Generator<ConversationFile> {
  for (const archived of [false, true]) {
    for (const { id, title, createdAt } of kept.conversations.list({ archived })) {
      yield { format: 'engram-conversation', version: 1, title, createdAt, messages: kept.messages.exported(id, 'all') };
    }
  }
}

function writtenMemories({ db }: OpenStores): Memory[] {
  const all: Memory[] = [];
  for (;;) {
    const last = all.at(-1);
    const before = last ? { at: last.createdAt, id: last.id } : null;
    const { memories } = listMemories(db, { filter: 'written', text: '', personaId: null, limit: 500, before });
    if (memories.length === 0) return all;
    all.push(...memories);
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
    await eraseVectors();
    for (const folder of [backupFolder(dataFolder), damagedFolder(dataFolder)]) rmSync(folder, { recursive: true, force: true });
    // The folder stays: what happens from now on is written into it.
    const logs = path.join(dataFolder, 'logs');
    for (const name of existsSync(logs) ? readdirSync(logs) : []) rmSync(path.join(logs, name), { recursive: true, force: true });
    // The queue of vectors held ids; emptied, it leaves none in the log either.
    if (!eraseAll(stores.db)) throw logKept();
  });
}

const logKept = () =>
  new AppError('conflict', 'Everything was deleted, but the data was being read just then, so its log still holds older pages. Nothing else is kept; delete everything once more.');
