import type { Forgetting } from '../contract/memory.ts';

/** A timer longer than this fires at once in Node. */
const longestMs = 2 ** 31 - 1;

export type ForgetTimer = {
  /** Looks when the next one falls due. Call it at the start and after every change. */
  look(): void;
  stop(): void;
};

/** Calls `due` when a forgetting's time to be undone is over. */
export function createForgetTimer(deps: { list(): Forgetting[]; due(): void; now(): number }): ForgetTimer {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  function look(): void {
    clearTimeout(timer);
    if (stopped) return;
    const next = Math.min(...deps.list().filter(({ state }) => state === 'pending').map(({ erasesAt }) => erasesAt));
    if (next === Infinity) return;
    timer = setTimeout(() => (deps.now() >= next ? deps.due() : look()), Math.min(Math.max(0, next - deps.now()), longestMs)).unref();
  }
  return {
    look,
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
