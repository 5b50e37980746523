import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { AppInfo } from '../contract/app.ts';
import type { Launcher } from '../engine/launch.ts';
import type { Services } from '../services.ts';
import type { Shell } from '../services/shell.ts';
import { appVersion } from './appVersion.ts';
import { engineLine } from './engineLines.ts';
import type { Log } from './log.ts';
import { engineWorker, modelsFolder, readerWorker, resourcesFolder } from './places.ts';
import type { Assistant } from './serve.ts';

export type OpenOptions = {
  /** Prepared, and its lock held by the caller. */
  dataFolder: string;
  log: Log;
  host: AppInfo['host'];
  /** Null where no operating system's window is around the assistant. */
  shell: Shell | null;
  /** How the engine is run; a child process of Node's unless said otherwise. */
  launcher?: Launcher;
  /** False for a command that needs none. */
  loadModels?: boolean;
  /** Name of a back-up to begin from, or `none` to begin afresh: the way out of a damaged database. */
  restore?: string | undefined;
};

/** The assistant on a data folder, with its engine. Everything heavy is imported here, so that hosts start without it. */
export async function openServices(options: OpenOptions): Promise<Services> {
  // LanceDB warns on the terminal of every table it makes; it reads this once, when it is loaded.
  process.env.LANCEDB_LOG ??= 'error';
  const [{ createServices }, { createEngine }, { childProcessLauncher }] = await Promise.all([
    import('../services.ts'),
    import('../engine/client.ts'),
    import('../engine/launch.ts'),
  ]);
  if (options.restore !== undefined) await beginFrom(options.restore, options);
  const { launcher = childProcessLauncher({ workerPath: engineWorker, log: (line) => options.log.info('engine', engineLine(line)) }), ...rest } = options;
  const engine = createEngine({ launcher, threads: threadsAskedFor() });
  return createServices({ ...rest, engine, modelsFolder, resourcesFolder, readerWorker, version: appVersion() });
}

/** Sets the database aside and puts a back-up in its place. The index goes too: it is rebuilt from what was restored. */
async function beginFrom(name: string, { dataFolder, log }: OpenOptions): Promise<void> {
  const { recoverDatabase } = await import('../store/restore.ts');
  const aside = recoverDatabase(dataFolder, name);
  await rm(path.join(dataFolder, 'vectors'), { recursive: true, force: true });
  log.info('restored before opening', { backup: name, aside: path.basename(aside) });
}

/** For the loopback host, which has no shell around it. */
export const openAssistant = (dataFolder: string, log: Log, restore?: string): Promise<Assistant> =>
  openServices({ dataFolder, log, host: 'loopback', shell: null, restore });

/** `ENGRAM_THREADS`, for tests on a busy machine; null lets the engine choose. */
function threadsAskedFor(): number | null {
  const threads = Number(process.env.ENGRAM_THREADS);
  return Number.isInteger(threads) && threads > 0 ? threads : null;
}
