import { AppError } from '../main/contract/errors.ts';

export type CallState<T> = { data: T | undefined; error: AppError | null; loading: boolean };

type Ask = (path: string, input: unknown, signal: AbortSignal) => Promise<unknown>;
type Entry = {
  path: string;
  input: unknown;
  state: CallState<unknown>;
  /** The answer as it came, to tell whether a new one differs. */
  raw: string | null;
  stale: boolean;
  asking: AbortController | null;
  listeners: Set<() => void>;
};
export type CallCache = ReturnType<typeof createCallCache>;

/** Entries nobody looks at that are kept, so that going back paints at once. */
const keptUnwatched = 40;
const idle: CallState<unknown> = { data: undefined, error: null, loading: false };
const pending: CallState<unknown> = { data: undefined, error: null, loading: true };

/** Answers by path and input. What somebody looks at is asked again when marked stale; the rest when next looked at. */
export function createCallCache(ask: Ask) {
  const entries = new Map<string, Entry>();

  const keyOf = (path: string, input: unknown): string => `${path} ${JSON.stringify(input)}`;

  function entryOf(key: string): Entry {
    const known = entries.get(key);
    if (known) return known;
    const space = key.indexOf(' ');
    const entry: Entry = {
      path: key.slice(0, space),
      input: JSON.parse(key.slice(space + 1)) as unknown,
      state: pending,
      raw: null,
      stale: true,
      asking: null,
      listeners: new Set(),
    };
    entries.set(key, entry);
    return entry;
  }

  function show(entry: Entry, state: CallState<unknown>): void {
    entry.state = state;
    for (const listener of entry.listeners) listener();
  }

  async function fetch(entry: Entry): Promise<void> {
    entry.asking?.abort();
    const controller = new AbortController();
    entry.asking = controller;
    entry.stale = false;
    if (!entry.state.loading) show(entry, { ...entry.state, loading: true });
    try {
      const data = await ask(entry.path, entry.input, controller.signal);
      if (entry.asking !== controller) return;
      const raw = JSON.stringify(data);
      show(entry, { data: raw === entry.raw ? entry.state.data : data, error: null, loading: false });
      entry.raw = raw;
    } catch (failure) {
      if (entry.asking !== controller) return;
      entry.stale = true;
      show(entry, { data: entry.state.data, error: AppError.from(failure), loading: false });
    }
    entry.asking = null;
  }

  function refresh(entry: Entry): void {
    entry.stale = true;
    if (entry.listeners.size > 0) void fetch(entry);
  }

  function dropOldest(): void {
    const unwatched = [...entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - keptUnwatched))) entries.delete(key);
  }

  return {
    idle,
    keyOf,
    read: (key: string): CallState<unknown> => entryOf(key).state,
    subscribe(key: string, listener: () => void): () => void {
      const entry = entryOf(key);
      entry.listeners.add(listener);
      if (entry.stale && !entry.asking) void fetch(entry);
      return () => {
        entry.listeners.delete(listener);
        dropOldest();
      };
    },
    reload: (key: string): void => void fetch(entryOf(key)),
    /** Changes a known answer in place; one that is not known yet stays unknown. */
    update(key: string, change: (data: unknown) => unknown): void {
      const entry = entries.get(key);
      if (entry?.state.data === undefined) return;
      entry.raw = null;
      show(entry, { ...entry.state, data: change(entry.state.data) });
    },
    /** Marks every answer of these paths stale; with `id`, only those asked with that id. */
    invalidate(paths: readonly string[], id: string | null = null): void {
      for (const entry of entries.values()) {
        if (paths.includes(entry.path) && (id === null || (entry.input as { id?: string }).id === id)) refresh(entry);
      }
    },
    invalidateAll(): void {
      for (const entry of entries.values()) refresh(entry);
    },
  };
}
