import { AppError } from '../contract/errors.ts';

/** One holder at a time, the others in the order they came. */
export type Mutex = {
  /** Waits for its turn. Fails with `cancelled` when the signal comes first. The returned function hands on, once. */
  acquire(signal?: AbortSignal): Promise<() => void>;
};

export function createMutex(): Mutex {
  const waiting: (() => void)[] = [];
  let held = false;

  function release(): void {
    const next = waiting.shift();
    if (next) next();
    else held = false;
  }
  function once(): () => void {
    let done = false;
    return () => {
      if (!done) release();
      done = true;
    };
  }
  return {
    acquire(signal) {
      if (signal?.aborted) return Promise.reject(new AppError('cancelled', 'Stopped.'));
      if (!held) {
        held = true;
        return Promise.resolve(once());
      }
      return new Promise((resolve, reject) => {
        const turn = () => {
          signal?.removeEventListener('abort', leave);
          resolve(once());
        };
        const leave = () => {
          waiting.splice(waiting.indexOf(turn), 1);
          reject(new AppError('cancelled', 'Stopped.'));
        };
        waiting.push(turn);
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };
}
