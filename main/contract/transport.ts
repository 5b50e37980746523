import { AppError, type ErrorShape } from './errors.ts';

/**
 * The one seam between hosts. A call yields one value; a stream yields many.
 * The dispatcher itself has this type, so in-process use needs no host at all.
 */
export type Transport = (path: string, input: unknown, signal: AbortSignal) => AsyncIterable<unknown>;

/** What a host puts on the wire: one a value, then `done` or `error`. */
export type Frame = { value: unknown } | { error: ErrorShape } | { done: true };

export async function* toFrames(values: AsyncIterable<unknown>): AsyncIterable<Frame> {
  try {
    for await (const value of values) yield { value };
    yield { done: true };
  } catch (error) {
    yield { error: AppError.from(error).shape };
  }
}

export async function* fromFrames(frames: AsyncIterable<Frame>): AsyncIterable<unknown> {
  for await (const frame of frames) {
    if ('error' in frame) throw new AppError(frame.error.code, frame.error.message);
    if ('done' in frame) return;
    yield frame.value;
  }
  // A host that dies in mid-answer must not look like a short answer.
  throw new AppError('disconnected', 'The assistant stopped before it finished.');
}
