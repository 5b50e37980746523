/** Work at intervals, off everything else. A failure is told and does not stop the next round. */
export type Background = {
  every(ms: number, name: string, work: () => unknown): void;
  /** No round begins after this; resolves when the ones that run have ended. */
  stop(): Promise<void>;
};

export function createBackground(failed: (name: string, error: unknown) => void): Background {
  const timers: NodeJS.Timeout[] = [];
  const running = new Set<Promise<void>>();
  let stopped = false;

  async function round(name: string, work: () => unknown): Promise<void> {
    try {
      await work();
    } catch (error) {
      failed(name, error);
    }
  }

  return {
    every(ms, name, work) {
      let busy = false;
      const timer = setInterval(() => {
        if (busy || stopped) return;
        busy = true;
        const run = round(name, work).finally(() => {
          busy = false;
          running.delete(run);
        });
        running.add(run);
      }, ms);
      // What is due later must not keep a command line alive.
      timer.unref();
      timers.push(timer);
    },
    async stop() {
      stopped = true;
      timers.forEach(clearInterval);
      await Promise.all(running);
    },
  };
}
