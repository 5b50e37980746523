import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import type { FolderListing } from '../contract/app.ts';
import { AppError } from '../contract/errors.ts';

/** More than a person would look through; folders come first, so they are never cut. */
const mostEntries = 5_000;
/** On Windows, the place above the drives. */
const drives = '';

type Entry = FolderListing['entries'][number];

/**
 * The folders, and the files with one of these extensions (all when none is named), in a folder; the home folder when
 * `path` is null. What is hidden or cannot be looked at is left out. Fails with `not-found` or `not-allowed`.
 */
export async function browse({ path: chosen, extensions }: { path: string | null; extensions: string[] }): Promise<FolderListing> {
  if (chosen === drives && process.platform === 'win32') return listDrives();
  const folder = path.resolve(chosen ?? homedir());
  const names = await readdir(folder).catch((error: unknown) => {
    throw explained(folder, error);
  });
  const wanted = extensions.map((extension) => `.${extension.replace(/^\./u, '').toLowerCase()}`);
  const entries = await Promise.all(names.filter((name) => !isHidden(name)).map((name) => look(folder, name)));
  const shown = entries.filter((entry): entry is Entry => entry !== null && (entry.kind === 'folder' || matches(entry.name, wanted)));
  return { path: folder, parent: parentOf(folder), entries: shown.sort(byKindAndName).slice(0, mostEntries) };
}

/** Null for what is neither file nor folder, has gone, or may not be looked at. Links are followed. */
async function look(folder: string, name: string): Promise<Entry | null> {
  try {
    const file = path.join(folder, name);
    const found = await stat(file);
    if (found.isDirectory()) return { name, path: file, kind: 'folder', sizeBytes: 0 };
    return found.isFile() ? { name, path: file, kind: 'file', sizeBytes: found.size } : null;
  } catch {
    return null;
  }
}

const isHidden = (name: string) => name.startsWith('.') || /^(desktop\.ini|thumbs\.db|\$recycle\.bin|system volume information)$/iu.test(name);

const matches = (name: string, wanted: string[]) => wanted.length === 0 || wanted.some((extension) => name.toLowerCase().endsWith(extension));

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });
const byKindAndName = (a: Entry, b: Entry) => (a.kind === b.kind ? collator.compare(a.name, b.name) : a.kind === 'folder' ? -1 : 1);

function parentOf(folder: string): string | null {
  const parent = path.dirname(folder);
  if (parent !== folder) return parent;
  return process.platform === 'win32' ? drives : null;
}

async function listDrives(): Promise<FolderListing> {
  const letters = Array.from({ length: 26 }, (_, index) => `${String.fromCharCode(65 + index)}:\\`);
  const entries = await Promise.all(letters.map((letter) => look(letter, '')));
  const present = entries.filter((entry): entry is Entry => entry !== null);
  return { path: drives, parent: null, entries: present.map((entry) => ({ ...entry, name: entry.path })) };
}

function explained(folder: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'ENOTDIR') return new AppError('not-found', `${folder} is a file, not a folder.`, error);
  if (code === 'EACCES' || code === 'EPERM') return new AppError('not-allowed', `The folder ${folder} may not be looked into. Choose another, or change its permissions.`, error);
  return new AppError('not-found', `There is no folder ${folder}.`, error);
}
