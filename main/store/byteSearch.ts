import type { Dirent } from 'node:fs';
import { open, readdir, type FileHandle } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A word as bytes: every form it may be written in, UTF-8, with A to Z lowered. */
export type ByteNeedle = { word: string; forms: Buffer[]; texts: string[] };

export function byteNeedle(word: string): ByteNeedle {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '');
  const forms = [word, word.toLowerCase(), word.toUpperCase(), plain].flatMap((form) => [form.normalize('NFC'), form.normalize('NFD')]);
  const lowered = new Set(forms.map((form) => form.replace(/[A-Z]/g, (letter) => letter.toLowerCase())));
  const texts = [...new Set([...lowered].map((form) => form.toLowerCase()))];
  return { word, forms: [...lowered].map((form) => Buffer.from(form)), texts };
}

/** Which of them a text holds, as a search of its bytes would see it. */
export function needlesIn(text: string, needles: readonly ByteNeedle[]): ByteNeedle[] {
  const lowered = text.toLowerCase();
  return needles.filter(({ texts }) => texts.some((form) => lowered.includes(form)));
}

/** Read at once; the loop is free between two reads. */
const chunkBytes = 1024 * 1024;

/** The needles whose bytes stand anywhere in a file, also within longer words; and the size of the file. */
export async function searchBytes(path: string, needles: readonly ByteNeedle[]): Promise<{ found: ByteNeedle[]; bytes: number }> {
  const found = new Set<ByteNeedle>();
  const bytes = await eachChunk(path, needles, (chunk) => {
    for (const needle of needles) if (!found.has(needle) && needle.forms.some((form) => chunk.includes(form))) found.add(needle);
  });
  return { found: [...found], bytes };
}

/** Calls with lowered bytes that overlap by the longest needle, so that none is cut in two. Answers the size. */
async function eachChunk(path: string, needles: readonly ByteNeedle[], visit: (chunk: Buffer) => void): Promise<number> {
  const overlap = Math.max(0, ...needles.flatMap(({ forms }) => forms.map((form) => form.length))) - 1;
  const file = await openIfThere(path);
  if (!file) return 0;
  try {
    const buffer = Buffer.alloc(chunkBytes + Math.max(0, overlap));
    let held = 0;
    let position = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, held, chunkBytes, position);
      if (bytesRead === 0) return position;
      lower(buffer, held, held + bytesRead);
      visit(buffer.subarray(0, held + bytesRead));
      position += bytesRead;
      const next = Math.min(Math.max(0, overlap), held + bytesRead);
      buffer.copy(buffer, 0, held + bytesRead - next, held + bytesRead);
      held = next;
    }
  } finally {
    await file.close();
  }
}

/** The index and the log are written to meanwhile: a file that has gone holds nothing. */
async function openIfThere(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function lower(bytes: Buffer, from: number, to: number): void {
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte >= 65 && byte <= 90) bytes[at] = byte | 32;
  }
}

/** Writes stars over every needle in a file that cannot be rewritten in any better way. */
export async function blankBytes(path: string, needles: readonly ByteNeedle[]): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const whole = await file.readFile();
    const lowered = Buffer.from(whole);
    lower(lowered, 0, lowered.length);
    for (const form of needles.flatMap(({ forms }) => forms)) {
      for (let at = lowered.indexOf(form); at !== -1; at = lowered.indexOf(form, at + form.length)) {
        await file.write(Buffer.alloc(form.length, '*'), 0, form.length, at);
      }
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Every file under a data folder but model files, which are read-only and hold nothing of the owner's. */
export async function dataFiles(folder: string): Promise<string[]> {
  const files = await filesIn(folder, await readdir(folder, { withFileTypes: true }));
  return files.sort();
}

async function filesIn(folder: string, entries: Dirent[]): Promise<string[]> {
  const files = entries.filter((entry) => entry.isFile() && !/\.(gguf|ipull)$/i.test(entry.name)).map((entry) => join(folder, entry.name));
  for (const { name } of entries.filter((entry) => entry.isDirectory())) files.push(...(await filesIn(join(folder, name), await listed(join(folder, name)))));
  return files;
}

/** The index drops folders as it goes: one that has gone since it was seen holds nothing. */
async function listed(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** With forward slashes on every system. */
export const relativeName = (folder: string, path: string): string => relative(folder, path).split(sep).join('/');
