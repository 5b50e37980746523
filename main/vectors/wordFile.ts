/**
 * Vectors of single words, so that they are not made again at every start. No word stands in the file, only a sum of it; what
 * is wrong with the file costs its making anew. One owner.
 */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export type WordFile = {
  find(word: string): Int8Array | null;
  add(rows: { word: string; vector: Float32Array }[]): void;
  /** Writes the file anew with these words only, where others stand in it. */
  keep(words: ReadonlySet<string>): void;
};

const keyBytes = 8;
const largest = 127;

/** `name` of the embedder: another's file is deleted. Vectors are kept as bytes, their length is lost. */
export function openWordFile(folder: string, { name, dimensions }: { name: string; dimensions: number }): WordFile {
  const file = path.join(folder, 'words.bin');
  const head = Buffer.from(`engram words 1 ${name} ${dimensions}\n`);
  const rowBytes = keyBytes + dimensions;
  let rows = read(file, { head, rowBytes });

  function rewrite(): void {
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.part`, Buffer.concat([head, ...[...rows].map(([key, vector]) => rowOf(key, vector))]));
    renameSync(`${file}.part`, file);
  }

  return {
    find: (word) => rows.get(keyOf(word)) ?? null,
    add(added) {
      const fresh = added.map(({ word, vector }): [string, Int8Array] => [keyOf(word), inBytes(vector)]);
      for (const [key, vector] of fresh) rows.set(key, vector);
      if (existsSync(file)) appendFileSync(file, Buffer.concat(fresh.map(([key, vector]) => rowOf(key, vector))));
      else rewrite();
    },
    keep(words) {
      const kept = new Set([...words].map(keyOf));
      if ([...rows.keys()].every((key) => kept.has(key))) return;
      rows = new Map([...rows].filter(([key]) => kept.has(key)));
      rewrite();
    },
  };
}

/** Empty where there is no file, or another embedder's; a torn end is cut off. */
function read(file: string, { head, rowBytes }: { head: Buffer; rowBytes: number }): Map<string, Int8Array> {
  const rows = new Map<string, Int8Array>();
  rmSync(`${file}.part`, { force: true });
  if (!existsSync(file)) return rows;
  const bytes = readFileSync(file);
  if (!bytes.subarray(0, head.length).equals(head)) {
    rmSync(file, { force: true });
    return rows;
  }
  const end = bytes.length - ((bytes.length - head.length) % rowBytes);
  if (end < bytes.length) truncateSync(file, end);
  for (let at = head.length; at < end; at += rowBytes) {
    rows.set(bytes.toString('hex', at, at + keyBytes), new Int8Array(bytes.subarray(at + keyBytes, at + rowBytes)));
  }
  return rows;
}

const keyOf = (word: string) => createHash('sha256').update(word).digest('hex').slice(0, 2 * keyBytes);

const rowOf = (key: string, vector: Int8Array) => Buffer.concat([Buffer.from(key, 'hex'), Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]);

function inBytes(vector: Float32Array): Int8Array {
  const most = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0) || 1;
  return Int8Array.from(vector, (value) => Math.round((value / most) * largest));
}
