/** A file to import, whatever it is packed in: parts that are read one after another. */
import { createReadStream, openSync, closeSync, readSync, statSync } from 'node:fs';
import { AppError } from '../contract/errors.ts';
import { openZip, type Part } from './zip.ts';

export type Source = {
  /** What it is read as. */
  form: 'json' | 'markdown' | 'engram';
  /** To be read in all. */
  bytes: number;
  parts: Part[];
  /** When the file was last changed, for what says nothing of when it was said. Unix time, milliseconds. */
  at: number;
  close(): void;
};

const chunkBytes = 1024 * 1024;

/** Looks at the file. Fails with `not-found` or `bad-file`. Who opens, closes. */
export async function openSource(path: string): Promise<Source> {
  const stat = statOf(path);
  if (!stat) throw new AppError('not-found', `There is no file ${path}. Nothing was imported.`);
  const head = headOf(path);
  if (head.startsWith(zipMark)) {
    const { parts, close } = await openZip(path);
    return { form: 'json', bytes: parts.reduce((sum, part) => sum + part.bytes, 0), parts, at: stat.mtimeMs, close };
  }
  const part: Part = { name: path, bytes: stat.size, read: () => Promise.resolve(createReadStream(path, { highWaterMark: chunkBytes })) };
  return { form: formOf(path, head), bytes: stat.size, parts: [part], at: stat.mtimeMs, close: () => undefined };
}

/** By what stands in it, not by its name. An empty zip begins otherwise, and holds nothing anyway. */
const zipMark = 'PK\u0003\u0004';

function formOf(path: string, head: string): Source['form'] {
  if (/\.(md|markdown|txt)$/i.test(path)) return 'markdown';
  return /^\s*\[?\s*\{\s*"format"\s*:\s*"engram-/.test(head) ? 'engram' : 'json';
}

/** Null for what is no file: not there, a folder, a pipe, a link in a circle, a name that no file can have. */
function statOf(path: string): { size: number; mtimeMs: number } | null {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat : null;
  } catch {
    return null;
  }
}

/** The first characters, a byte each. */
function headOf(path: string): string {
  const head = Buffer.alloc(256);
  const file = openSync(path, 'r');
  try {
    return head.toString('latin1', 0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
