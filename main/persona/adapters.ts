import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { AppError } from '../contract/errors.ts';
import type { Adapter, Persona } from '../contract/persona.ts';
import type { GgufSummary } from '../engine/contract.ts';
import { adapterMisfit } from '../engine/loadable.ts';
import type { AdapterStore, StoredAdapter } from '../store/adapters.ts';

/** An adapter that comes with the app; its hash is known beforehand. */
export type BundledAdapter = { path: string; name: string; sha256: string };

export type Adapters = {
  list(): Promise<Adapter[]>;
  nameOf(id: string): string | null;
  /** Where its file lies; null with a sentence when it cannot be applied to the loaded base. */
  usable(id: string): Promise<{ path: string } | { problem: string }>;
  /** Keeps a LoRA file the owner points at; it stays where it is. Fails with `bad-file` or `not-found`. */
  add(file: string): Promise<Adapter>;
  /** Forgets the adapter; the file stays. Fails with `conflict` while personas use it. */
  remove(id: string, personas: Persona[]): void;
  /**
   * Makes what comes with the app known, then forgets what an earlier version brought. In between, `replace` is given by the id
   * of each that goes the one that takes its place: whoever uses it is moved before it is gone, so that a crash costs nothing.
   * Safe to call at every start.
   */
  seed(bundled: BundledAdapter[], replace: (replaced: Map<string, string>) => void): Promise<void>;
};

export type AdaptersDependencies = {
  store: AdapterStore<GgufSummary>;
  inspect(file: string): Promise<GgufSummary>;
  /** The loaded chat model; null while there is none. */
  base(): Promise<GgufSummary | null>;
  now(): number;
};

export function createAdapters({ store, inspect, base, now }: AdaptersDependencies): Adapters {
  async function toAdapter(stored: StoredAdapter<GgufSummary>): Promise<Adapter> {
    const { architecture, rank, sizeBytes } = stored.summary;
    const loaded = await base();
    const misfit = loaded && adapterMisfit(named(loaded, loaded.name), named(stored.summary, stored.name));
    const { id, name, bundled } = stored;
    return { id, name, path: stored.path, architecture, rank, sizeBytes, bundled, misfit, present: existsSync(stored.path) };
  }

  async function read(file: string): Promise<GgufSummary> {
    const summary = await inspect(file);
    if (summary.kind !== 'adapter') throw new AppError('bad-file', `${path.basename(file)} is a model, not an adapter. Add it under Models.`);
    if (summary.rank < 1 || summary.tensors.length === 0) throw new AppError('bad-file', `${path.basename(file)} has no LoRA matrices in it, so it would change nothing.`);
    return summary;
  }

  return {
    list: () => Promise.all(store.list().map(toAdapter)),
    nameOf: (id) => store.find(id)?.name ?? null,
    async usable(id) {
      const stored = store.find(id);
      if (!stored) return { problem: 'One of its adapters is not here any more.' };
      const { present, misfit, name } = await toAdapter(stored);
      if (!present) return { problem: `The file of its adapter ${name} has gone: ${stored.path}.` };
      return misfit === null ? { path: stored.path } : { problem: misfit };
    },
    async add(chosen) {
      const file = path.resolve(chosen);
      if (!existsSync(file)) throw new AppError('not-found', `There is no file ${file}.`);
      const summary = await read(file);
      const id = await hashOf(file);
      if (!store.find(id)?.bundled) {
        store.save({ id, path: file, name: path.basename(file).replace(/\.gguf$/iu, ''), summary, bundled: false, addedAt: now() });
      }
      return toAdapter(store.get(id));
    },
    remove(id, personas) {
      const { name, bundled } = store.get(id);
      if (bundled) throw new AppError('not-allowed', `${name} comes with Engram and cannot be removed.`);
      const users = personas.filter(({ adapters }) => adapters.some(({ adapterId }) => adapterId === id)).map((persona) => persona.name);
      if (users.length > 0) throw new AppError('conflict', `${name} is used by ${users.join(', ')}. Take it out there first.`);
      store.delete(id);
    },
    async seed(bundled, replace) {
      for (const { path: file, name, sha256 } of bundled) {
        const before = store.find(sha256);
        if (!existsSync(file) || (before?.path === file && before.name === name)) continue;
        if (before) store.save({ ...before, path: file, name, bundled: true });
        else store.save({ id: sha256, path: file, name, summary: await read(file), bundled: true, addedAt: now() });
      }
      const outdated = store.list().filter(({ id, bundled: came }) => came && !bundled.some(({ sha256 }) => sha256 === id));
      const here = bundled.filter(({ sha256 }) => store.find(sha256));
      replace(new Map(outdated.flatMap(({ id, name }) => here.filter((next) => next.name === name).map(({ sha256 }) => [id, sha256]))));
      for (const { id } of outdated) store.delete(id);
    },
  };
}

/** Files rarely carry a name a person would know; sentences name them as the app shows them. */
const named = (summary: GgufSummary, name: string): GgufSummary => ({ ...summary, name });

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
