/** How fast something goes on, of late. */
export type Pace = {
  /** So many were done just now. */
  did(count: number): void;
  /** A second; null before it is known. */
  perSecond(): number | null;
  /** What follows has nothing to do with what was. */
  restart(): void;
};

const bucketMs = 1_000;
/** Of the last so many seconds in which something was done. */
const buckets = 15;

export function createPace(now: () => number = () => performance.now()): Pace {
  let done: { at: number; count: number }[] = [];
  return {
    did(count) {
      const at = Math.floor(now() / bucketMs);
      const last = done.at(-1);
      if (last?.at === at) last.count += count;
      else done = [...done.slice(1 - buckets), { at, count }];
    },
    perSecond() {
      // The first second has just begun, and the present one is not over.
      const at = Math.floor(now() / bucketMs);
      const whole = done.slice(1).filter((one) => one.at < at);
      if (whole.length === 0) return null;
      const seconds = whole.at(-1)!.at - whole[0]!.at + 1;
      return whole.reduce((sum, { count }) => sum + count, 0) / seconds;
    },
    restart() {
      done = [];
    },
  };
}
