export type Gate = {
  /** Closes it until the returned function is called. Several may hold it at once. */
  hold(): () => void;
  /** Resolves while nobody holds it. */
  open(): Promise<void>;
};

/** Lets work in the background step aside. */
export function createGate(): Gate {
  const holders = new Set<symbol>();
  let waiting: (() => void)[] = [];
  return {
    hold() {
      const holder = Symbol('holder');
      holders.add(holder);
      return () => {
        if (!holders.delete(holder) || holders.size > 0) return;
        for (const go of waiting) go();
        waiting = [];
      };
    },
    open: () => (holders.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve))),
  };
}
