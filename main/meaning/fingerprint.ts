import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { EngineStatus } from '../contract/model.ts';

type Embedder = NonNullable<EngineStatus['embedder']>;

/** Weights lie all over a model file; its ends and its middle tell two of a size apart. Bytes. */
const portion = 256 * 1024;

/** A short name for exactly these weights: vectors of other weights mean nothing beside them, whatever the file is called. */
export async function fingerprint(embedder: Embedder): Promise<string> {
  const hash = createHash('sha256').update(String(embedder.dimensions));
  const parts = await readPortions(embedder.path).catch(() => [Buffer.from(embedder.path)]);
  for (const part of parts) hash.update(part);
  return `e-${hash.digest('hex').slice(0, 24)}`;
}

async function readPortions(path: string): Promise<Buffer[]> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const starts = [0, Math.floor(size / 2), Math.max(0, size - portion)];
    const parts = await Promise.all(starts.map(async (start) => (await file.read(Buffer.alloc(portion), 0, portion, start)).buffer));
    return [Buffer.from(String(size)), ...parts];
  } finally {
    await file.close();
  }
}
