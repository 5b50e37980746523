import { useSyncExternalStore } from 'react';
import type { PersonaDraft } from '../../main/contract/persona.ts';

/** Key of the persona that is being made. */
export const NEW = 'new';

const drafts = new Map<string, PersonaDraft>();
const listeners = new Set<() => void>();

/**
 * Keeps what is in the editor of this persona until it is saved, also while other screens are shown. Not in the storage
 * of the browser or the shell: what is typed here would lie on the disk where forgetting cannot reach it.
 */
export function keepDraft(id: string, draft: PersonaDraft | null): void {
  if (draft) drafts.set(id, draft);
  else drafts.delete(id);
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDraft = (id: string): PersonaDraft | null => useSyncExternalStore(subscribe, () => drafts.get(id) ?? null);
