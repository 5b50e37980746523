/**
 * The window's side of the contract: `api` to call once, `useCall` to show something that stays current,
 * `useStream` to follow something that goes on.
 */
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { contract, type Client } from '../main/contract/contract.ts';
import { AppError } from '../main/contract/errors.ts';
import { createClient } from '../main/contract/route.ts';
import type { Transport } from '../main/contract/transport.ts';
import { CallCache, type CallState } from './callCache.ts';

let attach: (transport: Transport | Promise<Transport>) => void = () => {};
const connection = new Promise<Transport>((resolve) => {
  attach = resolve;
});
/** Says how the assistant is reached, once. Calls made before this wait for it. */
export const attachTransport = attach;

const transport: Transport = async function* waitThenSend(path, input, signal) {
  const send = await connection;
  yield* send(path, input, signal);
};

/** Every call and stream of the contract, as methods. */
export const api: Client = createClient(contract, transport);

type Flat = UnionToIntersection<
  { [G in keyof Client & string]: { [M in keyof Client[G] & string as `${G}.${M}`]: Client[G][M] } }[keyof Client & string]
>;
type UnionToIntersection<U> = (U extends unknown ? (value: U) => void : never) extends (value: infer I) => void ? I : never;
type PathsOf<Result> = { [P in keyof Flat]: Flat[P] extends (input: never, signal?: AbortSignal) => Result ? P : never }[keyof Flat];
export type CallPath = PathsOf<Promise<unknown>>;
export type StreamPath = PathsOf<AsyncIterable<unknown>>;
export type InputOf<P extends CallPath | StreamPath> = Flat[P] extends (input: infer I, signal?: AbortSignal) => unknown ? I : never;
export type OutputOf<P extends CallPath> = Flat[P] extends (input: never, signal?: AbortSignal) => Promise<infer O> ? O : never;
export type EventOf<P extends StreamPath> = Flat[P] extends (input: never, signal?: AbortSignal) => AsyncIterable<infer E> ? E : never;

/** What calls have answered so far; `live.ts` marks entries stale when the assistant says something changed. */
export const callCache = new CallCache(async (path, input, signal) => {
  for await (const value of transport(path, input, signal)) return value;
  throw new AppError('internal', 'A call returned nothing.');
});

export type Call<T> = CallState<T> & {
  /** Asks again, keeping what is shown until the new answer is there. */
  reload: () => void;
};

type CallOptions = {
  /** False: ask nothing yet. */
  enabled?: boolean;
  /** While the answer to a new input is awaited, go on showing the answer to the last one (for search as you type). */
  keepPrevious?: boolean;
};

/** The answer to a call, asked for when first shown and again whenever the assistant says it changed. */
export function useCall<P extends CallPath>(path: P, input: InputOf<P>, options: CallOptions = {}): Call<OutputOf<P>> {
  const { enabled = true, keepPrevious = false } = options;
  const key = enabled ? callCache.keyOf(path, input) : null;
  const subscribe = useCallback((listener: () => void) => (key ? callCache.subscribe(key, listener) : () => {}), [key]);
  const state = useSyncExternalStore(subscribe, () => (key ? callCache.read(key) : callCache.idle)) as CallState<OutputOf<P>>;
  const shown = usePrevious(state, keepPrevious);
  return useMemo(() => ({ ...shown, reload: () => key && callCache.reload(key) }), [shown, key]);
}

function usePrevious<T>(state: CallState<T>, keep: boolean): CallState<T> {
  const [last, setLast] = useState(state);
  if (state.data !== undefined && state !== last) setLast(state);
  return keep && state.data === undefined && !state.error && last.data !== undefined ? { ...last, loading: true } : state;
}

/** Changes what a call shows at once, before the assistant has confirmed it. */
export function updateCall<P extends CallPath>(path: P, input: InputOf<P>, change: (data: OutputOf<P>) => OutputOf<P>): void {
  callCache.update(callCache.keyOf(path, input), (data) => change(data as OutputOf<P>));
}

export type Running<P extends StreamPath> = {
  running: boolean;
  error: AppError | null;
  /** Starts it, ending one that still runs. Resolves when it has ended, also when it failed or was stopped. */
  start: (input: InputOf<P>) => Promise<void>;
  stop: () => void;
};

/** Follows a stream started from the component; leaving the component stops it. */
export function useStream<P extends StreamPath>(path: P, onEvent: (event: EventOf<P>) => void): Running<P> {
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const current = useRef<AbortController | null>(null);
  const listener = useRef(onEvent);
  useEffect(() => {
    listener.current = onEvent;
  });
  useEffect(() => () => current.current?.abort(), []);

  const start = useCallback(
    async (input: InputOf<P>) => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      setRunning(true);
      setError(null);
      try {
        for await (const event of transport(path, input, controller.signal)) listener.current(event as EventOf<P>);
      } catch (failure) {
        if (!controller.signal.aborted) setError(AppError.from(failure));
      }
      if (current.current === controller) setRunning(false);
    },
    [path],
  );
  const stop = useCallback(() => {
    current.current?.abort();
    setRunning(false);
  }, []);
  return { running, error, start, stop };
}
