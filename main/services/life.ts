/** Streams that must be stopped, and have ended, before something else may happen. */
export type Life = {
  /** Runs a stream that also ends when interrupted. */
  follow<T>(begin: (signal: AbortSignal) => AsyncIterable<T>, signal: AbortSignal): AsyncIterable<T>;
  /** Stops every stream that runs and resolves when the last has ended. New ones may begin afterwards. */
  interrupt(): Promise<void>;
};

/** A listener that neither takes events nor leaves cannot hold up the rest for longer. */
const patienceMs = 3_000;

export function createLife(): Life {
  let current = new AbortController();
  const running = new Set<Promise<void>>();
  return {
    async *follow(begin, signal) {
      let end = () => {};
      const run = new Promise<void>((resolve) => {
        end = resolve;
      });
      running.add(run);
      try {
        yield* begin(AbortSignal.any([signal, current.signal]));
      } finally {
        running.delete(run);
        end();
      }
    },
    async interrupt() {
      current.abort();
      current = new AbortController();
      const patience = new Promise<void>((resolve) => {
        setTimeout(resolve, patienceMs).unref();
      });
      await Promise.race([Promise.all(running), patience]);
    },
  };
}
