import type { BackendOptions, GpuChoice } from './backend.ts';

const gpuChoices: readonly GpuChoice[] = ['auto', 'metal', 'cuda', 'vulkan', 'cpu'];
export type WorkerOptions = Pick<BackendOptions, 'gpu' | 'threads'>;

/** Options travel to the engine process in its environment: `ENGRAM_THREADS` and `ENGRAM_GPU`. */
export function writeWorkerOptions({ gpu, threads }: WorkerOptions): Record<string, string> {
  return { ENGRAM_GPU: gpu, ...(threads === null ? {} : { ENGRAM_THREADS: String(threads) }) };
}

/** What cannot be understood is left to choose itself. */
export function readWorkerOptions(environment: Readonly<Record<string, string | undefined>>): WorkerOptions {
  const threads = Number(environment.ENGRAM_THREADS);
  const gpu = gpuChoices.find((choice) => choice === environment.ENGRAM_GPU);
  return { gpu: gpu ?? 'auto', threads: Number.isInteger(threads) && threads > 0 ? threads : null };
}
