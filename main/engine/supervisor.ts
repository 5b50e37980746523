/** Keeps the engine process alive: starts it when it is needed, notices its end, starts it again. */
import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../contract/errors.ts';
import { createClient } from '../contract/route.ts';
import { engineContract, type EngineClient, type Probe } from './contract.ts';
import type { EngineProcess, Launcher } from './launch.ts';

export type SupervisorOptions = {
  launcher: Launcher;
  environment: Record<string, string>;
  /** Loads again what was loaded. Runs before anyone else gets the new process. */
  restore(client: EngineClient): Promise<void>;
  onStarting(): void;
  onReady(probe: Probe): void;
  /** The process ended by itself. `words` continue "The model's process". */
  onCrash(words: string): void;
  /** It ended again and again while starting: it stays down until `restart`. */
  onGivenUp(words: string): void;
};

export type Supervisor = {
  /** Starts the process if need be and waits until it is ready. */
  connect(): Promise<EngineClient>;
  restart(): Promise<void>;
  pid(): number | null;
  dispose(): void;
};

/** Ends before it was ready, in a row, until it is left alone. */
const mostFailedStarts = 3;
/** A process that dies soon after it was ready is started again a little later each time. */
const soonMs = 5_000;
const firstDelayMs = 50;
const longestDelayMs = 800;

export const createSupervisor = (options: SupervisorOptions): Supervisor => new ProcessSupervisor(options);

/** Invariant: `current` is the newest attempt to have a ready process; `live` is the process that counts, if any. */
class ProcessSupervisor implements Supervisor {
  private readonly options: SupervisorOptions;
  private live: EngineProcess | null = null;
  private current: Promise<EngineClient> | null = null;
  private readyAt: number | null = null;
  private failedStarts = 0;
  private quickEnds = 0;
  private disposed = false;
  /** Counts stops: a start that was under way across one starts nothing. */
  private stops = 0;

  constructor(options: SupervisorOptions) {
    this.options = options;
  }

  async connect(): Promise<EngineClient> {
    for (;;) {
      if (this.disposed) throw new AppError('engine-stopped', 'The engine was closed.');
      const attempt = (this.current ??= this.start());
      try {
        return await attempt;
      } catch (error) {
        // The process ended meanwhile and another attempt is on its way.
        if (attempt !== this.current) continue;
        // It runs but cannot do its work here: ask again next time.
        if (this.live) this.stopProcess();
        throw error;
      }
    }
  }

  async restart(): Promise<void> {
    this.stopProcess();
    this.failedStarts = 0;
    this.quickEnds = 0;
    await this.connect();
  }

  pid(): number | null {
    return this.live?.pid ?? null;
  }

  dispose(): void {
    this.disposed = true;
    this.stopProcess();
  }

  private async start(): Promise<EngineClient> {
    const { launcher, environment, restore, onStarting, onReady } = this.options;
    const { stops } = this;
    onStarting();
    this.readyAt = null;
    const process = await launcher.launch(environment);
    if (stops !== this.stops) {
      process.kill();
      throw overtaken();
    }
    this.live = process;
    void process.ended.then((words) => this.onEnd(process, words));
    const client = createClient(engineContract, process.transport).engine;
    try {
      const probe = await client.probe({});
      await restore(client);
      this.readyAt = performance.now();
      this.failedStarts = 0;
      onReady(probe);
      return client;
    } catch (error) {
      // What comes next is decided where the end is noticed.
      if (isGone(error)) await process.ended;
      throw error;
    }
  }

  private onEnd(process: EngineProcess, words: string): void {
    if (process !== this.live) return;
    this.live = null;
    if (this.disposed) return;
    if (this.readyAt === null) this.failedStarts += 1;
    else this.quickEnds = performance.now() - this.readyAt < soonMs ? this.quickEnds + 1 : 0;
    if (this.failedStarts >= mostFailedStarts) {
      this.options.onGivenUp(words);
      this.current = Promise.reject(givenUp(words));
    } else {
      this.options.onCrash(words);
      this.current = this.startLater();
    }
    // Whoever needs the engine waits for this, or nobody does.
    this.current.catch(() => {});
  }

  private async startLater(): Promise<EngineClient> {
    const { stops } = this;
    const ends = this.quickEnds + this.failedStarts;
    if (ends > 0) await delay(Math.min(longestDelayMs, firstDelayMs * 2 ** ends));
    if (stops !== this.stops) throw overtaken();
    return this.start();
  }

  private stopProcess(): void {
    const stopping = this.live;
    this.stops += 1;
    this.live = null;
    this.current = null;
    stopping?.kill();
  }
}

const givenUp = (words: string) =>
  new AppError('engine-stopped', `The model’s process ${words}, ${mostFailedStarts} times while it was starting. Choose another model, or restart the engine under Models.`);

const overtaken = () => new AppError('engine-stopped', 'The engine was restarted or closed meanwhile.');

export const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'disconnected';
