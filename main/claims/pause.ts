export type Pause = {
  /** Stops what runs until the returned function is called. Several may hold at once. */
  hold(): () => void;
  /** Resolves while nobody holds. */
  over(): Promise<void>;
  /** Aborted as soon as somebody holds; a fresh one afterwards. */
  signal(): AbortSignal;
};

/** Lets work in the background step aside, and long work be given up. */
export function createPause(): Pause {
  const holders = new Set<symbol>();
  let waiting: (() => void)[] = [];
  let free = new AbortController();
  return {
    hold() {
      const holder = Symbol('holder');
      holders.add(holder);
      free.abort();
      return () => {
        if (!holders.delete(holder) || holders.size > 0) return;
        free = new AbortController();
        for (const go of waiting) go();
        waiting = [];
      };
    },
    over: () => (holders.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    signal: () => free.signal,
  };
}
