/** Every way a call can fail, for programs. The message is for people and says what to do. */
export const errorCodes = [
  'invalid-input', // what was sent does not fit the schema
  'unknown-method',
  'not-found',
  'not-allowed', // asked for something that would break a promise (a built-in persona deleted, a path outside)
  'conflict', // somebody else holds it: the folder, the engine, the conversation
  'no-model', // an answer needs a chat model and none is loaded
  'bad-file', // a file that cannot be what it should be: not a GGUF, truncated, wrong base
  'disk', // full, read-only, vanished
  'too-large',
  'newer-data', // the data folder was written by a newer version
  'engine-stopped', // the engine process ended while answering; it is being restarted
  'cancelled',
  'disconnected', // the other side of a transport went away
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];
export type ErrorShape = { code: ErrorCode; message: string };

/** The only error that crosses a transport: a code for programs, a sentence for people. */
export class AppError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
  }

  get shape(): ErrorShape {
    return { code: this.code, message: this.message };
  }

  /** Turns anything thrown into an AppError, so that every host behaves alike. */
  static from(error: unknown): AppError {
    if (error instanceof AppError) return error;
    if (isAbort(error)) return new AppError('cancelled', 'Stopped.', error);
    const known = failures.find(({ codes }) => codes.test(codeOf(error)));
    if (known) return new AppError(known.code, known.message, error);
    return new AppError('internal', error instanceof Error ? error.message : String(error), error);
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '');

/** What Node and SQLite call the failures that an owner can do something about. */
const failures: { codes: RegExp; code: ErrorCode; message: string }[] = [
  { codes: /^(ENOSPC|SQLITE_FULL)$/, code: 'disk', message: 'The disk is full. What was saved before is kept; free some space and try again.' },
  { codes: /^(EROFS|EIO|SQLITE_READONLY|SQLITE_IOERR|SQLITE_CANTOPEN)/, code: 'disk', message: 'The disk cannot be read or written. What was saved before is kept; check the disk and the folder’s permissions.' },
  { codes: /^SQLITE_(CORRUPT|NOTADB)/, code: 'bad-file', message: 'The data file is damaged. It is left as it is; restart Engram, which will say how to go back to a back-up.' },
  { codes: /^SQLITE_(BUSY|LOCKED)/, code: 'conflict', message: 'The data is held by something else just now, such as a restore. Nothing was changed; try again in a moment.' },
];
