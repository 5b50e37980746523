import { useDeferredValue, useState, type KeyboardEvent, type RefObject } from 'react';
import type { Note } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';

/** `@` at a beginning, and what is typed behind it. */
const mention = /(?:^|\s)@([^\s@][^@\n]{0,60}|)$/u;
const mostShown = 7;

export type NoteMention = {
  notes: readonly Note[];
  /** Which of them Enter takes; -1 while none is offered. */
  at: number;
  choose: (note: Note) => void;
  /** The box has other words, or the caret stands elsewhere. */
  look: () => void;
  /** True: the key was meant for the list. */
  onKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean;
};

/** Notes by their titles as one types `@`; the one that is chosen goes with the question, and its `@` goes from the box. */
export function useNoteMention(box: RefObject<HTMLTextAreaElement | null>, { write, attach }: { write: (text: string) => void; attach: (noteId: string) => void }): NoteMention {
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const text = useDeferredValue(typed);
  const found = useCall('notes.list', { folderId: null, only: 'all', text: text ?? '', limit: mostShown, after: null }, { enabled: text !== null }).data?.notes;
  const notes = typed === null ? [] : (found ?? []);
  const chosen = Math.min(at, notes.length - 1);

  const look = () => {
    const { value, selectionStart } = box.current ?? { value: '', selectionStart: 0 };
    setTyped(mention.exec(value.slice(0, selectionStart))?.[1] ?? null);
    setAt(0);
  };
  const choose = (note: Note) => {
    const { value, selectionStart } = box.current!;
    const before = value.slice(0, selectionStart).replace(mention, (whole) => (whole.startsWith('@') ? '' : whole.charAt(0)));
    write(before + value.slice(selectionStart));
    setTyped(null);
    attach(note.id);
    box.current!.focus();
  };
  const keys: Record<string, () => void> = {
    ArrowDown: () => setAt((chosen + 1) % notes.length),
    ArrowUp: () => setAt((chosen + notes.length - 1) % notes.length),
    Enter: () => choose(notes[chosen]!),
    Tab: () => choose(notes[chosen]!),
    Escape: () => setTyped(null),
  };
  return {
    notes,
    at: chosen,
    choose,
    look,
    onKey(event) {
      const meant = notes.length > 0 && !event.nativeEvent.isComposing && !event.shiftKey ? keys[event.key] : undefined;
      if (!meant) return false;
      event.preventDefault();
      event.stopPropagation();
      meant();
      return true;
    },
  };
}
