import type { z } from 'zod';
import { AppError } from './errors.ts';
import type { Transport } from './transport.ts';

/** Answers once. */
export type Call<I = unknown, O = unknown> = { kind: 'call'; input: z.ZodType<I>; output: z.ZodType<O> };
/** Answers until it ends. */
export type Stream<I = unknown, E = unknown> = { kind: 'stream'; input: z.ZodType<I>; event: z.ZodType<E> };
/** A page of routes: group, method, route. */
export type Table = Record<string, Record<string, Call | Stream>>;

export const call = <I, O>(input: z.ZodType<I>, output: z.ZodType<O>): Call<I, O> => ({ kind: 'call', input, output });
export const stream = <I, E>(input: z.ZodType<I>, event: z.ZodType<E>): Stream<I, E> => ({ kind: 'stream', input, event });

type Method<R> = R extends Call<infer I, infer O>
  ? (input: I, signal?: AbortSignal) => Promise<O>
  : R extends Stream<infer I, infer E>
    ? (input: I, signal?: AbortSignal) => AsyncIterable<E>
    : never;
/** What a caller holds: one method a route. */
export type Client<T extends Table> = { [G in keyof T]: { [M in keyof T[G]]: Method<T[G][M]> } };

type Handler<R> = R extends Call<infer I, infer O>
  ? (input: I, signal: AbortSignal) => O | Promise<O>
  : R extends Stream<infer I, infer E>
    ? (input: I, signal: AbortSignal) => AsyncIterable<E>
    : never;
/** What an answerer provides. Exhaustive: a route without a handler does not compile. */
export type Handlers<T extends Table> = { [G in keyof T]: { [M in keyof T[G]]: Handler<T[G][M]> } };

/** A client is a plain object built by looping over the table, so a debugger steps straight through it. */
export function createClient<T extends Table>(table: T, transport: Transport): Client<T> {
  const groups = Object.entries(table).map(([group, routes]) => [
    group,
    Object.fromEntries(
      Object.entries(routes).map(([method, route]) => [
        method,
        (input: unknown, signal = new AbortController().signal) => {
          const values = transport(`${group}.${method}`, input, signal);
          return route.kind === 'stream' ? values : first(values);
        },
      ]),
    ),
  ]);
  return Object.fromEntries(groups) as Client<T>;
}

/** Path to handler: find, parse, call, nothing else. The result is a Transport, so in-process use needs no host. */
export function createDispatcher<T extends Table>(table: T, handlers: Handlers<T>): Transport {
  return async function* dispatch(path, input, signal) {
    const [group = '', method = ''] = path.split('.');
    const route = own(own(table, group), method) as Call | Stream | undefined;
    if (!route) throw new AppError('unknown-method', `There is no method ${path}.`);

    const parsed = route.input.safeParse(input);
    if (!parsed.success) throw new AppError('invalid-input', `${path}: ${explain(parsed.error)}`);

    const handler = own(own(handlers, group), method) as (input: unknown, signal: AbortSignal) => unknown;
    try {
      if (route.kind === 'stream') yield* handler(parsed.data, signal) as AsyncIterable<unknown>;
      else yield await handler(parsed.data, signal);
    } catch (error) {
      throw AppError.from(error);
    }
  };
}

const explain = (error: z.ZodError) =>
  error.issues.map((issue) => `${issue.path.join('.') || 'input'}: ${issue.message}`).join('; ');

function own(object: unknown, key: string): unknown {
  return object && Object.hasOwn(object as object, key) ? (object as Record<string, unknown>)[key] : undefined;
}

async function first(values: AsyncIterable<unknown>): Promise<unknown> {
  for await (const value of values) return value;
  throw new AppError('internal', 'A call returned nothing.');
}
