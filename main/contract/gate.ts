export type Gate = {
  /** Closes it until the returned function is called. Several may hold it at once. */
  hold(): () => void;
  /** Resolves while nobody holds it. */
  open(): Promise<void>;
  /** Aborted as soon as somebody holds it; a fresh one afterwards. */
  signal(): AbortSignal;
};

/** Lets work in the background step aside, and long work be given up. */
export function createGate(): Gate {
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
    open: () => (holders.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
    signal: () => free.signal,
  };
}
