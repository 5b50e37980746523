import type { AppEvent } from '../contract/app.ts';

export type Changed = Extract<AppEvent, { type: 'changed' }>['what'];

/** What happens inside the assistant, for whoever listens. */
export type Events = {
  emit(event: AppEvent): void;
  changed(what: Changed, id?: string | null): void;
  /** Told at once of everything, until the returned function is called. */
  listen(listener: (event: AppEvent) => void): () => void;
  /** Everything from now on, until stopped. `present` describes how things stand and comes first. */
  follow(present: () => AppEvent[], signal: AbortSignal): AsyncIterable<AppEvent>;
};

/** A listener that is slow to take events gets the latest of each kind, not all that piled up. */
export function createEvents(): Events {
  const listeners = new Set<(event: AppEvent) => void>();
  const emit = (event: AppEvent) => listeners.forEach((listener) => listener(event));
  return {
    emit,
    changed: (what, id = null) => emit({ type: 'changed', what, id }),
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async *follow(present, signal) {
      const waiting = new Map<string, AppEvent>();
      let wake = () => {};
      const put = (event: AppEvent) => {
        // Removed first, so that the newest stands last.
        waiting.delete(kindOf(event));
        waiting.set(kindOf(event), event);
        wake();
      };
      const stop = () => wake();
      listeners.add(put);
      signal.addEventListener('abort', stop);
      try {
        for (const event of present()) put(event);
        while (!signal.aborted) {
          const next = waiting.entries().next().value;
          if (next) {
            waiting.delete(next[0]);
            yield next[1];
          } else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        listeners.delete(put);
        signal.removeEventListener('abort', stop);
      }
    },
  };
}

/** Events of one kind replace each other while nobody has taken them. */
function kindOf(event: AppEvent): string {
  switch (event.type) {
    case 'engine':
    case 'index':
    case 'notes':
      return event.type;
    case 'forgetting':
      return `forgetting ${event.forgetting.id}`;
    case 'changed':
      return `changed ${event.what} ${event.id ?? ''}`;
    case 'notice':
      return `notice ${event.message}`;
  }
}
