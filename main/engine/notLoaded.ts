import { basename } from 'node:path';
import { InsufficientMemoryError } from 'node-llama-cpp';
import { AppError } from '../contract/errors.ts';

/** llama.cpp gives its reasons to its log only; the sentence says what can be done. */
export function notLoaded(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (error instanceof InsufficientMemoryError) {
    return new AppError('too-large', `There is not enough free memory for ${basename(path)}. Close other programs, or choose a smaller model.`, error);
  }
  return new AppError('bad-file', `${basename(path)} could not be loaded: it is damaged, or of a kind this version does not know.`, error);
}
