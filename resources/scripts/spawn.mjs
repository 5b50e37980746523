import { spawn } from 'node:child_process';
import { root } from './paths.mjs';

/**
 * Runs a program to its end with this terminal as its own, or with what it says given to `hear`; resolves to its exit
 * code, 1 when a signal ended it.
 */
export function run(command, parameters, { hear, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, parameters, { cwd: root, stdio: hear ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear);
    const release = passSignals(child);
    child.on('error', (error) => {
      release();
      reject(error);
    });
    // Once it has ended, and all it said is heard.
    child.on('close', (code) => {
      release();
      resolve(code ?? 1);
    });
  });
}

/**
 * Lets the child end in its own time. A terminal sends Ctrl-C to both of us, so there it is not passed on twice.
 * Returns what undoes it.
 */
export function passSignals(child) {
  const pass = (signal) => child.kill(signal);
  const stay = (signal) => process.stdin.isTTY || pass(signal);
  process.on('SIGINT', stay);
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  return () => {
    process.off('SIGINT', stay);
    process.off('SIGTERM', pass);
    process.off('SIGHUP', pass);
  };
}

/** Ends with a sentence and no stack: for mistakes the reader can mend. */
export function giveUp(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}
