import { AppError } from '../../contract/errors.ts';
import { openAssistant } from '../open.ts';
import { windowFolder } from '../places.ts';
import { serve } from '../serve.ts';
import type { Terminal } from './terminal.ts';

/** Serves until Ctrl-C; where another Engram serves the folder already, gives its address and ends. */
export async function serveCommand({ data, port, terminal }: { data: string; port: number; terminal: Terminal }): Promise<void> {
  const served = await serve({ dataFolder: data, port, windowFolder, openAssistant });
  terminal.say(`${served.first ? 'Engram is at' : 'Engram is running already, at'} (works once):\n`);
  terminal.out(`${served.url}\n`);
  if (!served.first) return;
  served.assistant.catch((error: unknown) => terminal.say(`${AppError.from(error).message}\n`));
  await new Promise<void>((resolve) => {
    if (terminal.signal.aborted) resolve();
    else terminal.signal.addEventListener('abort', () => resolve());
  });
  await served.close();
}
