/** Does something at once, and then no more often than every so many milliseconds, however often it is asked for. */
export function createSometimes(work: () => void, ms: number): { soon(): void; dispose(): void } {
  let timer: NodeJS.Timeout | null = null;
  let again = false;
  const rest = () => {
    timer = setTimeout(() => {
      timer = null;
      if (again) run();
    }, ms).unref();
  };
  const run = () => {
    again = false;
    work();
    rest();
  };
  return {
    soon() {
      if (timer) again = true;
      else run();
    },
    dispose() {
      if (timer) clearTimeout(timer);
    },
  };
}
