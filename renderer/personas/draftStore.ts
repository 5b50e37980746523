import { useSyncExternalStore } from 'react';
import { PersonaDraft } from '../../main/contract/persona.ts';

/** Key of the persona that is being made. */
export const NEW = 'new';

const prefix = 'engram.persona-draft.';
const listeners = new Set<() => void>();
/** Parsed once a change, so that React sees the same object until then. */
const known = new Map<string, PersonaDraft | null>();

/** The draft left in the editor of this persona, if it was not saved. Survives leaving the screen and a reload. */
export function readDraft(id: string): PersonaDraft | null {
  const kept = known.get(id);
  if (kept !== undefined) return kept;
  const draft = parse(read(id));
  known.set(id, draft);
  return draft;
}

export function keepDraft(id: string, draft: PersonaDraft | null): void {
  known.set(id, draft);
  try {
    if (draft) sessionStorage.setItem(prefix + id, JSON.stringify(draft));
    else sessionStorage.removeItem(prefix + id);
  } catch {
    // Storage may be full or forbidden; the draft then lives as long as the window.
  }
  for (const listener of listeners) listener();
}

function read(id: string): string | null {
  try {
    return sessionStorage.getItem(prefix + id);
  } catch {
    return null;
  }
}

/** What was typed may be half of something: only its shape must be right for the editor to show it again. */
function parse(text: string | null): PersonaDraft | null {
  try {
    const value: unknown = text === null ? null : JSON.parse(text);
    return Shape.safeParse(value).data ?? null;
  } catch {
    return null;
  }
}

const Shape = PersonaDraft.extend({ name: PersonaDraft.shape.name.catch(''), instructions: PersonaDraft.shape.instructions.catch('') });

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useDraft = (id: string): PersonaDraft | null => useSyncExternalStore(subscribe, () => readDraft(id));
