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

/** Entries nobody looks at that are kept, so that going back paints at once. */
const keptUnwatched = 40;
const pending: CallState<unknown> = { data: undefined, error: null, loading: true };

/** Answers by path and input. What somebody looks at is asked again when marked stale; the rest when next looked at. */
export class CallCache {
  readonly idle: CallState<unknown> = { data: undefined, error: null, loading: false };
  readonly #ask: Ask;
  readonly #entries = new Map<string, Entry>();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  keyOf(path: string, input: unknown): string {
    return `${path} ${JSON.stringify(input)}`;
  }

  read(key: string): CallState<unknown> {
    return this.#entryOf(key).state;
  }

  /** Tells of changes until the returned function is called, and asks if what is known is stale. */
  subscribe(key: string, listener: () => void): () => void {
    const entry = this.#entryOf(key);
    entry.listeners.add(listener);
    if (entry.stale && !entry.asking) void this.#fetch(entry);
    return () => {
      entry.listeners.delete(listener);
      this.#dropOldest();
    };
  }

  reload(key: string): void {
    void this.#fetch(this.#entryOf(key));
  }

  /** Changes a known answer in place; one that is not known yet stays unknown. */
  update(key: string, change: (data: unknown) => unknown): void {
    const entry = this.#entries.get(key);
    if (entry?.state.data === undefined) return;
    entry.raw = null;
    show(entry, { ...entry.state, data: change(entry.state.data) });
  }

  /** Marks every answer of these paths stale; with `id`, only those asked with that id. */
  invalidate(paths: readonly string[], id: string | null = null): void {
    for (const entry of this.#entries.values()) {
      if (paths.includes(entry.path) && (id === null || (entry.input as { id?: string }).id === id)) this.#refresh(entry);
    }
  }

  invalidateAll(): void {
    for (const entry of this.#entries.values()) this.#refresh(entry);
  }

  #refresh(entry: Entry): void {
    entry.stale = true;
    if (entry.listeners.size > 0) void this.#fetch(entry);
  }

  #entryOf(key: string): Entry {
    const known = this.#entries.get(key);
    if (known) return known;
    const space = key.indexOf(' ');
    const input = JSON.parse(key.slice(space + 1)) as unknown;
    const entry: Entry = { path: key.slice(0, space), input, state: pending, raw: null, stale: true, asking: null, listeners: new Set() };
    this.#entries.set(key, entry);
    return entry;
  }

  async #fetch(entry: Entry): Promise<void> {
    entry.asking?.abort();
    const controller = new AbortController();
    entry.asking = controller;
    entry.stale = false;
    if (!entry.state.loading) show(entry, { ...entry.state, loading: true });
    try {
      const data = await this.#ask(entry.path, entry.input, controller.signal);
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

  #dropOldest(): void {
    const unwatched = [...this.#entries].filter(([, entry]) => entry.listeners.size === 0);
    for (const [key] of unwatched.slice(0, Math.max(0, unwatched.length - keptUnwatched))) this.#entries.delete(key);
  }
}

function show(entry: Entry, state: CallState<unknown>): void {
  entry.state = state;
  for (const listener of entry.listeners) listener();
}
