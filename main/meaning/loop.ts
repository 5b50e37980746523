/** Work in the background that is done until nothing is left, sleeps until there is more, and is tried again after a failure. */
import { orAborted } from '../contract/abort.ts';
import { createGate } from '../contract/gate.ts';
import { createSleeper } from '../contract/sleeper.ts';

export type LoopWork = {
  /** All there is to do. */
  work(): Promise<void>;
  /** Nothing came for a while: cleans up. */
  quiet(): Promise<void>;
  /** It is tried again later. */
  failed(error: unknown): void;
  /** Nothing waits any more, or nothing can be done. */
  settled(): void;
};

export type Loop = {
  /** Once. */
  start(work: LoopWork): void;
  /** There may be more to do. Cheap. */
  wake(): void;
  /** It stops until the returned function is called. */
  hold(): () => void;
  /** Between pieces of work: waits while it is held. Fails when it has ended. */
  step<T>(piece: (signal: AbortSignal) => Promise<T>): Promise<T>;
  isWorking(): boolean;
  /** Resolves when nothing waits to be done, or nothing can be. */
  settled(): Promise<void>;
  end(): Promise<void>;
};

const idleMs = 5_000;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;

export function createLoop(): Loop {
  const gate = createGate();
  const stopped = new AbortController();
  const sleeper = createSleeper(stopped.signal);
  let working = true;
  let settlers: (() => void)[] = [];
  let finished: Promise<void> = Promise.resolve();

  function settle(work: LoopWork | null): void {
    working = false;
    for (const resolve of settlers) resolve();
    settlers = [];
    work?.settled();
  }

  async function run(given: LoopWork): Promise<void> {
    let retryMs = firstRetryMs;
    while (!stopped.signal.aborted) {
      sleeper.begin();
      try {
        await given.work();
        retryMs = firstRetryMs;
        if (!sleeper.woken()) settle(given);
        if (!(await sleeper.sleep(idleMs))) await given.quiet();
        await sleeper.sleep(null);
      } catch (error) {
        if (stopped.signal.aborted) return;
        given.failed(error);
        settle(given);
        await sleeper.sleep(retryMs);
        retryMs = Math.min(longestRetryMs, retryMs * 2);
      }
    }
  }

  return {
    start(work) {
      finished = run(work);
    },
    wake() {
      working = true;
      sleeper.wake();
    },
    hold: () => gate.hold(),
    async step(piece) {
      await orAborted(gate.open(), stopped.signal);
      return piece(stopped.signal);
    },
    isWorking: () => working,
    settled: () => (working ? new Promise((resolve) => settlers.push(resolve)) : Promise.resolve()),
    async end() {
      stopped.abort();
      await finished;
      settle(null);
    },
  };
}

/** What kind of error, never its message: that may quote what was being embedded. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error ? `${error.name} (${String(error.code)})` : error.name;
}
