/** Long work waits while the machine has better to do. */
import type { Machine } from './machine.ts';

export type Courtesy = {
  /** Whether all that waits may be done now, or only what was written of late. Counted only where it matters how many they are. */
  mayReadAll(waiting: () => number): Promise<boolean>;
  /** What it waits for, as a sentence. */
  why(): string | null;
  /** The owner wants it now: no waiting until all that is there has been read. */
  insist(): void;
  /** All was read. */
  done(): void;
};

/** As many as this are read whatever the machine does. */
export const fewFiles = 200;
const askEveryMs = 10_000;
/** Busier by others than this, it is left alone. */
const busyFrom = 0.75;
/** Some is read even on a machine that is never quiet. */
const longestBusyMs = 120_000;

/** What waits, as its sentence begins. */
export type Work = 'Many notes are read' | 'The rest is read for its meaning';

const onBattery = (work: Work) => `The machine runs on its battery. ${work} when it is plugged in again.`;
const isBusy = (work: Work) => `The machine is busy. ${work} when it is quieter.`;

export const createCourtesy = (machine: Machine, work: Work, now: () => number = () => performance.now()): Courtesy => new MachineCourtesy(machine, work, now);

class MachineCourtesy implements Courtesy {
  readonly #machine: Machine;
  readonly #work: Work;
  readonly #now: () => number;
  #insists = false;
  #askedAt = -Infinity;
  #busySince: number | null = null;
  #why: string | null = null;

  constructor(machine: Machine, work: Work, now: () => number) {
    this.#machine = machine;
    this.#work = work;
    this.#now = now;
  }

  why(): string | null {
    return this.#why;
  }

  insist(): void {
    this.#insists = true;
  }

  done(): void {
    this.#insists = false;
    this.#why = null;
    this.#askedAt = -Infinity;
  }

  async mayReadAll(waiting: () => number): Promise<boolean> {
    if (this.#insists || waiting() <= fewFiles) this.#why = null;
    else if (this.#now() - this.#askedAt >= askEveryMs) {
      this.#askedAt = this.#now();
      this.#why = await this.#reason();
    }
    return this.#why === null;
  }

  async #reason(): Promise<string | null> {
    const now = this.#now();
    this.#busySince = (await this.#machine.takenByOthers()) > busyFrom ? (this.#busySince ?? now) : null;
    if (await this.#machine.onBattery()) return onBattery(this.#work);
    if (this.#busySince === null) return null;
    if (now - this.#busySince < longestBusyMs) return isBusy(this.#work);
    this.#busySince = null;
    return null;
  }
}
