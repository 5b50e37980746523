import { spawn } from 'node:child_process';
import { AppError } from '../contract/errors.ts';
import type { Command } from './editors.ts';

/** Starts the first of these programs that is installed, and lets it go. Says what is missing where none is. */
export async function launch(commands: readonly Command[]): Promise<void> {
  const tried: string[] = [];
  for (const command of commands) {
    const fault = await started(command);
    if (fault === null) return;
    tried.push(fault);
  }
  throw new AppError('not-found', `Nothing was opened: ${[...new Set(tried)].join('; ')}. Another editor can be chosen under Settings › Notes.`);
}

/** How long a program has to say that it failed, milliseconds: openers end at once where nothing can open the thing. */
const failsWithinMs = 400;

/** Null when it runs or has done its work, else what is wrong. */
function started({ program, args }: Command): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { shell: false, detached: true, stdio: 'ignore' });
    const timer = setTimeout(() => resolve(null), failsWithinMs);
    const done = (fault: string | null) => {
      clearTimeout(timer);
      resolve(fault);
    };
    child.once('error', (error: NodeJS.ErrnoException) => done(error.code === 'ENOENT' ? `${program} is not installed here` : `${program} could not be started (${error.code ?? error.message})`));
    child.once('exit', (code) => done(code === 0 ? null : `${program} found nothing to open it with`));
    child.unref();
  });
}
