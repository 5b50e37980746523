import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import BetterSqlite3, { type Database } from 'better-sqlite3';
import type { ForgetCheck } from '../contract/memory.ts';
import { AppError } from '../contract/errors.ts';
import { backupFolder, damagedFolder, databaseFile, partialSuffix, settle } from './backupFiles.ts';
import { blankBytes, byteNeedle, dataFiles, needlesIn, relativeName, searchBytes, type ByteNeedle } from './byteSearch.ts';
import { rebuildWords, walkTexts, type Cell } from './databaseWalk.ts';
import type { AppliedChange } from './forgettings.ts';
import { notesFile } from './notesDatabase.ts';

export type Erasing = {
  db: Database;
  folder: string;
  /** Which forgetting this is: its row in a back-up loses what it held. */
  id: string;
  /** Texts that are proof when their bytes are found: distinctive words, whole sentences. */
  proof: string[];
  /** Changes to be repeated in the same rows of a back-up, where the text alone is too short to be looked for. */
  mirrors: AppliedChange[];
  /** Back-ups that the owner left as they are, by their names under the data folder. */
  keptBackups: string[];
  /** A cell's text without what is to be forgotten, leaving whole texts among `kept` alone. */
  redact(kept: ReadonlySet<string>): (text: string) => string;
  /** Removes the queued vectors and every older version of the index. */
  eraseVectors(): Promise<void>;
};

/** A shorter text is found by chance: in ids within a database, in numbers within other files. */
const shortestInDatabases = 4;
const shortestElsewhere = 6;

/**
 * Makes the bytes go: from the database (whose rows read differently already), the index, and every back-up; then
 * searches every file. Each step may be repeated, so that a crash anywhere only means beginning again.
 */
export async function erase(erasing: Erasing): Promise<ForgetCheck> {
  const needles = erasing.proof.filter((text) => text.length >= shortestInDatabases).map(byteNeedle);
  const still = await standing(erasing.db, erasing.redact(new Set()), needles);
  await redactOtherForgettings(erasing, still.texts);
  await erasing.eraseVectors();
  for (const path of await otherDatabases(erasing)) await cleanCopy(erasing, path, { needles, kept: still.texts });
  truncateLog(erasing.db);
  const check = await search(erasing, needles);
  if (!check.found.includes(relativeName(erasing.folder, databaseFile(erasing.folder)))) return check;
  // Moving rows between pages may leave bytes in between; writing the whole file anew does not.
  rebuildWords(erasing.db, 'all');
  erasing.db.exec('VACUUM');
  truncateLog(erasing.db);
  return search(erasing, needles);
}

/** The log holds older pages until it is cut to nothing. A reader in the way makes that wait for the next attempt. */
export function truncateLog(db: Database): void {
  if (!cutLog(db)) throw new AppError('conflict', 'The data is being read just now, so its log could not be emptied. It will be tried again.');
}

/** Cuts the log to nothing; false when a reader is in the way. */
export function cutLog(db: Database): boolean {
  const [result] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
  return result?.busy === 0;
}

type Standing = { texts: Set<string>; needles: Set<ByteNeedle> };

/** What still reads so in a database: left by the owner's choice, said again since, or in no text of theirs (an id, a path). */
async function standing(db: Database, redact: (text: string) => string, needles: readonly ByteNeedle[]): Promise<Standing> {
  const found: Standing = { texts: new Set(), needles: new Set() };
  await walkTexts(db, ({ table, column, text }) => {
    if (table === 'forgetting' && column === 'plan') return text;
    if (redact(text) !== text) found.texts.add(text);
    for (const needle of needlesIn(text, needles)) found.needles.add(needle);
    return text;
  });
  return found;
}

/** Another forgetting that can still be undone may hold it among its originals. */
async function redactOtherForgettings({ db, redact }: Erasing, kept: ReadonlySet<string>): Promise<void> {
  const clean = redact(kept);
  const rows = db.prepare<unknown[], { id: string; plan: string }>('SELECT id, plan FROM forgetting').all();
  for (const { id, plan } of rows) {
    const after = clean(plan);
    if (after !== plan) db.prepare('UPDATE forgetting SET plan = ? WHERE id = ?').run(after, id);
  }
}

async function otherDatabases({ folder, keptBackups }: Erasing): Promise<string[]> {
  const files = await dataFiles(folder);
  return files.filter((path) => isCopy(folder, path) && !keptBackups.includes(relativeName(folder, path)));
}

/** A log beside its database goes with it; one whose database has gone was set aside by itself. */
const isCopy = (folder: string, path: string) => {
  const ofDatabase = path.endsWith('.db') || (path.endsWith(`.db${logSuffix}`) && !existsSync(path.slice(0, -logSuffix.length)));
  return ofDatabase && [backupFolder(folder), damagedFolder(folder)].includes(dirname(path));
};

const logSuffix = '-wal';

