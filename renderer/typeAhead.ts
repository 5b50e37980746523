/**
 * What is typed between asking for a new conversation and its box being there goes into that box. Making one takes a
 * few calls, and a quick typist does not wait for them: the first letters would stand in the old box, or nowhere.
 */

export type Held = { text: string; /** Enter was pressed after it. */ send: boolean };
type Receive = (held: Held) => void;
type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'isComposing'>;

/** Milliseconds after which a conversation that does not come gives back what was held. */
const patienceMs = 4_000;

export function createTypeAhead(listen: (onKey: (key: Key) => boolean) => () => void) {
  const boxes = new Map<string, Receive>();
  let held: Held = { text: '', send: false };
  let wanted: string | null = null;
  let end: (() => void) | null = null;

  /** Whether the key was taken. */
  function take({ key, shiftKey, ctrlKey, metaKey, altKey, isComposing }: Key): boolean {
    // What comes after an Enter belongs to the next message.
    if (ctrlKey || metaKey || altKey || isComposing || held.send) return false;
    if (key === 'Enter') held = shiftKey ? { ...held, text: `${held.text}\n` } : { ...held, send: held.text !== '' };
    else if (key === 'Backspace') held = { ...held, text: [...held.text].slice(0, -1).join('') };
    else if ([...key].length === 1) held = { ...held, text: held.text + key };
    else return false;
    return true;
  }

  function finish(receive: Receive | undefined): void {
    end?.();
    end = null;
    wanted = null;
    const what = held;
    held = { text: '', send: false };
    if (what.text !== '') receive?.(what);
  }

  return {
    /** From now on keys are held. */
    hold(): void {
      end?.();
      const stop = listen(take);
      const timer = setTimeout(() => this.release(), patienceMs);
      end = () => {
        clearTimeout(timer);
        stop();
      };
    },
    /** It is this conversation they are for. */
    deliver(conversationId: string): void {
      if (!end) return;
      wanted = conversationId;
      const receive = boxes.get(conversationId);
      if (receive) finish(receive);
    },
    /** None came: they go into the box that is there. */
    release(): void {
      const receive = [...boxes.values()].at(-1);
      if (end) finish((what) => receive?.({ ...what, send: false }));
    },
    /** A box is there, until the returned function is called. */
    register(conversationId: string, receive: Receive): () => void {
      boxes.set(conversationId, receive);
      if (wanted === conversationId) finish(receive);
      return () => {
        if (boxes.get(conversationId) === receive) boxes.delete(conversationId);
      };
    },
  };
}

/** The window's. Layers above the page keep their keys, and so does what is worked by them. */
export const typeAhead = createTypeAhead((onKey) => {
  const listener = (event: KeyboardEvent) => {
    if (event.target instanceof Element && keepsItsKeys(event.target, event.key)) return;
    if (!onKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('keydown', listener, true);
  return () => window.removeEventListener('keydown', listener, true);
});

function keepsItsKeys(target: Element, key: string): boolean {
  if (target.closest('[role=dialog], [role=alertdialog], [role=menu], input, select')) return true;
  return (key === 'Enter' || key === ' ') && target.closest('button, a, [role=option]') !== null;
}
