import { useSyncExternalStore } from 'react';
import { AppError } from '../../main/contract/errors.ts';

export type Notice = {
  id: number;
  message: string;
  tone: 'plain' | 'danger';
  /** Milliseconds until it leaves by itself; hovering or focusing it waits. */
  lasts: number;
  action: { label: string; run: () => void } | null;
};
type NewNotice = { message: string; tone?: Notice['tone']; lasts?: number; action?: Notice['action'] };

let notices: readonly Notice[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function show(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

/** Says something in passing, at the corner of the window; give it an `action` for undo. */
export function notify({ message, tone = 'plain', lasts, action = null }: NewNotice): number {
  lastId += 1;
  const id = lastId;
  // Reading takes time, and an undo more so: WCAG's floor is generous on purpose.
  const time = lasts ?? (action || tone === 'danger' ? 12_000 : 6_000);
  show([...notices.slice(-2), { id, message, tone, lasts: time, action }]);
  return id;
}

/** Says what went wrong. A cancelled call is nobody's failure and stays silent. */
export function notifyFailure(failure: unknown): void {
  const error = AppError.from(failure);
  if (error.code !== 'cancelled') notify({ message: error.message, tone: 'danger' });
}

/** Runs it; a failure is shown as a notice. Resolves to undefined then. */
export async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (failure) {
    notifyFailure(failure);
    return undefined;
  }
}

export function dismiss(id: number): void {
  show(notices.filter((notice) => notice.id !== id));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useNotices = (): readonly Notice[] => useSyncExternalStore(subscribe, () => notices);
