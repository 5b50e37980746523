/** The embedder that comes with the app, in its own process as in the app. */
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createEngine } from '../../main/engine/client.ts';
import type { Engine } from '../../main/engine/engine.ts';
import { childProcessLauncher } from '../../main/engine/launch.ts';
import { engineWorker, modelsFolder } from '../../main/host/places.ts';
import { fingerprint } from '../../main/meaning/fingerprint.ts';
import { bundledDefaults, readCatalogue } from '../../main/models/catalogue.ts';

export type EmbedderEngine = ReturnType<typeof createEngine>;

/** `threads`: of llama.cpp; null leaves cores free, as the app does. */
export async function withEmbedder<T>(threads: number | null, work: (engine: EmbedderEngine) => Promise<T>): Promise<T> {
  const engine = createEngine({ threads, launcher: childProcessLauncher({ workerPath: engineWorker, log: () => undefined }) });
  try {
    const embedder = bundledDefaults(readCatalogue(modelsFolder)).embedderPath;
    if (embedder === null) throw new Error('No embedder comes with the app.');
    await engine.loadEmbedder({ path: embedder, name: path.basename(embedder) });
    return await work(engine);
  } finally {
    await engine.dispose();
  }
}

export type Embed = (texts: string[], signal?: AbortSignal) => Promise<Float32Array[]>;

const keyBytes = 8;

/** Embeds each text once: two hundred thousand take minutes, so they are kept in the folder for temporary files. No text stands there. */
export async function keptEmbeddings(engine: Engine): Promise<Embed> {
  const { embedder } = engine.status();
  if (!embedder) throw new Error('No embedder is loaded.');
  const folder = path.join(tmpdir(), 'engram-bench-embeddings');
  const file = path.join(folder, `${await fingerprint(embedder)}.bin`);
  const rowBytes = keyBytes + 4 * embedder.dimensions;
  mkdirSync(folder, { recursive: true });
  const known = readRows(file, rowBytes);
  return async (texts, signal = new AbortController().signal) => {
    const unmet = [...new Set(texts.filter((text) => !known.has(keyOf(text))))];
    const made = unmet.length > 0 ? await engine.embed(unmet, signal) : [];
    unmet.forEach((text, index) => known.set(keyOf(text), made[index]!));
    if (unmet.length > 0) appendFileSync(file, Buffer.concat(unmet.flatMap((text, index) => [Buffer.from(keyOf(text), 'hex'), bytesOf(made[index]!)])));
    return texts.map((text) => known.get(keyOf(text))!);
  };
}

function readRows(file: string, rowBytes: number): Map<string, Float32Array> {
  const rows = new Map<string, Float32Array>();
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  for (let at = 0; at + rowBytes <= bytes.length; at += rowBytes) {
    const from = bytes.byteOffset + at + keyBytes;
    rows.set(bytes.toString('hex', at, at + keyBytes), new Float32Array(bytes.buffer.slice(from, from + rowBytes - keyBytes)));
  }
  return rows;
}

const keyOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 2 * keyBytes);
const bytesOf = (vector: Float32Array) => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
