/** Chooses what computes: a graphics card where one can be used, else the processor; and how many threads. */
import { availableParallelism } from 'node:os';
import { getLlama, LlamaLogLevel, type Llama } from 'node-llama-cpp';
import type { Probe } from './contract.ts';

export type GpuChoice = 'auto' | 'metal' | 'cuda' | 'vulkan' | 'cpu';
export type BackendOptions = {
  gpu: GpuChoice;
  /** Null leaves cores free for everything else. */
  threads: number | null;
  /** One line of llama.cpp's own log: details an error message lacks. */
  log(line: string): void;
};
export type Backend = { llama: Llama; probe: Probe };

/** Loads llama.cpp. Takes a third of a second; `build: 'never'` keeps it from compiling or downloading anything. */
export async function openBackend(options: BackendOptions): Promise<Backend> {
  const { llama, why } = await chooseLlama(options);
  llama.maxThreads = options.threads ?? defaultThreads(llama.cpuMathCores, availableParallelism());
  const devices = llama.gpu === false ? [] : await llama.getGpuDeviceNames();
  return { llama, probe: { gpu: { kind: llama.gpu || 'cpu', devices, why }, threads: llama.maxThreads } };
}

/**
 * A core stays free for the window and the system. `mathCores` leaves out hyper-threads and efficiency cores, which do
 * not help; `logical` counts everything. More threads than free cores make llama.cpp many times slower, not faster.
 */
export function defaultThreads(mathCores: number, logical: number): number {
  const cores = mathCores > 0 ? Math.min(mathCores, logical) : logical;
  return Math.max(1, cores === logical ? logical - 1 : cores);
}

async function chooseLlama(options: BackendOptions): Promise<{ llama: Llama; why: string }> {
  if (options.gpu === 'cpu') return { llama: await load(false, options), why: 'The processor was asked for.' };
  let llama: Llama;
  try {
    llama = await load(options.gpu, options);
  } catch (error) {
    const reason = firstLine(error);
    return { llama: await load(false, options), why: `${name(options.gpu)} cannot be used here (${reason}), so the processor computes.` };
  }
  if (llama.gpu === false) return { llama, why: 'No graphics card that can be used was found, so the processor computes.' };
  // Vulkan's loader may be installed without a single device behind it.
  const devices = await llama.getGpuDeviceNames();
  const { total } = await llama.getVramState();
  if (devices.length > 0 && total > 0) return { llama, why: `${name(llama.gpu)} found ${devices.join(', ')}.` };
  const kind = llama.gpu;
  await llama.dispose();
  return { llama: await load(false, options), why: `${name(kind)} is installed but found no graphics card, so the processor computes.` };
}

function load(gpu: Exclude<GpuChoice, 'cpu'> | false, options: BackendOptions): Promise<Llama> {
  return getLlama({
    gpu,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    // The real number is set as soon as the count of useful cores is known; too many would stall a busy machine.
    maxThreads: options.threads ?? 1,
    logLevel: LlamaLogLevel.warn,
    logger: (level, message) => options.log(`${level}: ${message.trim()}`),
  });
}

const names = { auto: 'A graphics card', metal: 'Metal', cuda: 'CUDA', vulkan: 'Vulkan' } as const;
const name = (kind: keyof typeof names) => names[kind];
const firstLine = (error: unknown) => (error instanceof Error ? error.message : String(error)).split('\n')[0];
