/** Work at intervals, off everything else. A failure is told and does not stop the next round. */
export type Background = {
  every(ms: number, name: string, work: () => unknown): void;
  /** Once, after so long. */
  soon(ms: number, name: string, work: () => unknown): void;
  /** No round begins after this; resolves when the ones that run have ended. */
  stop(): Promise<void>;
};

export function createBackground(failed: (name: string, error: unknown) => void): Background {
  const timers = new Set<NodeJS.Timeout>();
  const running = new Set<Promise<void>>();
  let stopped = false;

  async function round(name: string, work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      failed(name, error);
    }
  }

  function begin(name: string, work: () => unknown): Promise<void> {
    const run = round(name, work).finally(() => running.delete(run));
    running.add(run);
    return run;
  }

  /** What is due later must not keep a command line alive. */
  function keep(timer: NodeJS.Timeout): void {
    timers.add(timer.unref());
  }

  return {
    every(ms, name, work) {
      let busy = false;
      const next = () => {
        if (busy || stopped) return;
        busy = true;
        void begin(name, work).then(() => {
          busy = false;
        });
      };
      keep(setInterval(next, ms));
    },
    soon(ms, name, work) {
      if (stopped) return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        void begin(name, work);
      }, ms);
      keep(timer);
    },
    async stop() {
      stopped = true;
      timers.forEach((timer) => clearTimeout(timer));
      await Promise.all(running);
    },
  };
}
