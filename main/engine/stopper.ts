/** What `race` answers when the signal came first. */
export const stopped = Symbol('stopped');

/**
 * Waits for a step or the signal, whichever is first. A step of llama.cpp cannot be broken off: it goes on by itself, and
 * `settled` tells when the last one has ended. (One listener for all steps: `Promise.race` would keep one for each.)
 */
export type Stopper = {
  race<T>(step: Promise<T>): Promise<T | typeof stopped>;
  settled(): Promise<void>;
};

export function createStopper(signal: AbortSignal): Stopper {
  let stop = () => {};
  let last: Promise<unknown> = Promise.resolve();
  signal.addEventListener('abort', () => stop(), { once: true });
  return {
    race<T>(step: Promise<T>) {
      last = step;
      return new Promise<T | typeof stopped>((resolve, reject) => {
        stop = () => resolve(stopped);
        if (signal.aborted) stop();
        step.then(resolve, reject);
      });
    },
    settled: () => last.then(nothing, nothing),
  };
}

const nothing = () => {};
