import { appendFileSync, existsSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';

/** What an entry may carry: figures and our own words, never the owner's. */
export type LogDetails = Record<string, string | number | boolean | null>;

export type Log = {
  info(event: string, details?: LogDetails): void;
  /** Writes what kind of error it was and where, not its message: that may quote the owner. */
  error(event: string, error: unknown, details?: LogDetails): void;
};

const fileBytes = 1_000_000;
const filesKept = 3;
const longest = 300;

/** A log in `<folder>/logs`, one JSON entry a line, turned over at a megabyte, three files kept. Never holds message text. */
export function createLog(folder: string): Log {
  const file = path.join(folder, 'logs', 'engram.log');
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
  let size = existsSync(file) ? statSync(file).size : 0;

  function write(level: 'info' | 'error', event: string, details: LogDetails): void {
    const line = `${JSON.stringify({ at: new Date().toISOString(), level, event, ...cut(details) })}\n`;
    try {
      if (size + line.length > fileBytes) {
        turnOver(file);
        size = 0;
      }
      appendFileSync(file, line, { mode: 0o600 });
      size += Buffer.byteLength(line);
    } catch {
      // A log that cannot be written (disk full, folder gone) must not take the app down with it.
    }
  }

  return {
    info: (event, details = {}) => write('info', event, details),
    error: (event, error, details = {}) => write('error', event, { ...details, ...describe(error) }),
  };
}

/** A log that keeps nothing, for one-shot commands and tests. */
export const silentLog: Log = { info: () => {}, error: () => {} };

function turnOver(file: string): void {
  rmSync(`${file}.${filesKept - 1}`, { force: true });
  for (let number = filesKept - 2; number >= 1; number--) {
    if (existsSync(`${file}.${number}`)) renameSync(`${file}.${number}`, `${file}.${number + 1}`);
  }
  if (existsSync(file)) renameSync(file, `${file}.1`);
}

function cut(details: LogDetails): LogDetails {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, typeof value === 'string' ? value.slice(0, longest) : value]));
}

function describe(error: unknown): LogDetails {
  if (!(error instanceof Error)) return { error: typeof error };
  const code = error instanceof AppError || 'code' in error ? String((error as { code: unknown }).code) : null;
  const cause = error.cause instanceof Error ? error.cause : error;
  return { error: error.name, code, where: frames(cause) };
}

/** The lines of a stack that say where. What stands before them is the message, which may span several. */
function frames(error: Error): string {
  const stack = error.stack ?? '';
  const places = stack.slice(stack.indexOf(error.message) + error.message.length).split('\n');
  const lines = places.filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  return lines.slice(0, 4).map((line) => line.trim()).join(' | ');
}
