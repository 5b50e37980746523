import { utilityProcess, type UtilityProcess } from 'electron';
import { portTransport } from '../main/contract/port.ts';
import { createClient } from '../main/contract/route.ts';
import { engineContract } from '../main/engine/contract.ts';
import { describeEnd, inProcessLauncher, type EngineProcess, type Launcher } from '../main/engine/launch.ts';
import { engineLine } from '../main/host/engineLines.ts';
import type { Log } from '../main/host/log.ts';

type LauncherOptions = { workerPath: string; log: Log };
type UtilityOptions = LauncherOptions & { environment: Record<string, string> };

/**
 * The engine in a utility process where llama.cpp's own check passes there, else in this process. The check needs a
 * child of the child, which a packaged app may not be able to start; only trying tells. What was found is kept.
 */
export function electronLauncher(options: LauncherOptions): Launcher {
  const inProcess = inProcessLauncher({ log: engineLog(options.log) });
  let host: Launcher['host'] = 'utility-process';
  return {
    get host() {
      return host;
    },
    async launch(environment) {
      if (host === 'in-process') return inProcess.launch(environment);
      const engine = startUtility({ ...options, environment });
      const trouble = await check(engine);
      if (trouble === undefined) options.log.info('engine runs in a utility process', { pid: engine.pid });
      // A process that died is started again; here, its crash would be ours.
      if (trouble === undefined || trouble === 'disconnected') return engine;
      engine.kill();
      host = 'in-process';
      options.log.info("engine runs in Electron's main process: its check did not pass in a utility process", { trouble });
      return inProcess.launch(environment);
    },
  };
}

/** Undefined when llama.cpp can be loaded there, else the code of what went wrong. */
async function check(engine: EngineProcess): Promise<string | undefined> {
  try {
    await createClient(engineContract, engine.transport).engine.probe({});
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  }
}

function startUtility({ workerPath, environment, log }: UtilityOptions): EngineProcess {
  const child = utilityProcess.fork(workerPath, [], {
    serviceName: 'Engram engine',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...environment },
  });
  child.stderr?.on('data', (data: Buffer) => String(data).split('\n').filter(Boolean).forEach(engineLog(log)));
  const ended = new Promise<string>((resolve) => {
    child.once('exit', (code) => resolve(describeEnd(code, null)));
  });
  const transport = portTransport({
    post: (message) => child.postMessage(message),
    listen: (listener) => void child.on('message', listener),
    closed: (listener) => void ended.then(listener),
  });
  return {
    transport,
    get pid() {
      return child.pid ?? null;
    },
    ended,
    kill: () => kill(child),
  };
}

/** Electron asks politely; a process deep inside llama.cpp does not hear that. */
function kill(child: UtilityProcess): void {
  if (child.pid === undefined) child.kill();
  else process.kill(child.pid, 'SIGKILL');
}

const engineLog = (log: Log) => (line: string) => log.info('engine', engineLine(line));
