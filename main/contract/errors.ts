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
    if (isFullDisk(error)) {
      return new AppError('disk', 'The disk is full. What was saved before is kept; free some space and try again.', error);
    }
    return new AppError('internal', error instanceof Error ? error.message : String(error), error);
  }
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';

/** Node says ENOSPC, SQLite says SQLITE_FULL. */
const isFullDisk = (error: unknown) =>
  error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'SQLITE_FULL');
