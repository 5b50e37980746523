import type { Figures } from '../bench.ts';
import { percentile } from './scores.ts';

export type Times = {
  /** `which` of them it is, where one is measured several times: the least counts, which others on the machine disturb least. */
  during<T>(work: () => T | Promise<T>, which?: number): Promise<T>;
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
    async during(work, which = clock.length) {
      const before = process.cpuUsage();
      const from = performance.now();
      const done = await work();
      clock[which] = Math.min(clock[which] ?? Infinity, performance.now() - from);
      const { user, system } = process.cpuUsage(before);
      processor[which] = Math.min(processor[which] ?? Infinity, (user + system) / 1_000);
      return done;
    },
    figures: () => ({ p50: percentile(clock, 0.5), p95: percentile(clock, 0.95), processor: { p50: percentile(processor, 0.5), p95: percentile(processor, 0.95) } }),
  };
}
