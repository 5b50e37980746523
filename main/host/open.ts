import type { AppInfo } from '../contract/app.ts';
import type { Launcher } from '../engine/launch.ts';
import type { Services } from '../services.ts';
import type { Shell } from '../services/shell.ts';
import { appVersion } from './appVersion.ts';
import type { Log } from './log.ts';
import { engineWorker, modelsFolder, resourcesFolder } from './places.ts';
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
  const { launcher = childProcessLauncher({ workerPath: engineWorker, log: (line) => options.log.info('engine', { line }) }), ...rest } = options;
  const engine = createEngine({ launcher, threads: threadsAskedFor() });
  return createServices({ ...rest, engine, modelsFolder, resourcesFolder, version: appVersion() });
}

/** For the loopback host, which has no shell around it. */
export const openAssistant = (dataFolder: string, log: Log): Promise<Assistant> => openServices({ dataFolder, log, host: 'loopback', shell: null });

/** `ENGRAM_THREADS`, for tests on a busy machine; null lets the engine choose. */
function threadsAskedFor(): number | null {
  const threads = Number(process.env.ENGRAM_THREADS);
  return Number.isInteger(threads) && threads > 0 ? threads : null;
}
