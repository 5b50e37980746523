import { contract, type Handlers } from './contract/contract.ts';
import { AppError } from './contract/errors.ts';
import { createDispatcher } from './contract/route.ts';
import type { Transport } from './contract/transport.ts';

/** Told of failures that are nobody's mistake but ours, so that they can be found again. */
export type FailureLog = { error(event: string, error: unknown, details?: Record<string, string | number | boolean | null>): void };

/** Path to handler: parse, call, nothing else. What goes wrong in a way that was not foreseen is also logged. */
export function createDispatch(handlers: Handlers, log: FailureLog): Transport {
  const dispatch = createDispatcher(contract, handlers);
  return async function* send(path, input, signal) {
    try {
      yield* dispatch(path, input, signal);
    } catch (error) {
      if (AppError.from(error).code === 'internal') log.error('a call failed', error, { path });
      throw error;
    }
  };
}
