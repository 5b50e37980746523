/** The loopback host as a process of its own: what `npm start` runs where there is no Electron. */
import { parseArgs } from 'node:util';
import { AppError } from '../contract/errors.ts';
import { defaultDataFolder } from './dataFolder.ts';
import { openAssistant } from './open.ts';
import { windowFolder } from './places.ts';
import { serve, type Assistant, type Served } from './serve.ts';

/** How long a clean end may take before a second Ctrl-C ends it at once. */
const patienceMs = 1_000;

try {
  await main();
} catch (error) {
  process.stderr.write(`${AppError.from(error).message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { data: { type: 'string' }, port: { type: 'string' }, restore: { type: 'string' } } });
  const served = await serve({
    dataFolder: values.data ?? defaultDataFolder(),
    port: readPort(values.port),
    windowFolder,
    openAssistant: (folder, log) => openAssistant(folder, log, values.restore),
  });
  if (!served.first && values.restore !== undefined) throw new AppError('conflict', 'Engram is running on this data folder. Nothing was restored; close it first.');
  announce(served);
  if (!served.first) {
    leave(0);
    return;
  }
  closeOnSignals(() => served.close());
  const listening = performance.now();
  if (process.env.ENGRAM_TIMINGS === '1') void printTimings(served.assistant, listening);
  served.assistant.catch((error: unknown) => process.stderr.write(`${AppError.from(error).message}\n`));
}

/** The parent opens the window; without one the address is for the person at the terminal. */
function announce({ first, url }: Served): void {
  if (process.send) process.send({ type: 'address', url, first });
  else process.stdout.write(`${first ? 'Engram is at' : 'Engram is running already, at'} (works once):\n${url}\n`);
}

/** One line of JSON: milliseconds since this process began until the window can load, calls are answered, models are there. */
async function printTimings(assistant: Promise<Assistant>, listenMs: number): Promise<void> {
  try {
    const { ready } = await assistant;
    const servicesMs = performance.now();
    await ready;
    process.stdout.write(`${JSON.stringify({ listenMs, servicesMs, readyMs: performance.now() })}\n`);
  } catch {
    // Said elsewhere, to people.
  }
}

/** Ends when the terminal, the system or the launcher says so. */
function closeOnSignals(close: () => Promise<void>): void {
  let since: number | undefined;
  const end = () => {
    if (since !== undefined) {
      if (performance.now() - since > patienceMs) process.exit(1);
      return;
    }
    since = performance.now();
    close().then(() => leave(0), () => leave(1));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  process.on('disconnect', end);
}

/** The channel to the launcher would keep the process alive. */
function leave(code: number): void {
  process.exitCode = code;
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port;
  throw new AppError('invalid-input', `--port must be a whole number from 0 to 65535, not "${text}".`);
}
