/** One look at a folder, or at parts of it: what changed there since the last. What is merely out of reach has not gone. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Database } from '../../store/database.ts';
import { knownFile, knownFiles, noteWaits, type KnownFile, type WatchedFolder } from '../../store/noteQueue.ts';
import { noteSeen, type NoteFile } from '../../store/notes.ts';
import { Comparison, isBelow, outermost } from './compare.ts';
import { rulesOf } from './leaveOut.ts';
import { breath, writeInSlices } from './slices.ts';
import { nothingWalked, walk, type Walked } from './walk.ts';

export type Looking = {
  db: Database;
  now(): number;
  signal: AbortSignal;
  /** Files were put into the queue. */
  queued(): void;
  /** Called before a folder is listed. */
  entered(folder: string, place: string, isLinked: boolean): void;
};

/** `told`: somebody said that these have changed; else it is the look that finds what nobody told. */
export type Look = { folder: WatchedFolder; paths: readonly string[]; told: boolean };

export type Looked = Look & {
  /** A sentence: the folder is not there. Nothing else is known then. */
  away: string | null;
  /** The file system that is at its place; null where there is none. */
  device: string | null;
  kind: WatchedFolder['kind'];
  mounts: Record<string, string>;
  /** Folders that were listed. */
  folders: string[];
  /** Not in the queue yet: among them may be some of the gone under another name. */
  fresh: NoteFile[];
  gone: KnownFile[];
  /** Some of it can only be told by a look at everything. */
  needsAll: boolean;
};

const pageSize = 1_000;

export async function lookAt(looking: Looking, asked: Look): Promise<Looked> {
  const { folder } = asked;
  const device = await deviceOf(folder.path);
  if (device === null) return notThere({ ...asked, device }, `The folder ${folder.path} is not there just now; its notes stay findable.`);
  // It was away, or another file system is in its place: parts of it would tell nothing.
  const isKnown = folder.state === 'present' && (folder.mounts[''] ?? device) === device;
  const look = { ...asked, device, paths: isKnown ? outermost(asked.paths) : [''] };
  const walked = nothingWalked();
  try {
    const { comparison, fresh } = await compare(looking, look, walked);
    if ((await deviceOf(folder.path)) !== device) return notThere(look, `The folder ${folder.path} went away while it was looked through; its notes stay findable.`);
    return conclude(look, { walked, comparison, fresh, kind: await kindOf(folder.path) });
  } catch (error) {
    looking.signal.throwIfAborted();
    return notThere(look, `The folder ${folder.path} cannot be looked through${reasonOf(error)}; its notes stay findable.`);
  }
}

type Seen = { walked: Walked; comparison: Comparison; fresh: NoteFile[]; kind: WatchedFolder['kind'] };
type Placed = Look & { device: string };

async function compare(looking: Looking, { folder, paths }: Look, walked: Walked): Promise<{ comparison: Comparison; fresh: NoteFile[] }> {
  const { db, now, signal, entered, queued } = looking;
  const comparison = new Comparison(await known(db, folder.id, paths));
  const fresh: NoteFile[] = [];
  const seen = (file: NoteFile) => noteSeen(db, folder.id, { ...file, at: now() });
  for await (const files of walk({ root: folder.path, from: paths, rules: rulesOf(folder), signal, entered }, walked)) {
    const compared = comparison.take(files);
    await writeInSlices(db, compared.changed, seen);
    await writeInSlices(db, compared.doubtful, (id) => noteWaits(db, id));
    // Where nothing was known nothing can have moved.
    if (comparison.isFirst) await writeInSlices(db, compared.fresh, seen);
    else fresh.push(...compared.fresh);
    if (comparison.isFirst || compared.changed.length + compared.doubtful.length > 0) queued();
  }
  return { comparison, fresh };
}

async function known(db: Database, folderId: string, paths: readonly string[]): Promise<KnownFile[]> {
  const all: KnownFile[] = [];
  for (const below of paths) {
    const itself = below === '' ? undefined : knownFile(db, folderId, below);
    if (itself) all.push(itself);
    for (let page = knownFiles(db, folderId, { below, after: '', limit: pageSize }); page.length > 0; page = knownFiles(db, folderId, { below, after: page.at(-1)!.path, limit: pageSize })) {
      all.push(...page);
      await breath();
    }
  }
  return all;
}

function conclude(look: Placed, { walked, comparison, fresh, kind }: Seen): Looked {
  const { folder, paths, device } = look;
  const isWhole = paths.includes('');
  const lost = Object.entries(folder.mounts)
    .filter(([mount, before]) => paths.some((at) => mount === at || isBelow(mount, at)) && deviceAt(walked, device, mount) !== before && !comparison.hasFound(mount))
    .map(([mount]) => mount);
  // An empty place where a drive was: what was known of it is not gone.
  if (lost.includes('') && comparison.gone([]).length > 0) {
    return notThere(look, `The drive of the folder ${folder.path} is not there just now; its notes stay findable.`);
  }
  const kept = Object.fromEntries(lost.filter((mount) => mount !== '').map((mount) => [mount, folder.mounts[mount]!]));
  return {
    ...look,
    away: null,
    kind,
    mounts: isWhole ? { ...mountsOf(walked), ...kept, '': device } : folder.mounts,
    folders: [...walked.folders.keys()],
    fresh,
    gone: comparison.gone([...walked.unseen, ...Object.keys(kept)]),
    needsAll: !isWhole && (walked.behindLink || isAboutRules(paths)),
  };
}

const deviceAt = (walked: Walked, device: string, mount: string): string | undefined => (mount === '' ? device : walked.folders.get(mount));

/** Folders that are on another file system than what they lie in. */
function mountsOf({ folders }: Walked): Record<string, string> {
  const above = (at: string) => folders.get(at.includes('/') ? at.slice(0, at.lastIndexOf('/')) : '');
  return Object.fromEntries([...folders].filter(([at, device]) => at !== '' && above(at) !== device));
}

/** What such a file says may concern everything around it. */
const isAboutRules = (paths: readonly string[]): boolean => paths.some((at) => /(?:^|\/)\.(?:gitignore|engramignore)$/u.test(at));

const notThere = (look: Look & { device: string | null }, away: string): Looked => ({ ...look, away, kind: look.folder.kind, mounts: look.folder.mounts, folders: [], fresh: [], gone: [], needsAll: false });

/** A dead network drive answers never. */
const patienceMs = 10_000;

/** The file system a folder is on; null where there is no folder. */
export async function deviceOf(folder: string): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), patienceMs);
  });
  const info = await Promise.race([stat(folder, { bigint: true }).catch(() => null), late]);
  clearTimeout(timer);
  return info?.isDirectory() ? String(info.dev) : null;
}

const kindOf = async (folder: string): Promise<WatchedFolder['kind']> =>
  (await stat(path.join(folder, '.obsidian')).then((info) => info.isDirectory(), () => false)) ? 'obsidian' : 'plain';

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return code === 'EACCES' || code === 'EPERM' ? ', because its permissions forbid it' : '';
}
