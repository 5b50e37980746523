/** For work in the background that goes in rounds: it sleeps until somebody wakes it, or until it is over. */
export type Sleeper = {
  wake(): void;
  /** A round begins: who wakes from now on is not forgotten. */
  begin(): void;
  /** Woken since the round began. */
  woken(): boolean;
  /** True when woken, or stopped, before the time was over; null sleeps until then. */
  sleep(ms: number | null): Promise<boolean>;
};

export function createSleeper(stopped: AbortSignal): Sleeper {
  let woken = false;
  let wakeUp: () => void = () => undefined;
  stopped.addEventListener('abort', () => wakeUp());
  return {
    wake() {
      woken = true;
      wakeUp();
    },
    begin() {
      woken = false;
    },
    woken: () => woken,
    sleep(ms) {
      if (woken || stopped.aborted) return Promise.resolve(true);
      return new Promise((resolve) => {
        const timer = ms === null ? null : setTimeout(() => resolve(false), ms);
        // Where processes end by themselves, a sleeper keeps none alive.
        (timer as { unref?(): void } | null)?.unref?.();
        wakeUp = () => {
          if (timer) clearTimeout(timer);
          resolve(true);
        };
      });
    },
  };
}
