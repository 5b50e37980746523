import type { EngineStatus } from '../contract/model.ts';

/** The engine's status and those who watch it. */
export type StatusBoard = {
  get(): EngineStatus;
  change(part: Partial<EngineStatus>): void;
  /** Until the returned function is called. */
  listen(listener: (status: EngineStatus) => void): () => void;
  close(): void;
};

export function createStatusBoard(initial: EngineStatus): StatusBoard {
  const listeners = new Set<(status: EngineStatus) => void>();
  let status = initial;
  return {
    get: () => status,
    change(part) {
      status = { ...status, ...part };
      for (const listener of listeners) listener(status);
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
}
