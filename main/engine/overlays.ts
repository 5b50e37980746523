/**
 * Adapters on a loaded base, swapped on a live llama context.
 *
 * node-llama-cpp sets adapters only when a llama context is created. Underneath, `context._setLoras` swaps them in a
 * fraction of a millisecond; it is internal, so it is guarded here, pinned by a test, and a new llama context is the
 * fallback. Two more facts of the library: it keeps an adapter by its absolute path for as long as the model is loaded,
 * and after a swap the key-value cache still holds numbers made under the old adapters.
 */
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { LlamaContext, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import type { GgufSummary, Overlay } from './contract.ts';
import { inspectGguf } from './inspect.ts';
import { adapterMisfit } from './loadable.ts';

export type Adapters = { filePath: string; scale: number }[];
/** The same key means the same numbers out of the same prompt. */
export type ResolvedOverlay = { key: string; adapters: Adapters };

export type Overlays = {
  /** Checks the files against the base. Fails with `bad-file` or `not-found` and a sentence. */
  resolve(overlay: Overlay): Promise<ResolvedOverlay>;
  /** Swaps on a live llama context in which nothing is being computed. False where the library no longer can. */
  apply(llamaContext: LlamaContext, adapters: Adapters): Promise<boolean>;
};

/** The internals that are used, as far as they are there. */
type Internals = {
  llamaContext: { _setLoras?: (adapters: Adapters) => Promise<void> };
  model: { _loraAdapters?: unknown };
};

export function createOverlays(model: LlamaModel, base: GgufSummary): Overlays {
  /** What stood at each path when its adapter was checked: size, time and number of the file. */
  const checked = new Map<string, string>();

  async function check(path: string): Promise<string> {
    const stamp = await stampOf(path);
    const before = checked.get(path);
    if (before === stamp) return stamp;
    const misfit = adapterMisfit(base, await inspectGguf(path));
    if (misfit) throw new AppError('bad-file', `${misfit} Choose an adapter made for ${base.name}, or load its own base.`);
    if (before !== undefined) forget(path);
    checked.set(path, stamp);
    return stamp;
  }

  /** Another file stands at this path now. The library would go on using the old one. */
  function forget(path: string): void {
    const known = (model as unknown as Internals['model'])._loraAdapters;
    if (!(known instanceof Map)) {
      throw new AppError('conflict', `${basename(path)} was replaced while its base model was loaded. Load the model again to use the new file.`);
    }
    known.delete(resolve(path));
  }

  return {
    async resolve(overlay) {
      const adapters: Adapters = [];
      const keys: string[] = [];
      for (const { path, scale } of overlay) {
        // At scale 0 an adapter is absent; left out, it costs nothing.
        if (scale === 0) continue;
        keys.push(`${resolve(path)}|${await check(path)}|${scale}`);
        adapters.push({ filePath: path, scale });
      }
      return { key: keys.join('\n'), adapters };
    },
    async apply(llamaContext, adapters) {
      const { _setLoras } = llamaContext as unknown as Internals['llamaContext'];
      if (typeof _setLoras !== 'function') return false;
      try {
        await _setLoras.call(llamaContext, adapters);
        return true;
      } catch {
        // The fallback makes a new llama context, and tells what is wrong if that fails too.
        return false;
      }
    },
  };
}

async function stampOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return `${size}|${mtimeMs}|${ino}`;
  } catch (error) {
    throw new AppError('not-found', `The adapter ${path} is not there any more. Put it back, or take it out of the persona.`, error);
  }
}
