import type { Figures } from '../bench.ts';
import { percentile } from './scores.ts';

export type Times = {
  during<T>(work: () => T | Promise<T>): Promise<T>;
  /** Milliseconds. */
  readonly clock: number[];
  figures(): Figures;
};

/** Milliseconds by the clock, and of this process alone on the processors: what a busy machine changes less. The embedder has a process of its own. */
export function timesOf(): Times {
  const clock: number[] = [];
  const processor: number[] = [];
  return {
    clock,
    async during(work) {
      const before = process.cpuUsage();
      const from = performance.now();
      const done = await work();
      clock.push(performance.now() - from);
      const { user, system } = process.cpuUsage(before);
      processor.push((user + system) / 1_000);
      return done;
    },
    figures: () => ({ p50: percentile(clock, 0.5), p95: percentile(clock, 0.95), processor: { p50: percentile(processor, 0.5), p95: percentile(processor, 0.95) } }),
  };
}