/** Back-ups, and databases set aside, in which bytes of these stand; all of them when there is nothing to search by. */
export async function copiesHolding(folder: string, proof: readonly string[]): Promise<string[]> {
  const needles = proof.filter((text) => text.length >= shortestInDatabases).map(byteNeedle);
  const names: string[] = [];
  for (const path of (await dataFiles(folder)).filter((file) => isCopy(folder, file))) {
    const holds = needles.length === 0 || (await searchBytes(path, needles)).found.length > 0;
    if (holds) names.push(relativeName(folder, path));
  }
  return names;
}

/** A copy is rewritten, or is as it was: never half. One that cannot be read loses the bytes where they stand. */
async function cleanCopy(erasing: Erasing, path: string, { needles, kept }: { needles: ByteNeedle[]; kept: ReadonlySet<string> }): Promise<void> {
  // SQLite reads no log without its database.
  if (path.endsWith(logSuffix)) return void (await blankBytes(path, needles));
  const partial = `${path}${partialSuffix}`;
  try {
    if (!(await rewriteCopy(erasing, { path, partial, kept }))) return;
    settle(partial, path);
    for (const suffix of ['-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    for (const file of [path, `${path}-wal`]) if (existsSync(file)) await blankBytes(file, needles);
  } finally {
    for (const suffix of ['', '.work', '.work-wal', '.work-shm', '.work-journal']) rmSync(partial + suffix, { force: true });
  }
}

const isUnreadable = (error: unknown) => error instanceof BetterSqlite3.SqliteError && /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(error.code);

/** Answers false when there was nothing to take out. */
async function rewriteCopy(erasing: Erasing, { path, partial, kept }: { path: string; partial: string; kept: ReadonlySet<string> }): Promise<boolean> {
  const work = `${partial}.work`;
  copyFileSync(path, work);
  if (existsSync(`${path}-wal`)) copyFileSync(`${path}-wal`, `${work}-wal`);
  const copy = new BetterSqlite3(work);
  try {
    copy.pragma('journal_mode = DELETE');
    copy.pragma('foreign_keys = OFF');
    copy.pragma('temp_store = MEMORY');
    const clean = erasing.redact(kept);
    const forgotten = emptyPlan(copy, erasing.id);
    const changed = await walkTexts(copy, (cell) => mirrored(erasing.mirrors, cell) ?? clean(cell.text));
    if (changed + forgotten === 0) return false;
    rebuildWords(copy, 'unsafe');
    rmSync(partial, { force: true });
    copy.prepare('VACUUM INTO ?').run(partial);
    return true;
  } finally {
    copy.close();
  }
}

/** A back-up made in the grace period holds the originals, for an undo that is over. */
function emptyPlan(copy: Database, id: string): number {
  const hasTable = copy.prepare(`SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'forgetting'`).get() !== undefined;
  if (!hasTable) return 0;
  return copy.prepare(`UPDATE forgetting SET plan = '{"places":0}', state = 'erased', erased_at = erases_at WHERE id = ? AND plan <> '{"places":0}'`).run(id).changes;
}

function mirrored(mirrors: readonly AppliedChange[], { text, row }: Cell): string | undefined {
  const change = mirrors.find(({ id, before }) => before === text && Object.values(row).includes(id));
  return change && (change.after ?? '');
}

/** Searches every file for what is not known to stand there by right. */
async function search(erasing: Erasing, needles: readonly ByteNeedle[]): Promise<ForgetCheck> {
  const { folder } = erasing;
  const check: ForgetCheck = { filesSearched: 0, bytesSearched: 0, found: [] };
  const live = await standing(erasing.db, erasing.redact(new Set()), needles);
  for (const path of await dataFiles(folder)) {
    if (isOfNotes(folder, path)) continue;
    const lookedFor = isDatabase(folder, path) ? needles.filter((needle) => !live.needles.has(needle)) : longEnough(needles);
    const { found, bytes } = await searchBytes(path, lookedFor);
    check.filesSearched += 1;
    check.bytesSearched += bytes;
    const wrong = found.length > 0 && !(await standsByRight(erasing, path, found));
    if (wrong) check.found.push(relativeName(folder, path));
  }
  return check;
}

/** What the owner's own files say stands there by their will, and is read again from them. */
const isOfNotes = (folder: string, path: string) => path.startsWith(notesFile(folder));

const longEnough = (needles: readonly ByteNeedle[]) => needles.filter(({ word }) => word.length >= shortestElsewhere);

const isDatabase = (folder: string, path: string) => path.startsWith(databaseFile(folder));

/** In a back-up a needle may be part of a longer word, an id, or a text that was left. */
async function standsByRight(erasing: Erasing, path: string, found: readonly ByteNeedle[]): Promise<boolean> {
  const { folder, keptBackups } = erasing;
  if (!path.endsWith('.db') || path === databaseFile(folder)) return false;
  if (keptBackups.includes(relativeName(folder, path))) return true;
  if (dirname(path) === damagedFolder(folder)) return false;
  const copy = new BetterSqlite3(path, { readonly: true });
  try {
    const live = await standing(erasing.db, erasing.redact(new Set()), []);
    const there = await standing(copy, erasing.redact(live.texts), found);
    return there.texts.size === 0 && found.every((needle) => there.needles.has(needle));
  } finally {
    copy.close();
  }
}
