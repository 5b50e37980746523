/** The loaded base model: its tokenizer, its adapters, and the lanes on which it reads and writes. */
import { freemem } from 'node:os';
import type { Llama, LlamaModel } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';
import type { GgufSummary } from './contract.ts';
import { createIdleLane } from './idleLane.ts';
import { openLane, type Lane } from './lane.ts';
import { notLoaded } from './notLoaded.ts';
import { createOverlays, type Overlays } from './overlays.ts';
import { createPace, type Pace } from './pace.ts';
import { createRenderer, type Renderer } from './render.ts';
import { batchTokens } from './slots.ts';

export type ChatModel = {
  model: LlamaModel;
  renderer: Renderer;
  overlays: Overlays;
  pace: Pace;
  windowTokens: number;
  lane(name: 'chat' | 'side'): Lane;
  /** Stops what it is doing and frees its memory. */
  close(): Promise<void>;
};

export type ChatModelOptions = {
  path: string;
  /** Of the file, checked. */
  summary: GgufSummary;
  /** 0 takes the file's own, within what memory allows. */
  windowTokens: number;
  signal: AbortSignal;
  onProgress(fraction: number): void;
};

/** Without a wish, a longer window is not taken even when it would fit: reading it would take minutes. */
const longestDefaultWindow = 16_384;
const shortestWindow = 256;

/** For a file that declares nothing, or nonsense. */
const undeclaredWindow = 2_048;
/** Titles and comparisons are short. */
const sideWindow = 2_048;
/** A side lane that is not used gives its memory back. */
const sideIdleMs = 60_000;
/** Memory for caches of overlays that are not in use now. */
const spareCacheBytes = 192 * 1024 * 1024;
const mostSequences = 3;

/** Loads a base. Fails with `bad-file`, `too-large` or `cancelled`; whatever was opened is closed again. */
export async function openChatModel(llama: Llama, options: ChatModelOptions): Promise<ChatModel> {
  const { summary } = options;
  const model = await loadModel(llama, options);
  try {
    const windowTokens = await fittingWindow(model, options.windowTokens || defaultWindow(model.trainContextSize));
    return await openLanes(model, { summary, windowTokens });
  } catch (error) {
    await model.dispose();
    throw notLoaded(options.path, error);
  }
}

async function loadModel(llama: Llama, { path, signal, onProgress }: ChatModelOptions): Promise<LlamaModel> {
  try {
    return await llama.loadModel({ modelPath: path, loadSignal: signal, onLoadProgress: onProgress });
  } catch (error) {
    if (signal.aborted) throw new AppError('cancelled', 'Loading was stopped.', error);
    throw notLoaded(path, error);
  }
}

const defaultWindow = (declared: number) => (declared >= shortestWindow ? Math.min(declared, longestDefaultWindow) : undeclaredWindow);

/** The wished window, or as much of it as memory has room for. */
async function fittingWindow(model: LlamaModel, wished: number): Promise<number> {
  for (let window = wished; ; window = Math.floor(window / 2)) {
    const needs = await cacheNeeds(model, window, 1);
    if (window <= shortestWindow || (await hasRoom(model, needs))) return window;
  }
}

const cacheNeeds = (model: LlamaModel, windowTokens: number, sequences: number) =>
  model.fileInsights.estimateContextResourceRequirementsV2({
    contextSize: windowTokens + 1,
    sequences,
    modelGpuLayers: model.gpuLayers,
    batchSize: Math.min(batchTokens, windowTokens + 1),
    flashAttention: model.defaultContextFlashAttention,
  });

/** A quarter of what is free stays free: the rest of the machine is at work too. */
async function hasRoom(model: LlamaModel, needs: { cpuRam: number; gpuVram: number }): Promise<boolean> {
  const ram = await model.llama.getRamState();
  const vram = model.llama.gpu === false ? { free: 0 } : await model.llama.getVramState();
  // Node counts what the file cache would give back, a mapped model among it, as free; the library may not.
  return needs.cpuRam <= Math.max(ram.free, freemem()) * 0.75 && needs.gpuVram <= vram.free;
}

async function openLanes(model: LlamaModel, { summary, windowTokens }: { summary: GgufSummary; windowTokens: number }): Promise<ChatModel> {
  const pace = createPace(Math.min(batchTokens, windowTokens));
  const overlays = createOverlays(model, summary);
  const renderer = createRenderer(model);
  const chat = await openLane({ model, overlays, windowTokens, sequences: await sequencesThatFit(model, windowTokens) });
  await warmUp(chat, model, pace);

  const sideOptions = { model, overlays, windowTokens: Math.min(windowTokens, sideWindow), sequences: 1 };
  const lanes = { chat, side: createIdleLane(() => openLane(sideOptions), sideIdleMs) };
  return {
    model,
    renderer,
    overlays,
    pace,
    windowTokens,
    lane: (name) => lanes[name],
    async close() {
      await Promise.all([lanes.chat.close(), lanes.side.close()]);
      await model.dispose();
    },
  };
}

/** Room for the caches of the last personas, where they are small. */
async function sequencesThatFit(model: LlamaModel, windowTokens: number): Promise<number> {
  const one = await cacheNeeds(model, windowTokens, 1);
  for (let sequences = mostSequences; sequences > 1; sequences -= 1) {
    const needs = await cacheNeeds(model, windowTokens, sequences);
    const spare = needs.cpuRam + needs.gpuVram - one.cpuRam - one.gpuVram;
    if (spare <= spareCacheBytes && (await hasRoom(model, needs))) return sequences;
  }
  return 1;
}

/** Reads a few tokens twice: brings the weights in from the disk, then measures how fast this machine reads. */
async function warmUp(lane: Lane, model: LlamaModel, pace: Pace): Promise<void> {
  const held = await lane.hold('read-ahead', new AbortController().signal);
  try {
    const filler = model.tokens.bos ?? model.tokens.eos ?? 0;
    const tokens = Array.from({ length: 16 }, () => filler) as Parameters<typeof held.settle>[1];
    const sequence = await held.settle({ key: '', adapters: [] }, tokens);
    for (const counted of [false, true]) {
      const startedAt = performance.now();
      await sequence.evaluateWithoutGeneratingNewTokens(tokens);
      if (counted) pace.measured(tokens.length, performance.now() - startedAt);
    }
    await sequence.clearHistory();
  } finally {
    held.release();
  }
}
