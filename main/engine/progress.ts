/** Turns progress callbacks into something to loop over; only the latest fraction counts, in steps of a hundredth. */
export type Progress = {
  put(fraction: number): void;
  /** Ends when the work ends, however it ends. */
  until(work: Promise<unknown>): AsyncGenerator<number>;
};

export function createProgress(): Progress {
  let latest: number | null = null;
  let told = -1;
  let wake = () => {};
  return {
    put(fraction) {
      if (fraction - told < 0.01) return;
      told = fraction;
      latest = fraction;
      wake();
    },
    async *until(work) {
      let ended = false;
      const end = () => {
        ended = true;
        wake();
      };
      work.then(end, end);
      while (!ended) {
        if (latest === null) await new Promise<void>((resolve) => { wake = resolve; });
        const fraction = latest;
        latest = null;
        if (fraction !== null) yield fraction;
      }
    },
  };
}
