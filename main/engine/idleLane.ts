import type { Held, Lane } from './lane.ts';

/** A lane that is opened when it is first held, and gives its memory back when it was not held for a while. */
export function createIdleLane(open: () => Promise<Lane>, idleMs: number): Lane {
  let opened: Promise<Lane> | null = null;
  let holders = 0;
  let timer: NodeJS.Timeout | undefined;

  async function closeNow(): Promise<void> {
    clearTimeout(timer);
    const closing = opened;
    opened = null;
    await (await closing)?.close();
  }

  function leave(): void {
    holders -= 1;
    if (holders > 0) return;
    // (Closing cannot fail but where opening did, and that was told to whoever asked.)
    timer = setTimeout(() => void closeNow().catch(() => {}), idleMs).unref();
  }

  async function openOnce(): Promise<Lane> {
    const opening = (opened ??= open());
    try {
      return await opening;
    } catch (error) {
      if (opened === opening) opened = null;
      throw error;
    }
  }

  return {
    async hold(purpose, signal): Promise<Held> {
      clearTimeout(timer);
      holders += 1;
      try {
        const held = await (await openOnce()).hold(purpose, signal);
        const release = () => {
          held.release();
          leave();
        };
        return { ...held, release };
      } catch (error) {
        leave();
        throw error;
      }
    },
    close: closeNow,
  };
}
