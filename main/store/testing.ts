/** For tests beside the store: real databases on folders that go when the test ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';
import { closeDatabase, openDatabase, openTemporary, type Database, type OpenOptions } from './database.ts';
import { rememberMessage } from './memories.ts';
import { createStores, createTemporaryStores, type Stores } from './stores.ts';

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engram-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A database that is closed when the test ends. */
export function opened(folder: string, options: OpenOptions = {}): Database {
  const db = openDatabase(folder, options);
  onTestFinished(() => closeDatabase(db));
  return db;
}

export type Store = Stores & { db: Database; clock: { now: number } };

/** Stores on a clock that the test turns. */
export function storeIn(folder: string): Store {
  const db = opened(folder);
  const clock = { now: Date.UTC(2026, 10, 20, 12) };
  return { db, clock, ...createStores(db, { remember: rememberMessage, now: () => clock.now }) };
}

export function temporaryStore(): Store {
  const db = openTemporary();
  onTestFinished(() => void db.close());
  const clock = { now: Date.UTC(2026, 10, 20, 12) };
  return { db, clock, ...createTemporaryStores(db, () => clock.now) };
}

/** Every file under a folder with its bytes, to see that nothing was touched. */
export function contentsOf(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => [path, readFileSync(path).toString('base64')]),
  );
}

/** What `killedWhile` runs for the tests of the store. */
export const storeChild = join(import.meta.dirname, 'testingChild.ts');

/** Starts a script and kills it without warning, `afterMs` after it was ready. Answers the lines it said. */
export async function killedWhile(script: string[], afterMs: number): Promise<string[]> {
  const child = spawn(process.execPath, script, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const ended = once(child, 'close');
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line === 'ready') setTimeout(() => child.kill('SIGKILL'), afterMs);
  }
  await ended;
  return lines;
}
