/** Wall time of each step, and this process's own time on the processor for all, milliseconds. */
export type Timed = { wall: number[]; processor: number };
/** What one side did: `found`, of each question, turns, best first. */
export type Ran = { write: Timed; query: Timed; found: string[][] };

export function processorTime() {
  const wall: number[] = [];
  let processor = 0;
  return {
    async time<T>(work: () => T | Promise<T>): Promise<T> {
      const [from, before] = [performance.now(), process.cpuUsage()];
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      wall.push(performance.now() - from);
      processor += (user + system) / 1_000;
      return result;
    },
    figures: (): Timed => ({ wall, processor }),
  };
}
