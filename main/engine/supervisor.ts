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

export function createSupervisor(options: SupervisorOptions): Supervisor {
  let live: EngineProcess | null = null;
  let current: Promise<EngineClient> | null = null;
  let readyAt: number | null = null;
  let failedStarts = 0;
  let quickEnds = 0;
  let disposed = false;

  async function start(): Promise<EngineClient> {
    options.onStarting();
    readyAt = null;
    const process = await options.launcher.launch(options.environment);
    if (disposed) process.kill();
    live = process;
    void process.ended.then((words) => onEnd(process, words));
    const client = createClient(engineContract, process.transport).engine;
    try {
      const probe = await client.probe({});
      await options.restore(client);
      readyAt = performance.now();
      failedStarts = 0;
      options.onReady(probe);
      return client;
    } catch (error) {
      // What comes next is decided where the end is noticed.
      if (isGone(error)) await process.ended;
      throw error;
    }
  }

  function onEnd(process: EngineProcess, words: string): void {
    if (process !== live) return;
    live = null;
    if (disposed) return;
    if (readyAt === null) failedStarts += 1;
    else quickEnds = performance.now() - readyAt < soonMs ? quickEnds + 1 : 0;
    if (failedStarts >= mostFailedStarts) {
      current = Promise.reject(new AppError('engine-stopped', `The model’s process ${words}, ${failedStarts} times while it was starting. Choose another model, or restart the engine under Models.`));
      current.catch(() => {});
      options.onGivenUp(words);
      return;
    }
    options.onCrash(words);
    const wait = readyAt === null || quickEnds > 0 ? Math.min(longestDelayMs, firstDelayMs * 2 ** (quickEnds + failedStarts)) : 0;
    current = delay(wait).then(start);
    // Whoever needs the engine waits for this, or nobody does.
    current.catch(() => {});
  }

  async function connect(): Promise<EngineClient> {
    for (;;) {
      if (disposed) throw new AppError('engine-stopped', 'The engine was closed.');
      const attempt = (current ??= start());
      try {
        return await attempt;
      } catch (error) {
        // The process ended meanwhile and another attempt is on its way.
        if (attempt !== current) continue;
        if (live) {
          // It runs but cannot do its work here: ask again next time.
          const useless = live;
          live = null;
          current = null;
          useless.kill();
        }
        throw error;
      }
    }
  }

  function stopProcess(): void {
    const stopping = live;
    live = null;
    current = null;
    stopping?.kill();
  }

  return {
    connect,
    pid: () => live?.pid ?? null,
    async restart() {
      stopProcess();
      failedStarts = 0;
      quickEnds = 0;
      await connect();
    },
    dispose() {
      disposed = true;
      stopProcess();
    },
  };
}

export const isGone = (error: unknown): boolean => error instanceof AppError && error.code === 'disconnected';
