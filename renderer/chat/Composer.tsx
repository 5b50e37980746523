import { ArrowUp, Square } from 'lucide-react';
import { useEffect, useImperativeHandle, useRef, type KeyboardEvent, type Ref, type RefObject } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import { keysOf } from '../keyboard.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { IconButton } from '../ui/index.ts';
import { notifyFailure } from '../ui/notices.ts';
import { ModelLabel, NoModelNote } from './ModelLabel.tsx';
import { PersonaPicker } from './PersonaPicker.tsx';
import { useDraft } from './useDraft.ts';
import { usePrepare } from './usePrepare.ts';
import type { TurnActions } from './useTurn.ts';
import './composer.css';

export type ComposerHandle = {
  focus: () => void;
  /** Puts text into the box, for the owner to send or change. */
  fill: (text: string) => void;
};
type Props = { ref: Ref<ComposerHandle>; conversation: Conversation; turn: TurnActions; onSent: () => void };

/** The box one writes in: Enter sends, Shift+Enter begins a line. What is typed is kept whatever happens. */
export function Composer({ ref, conversation, turn, onSent }: Props) {
  const draft = useDraft(conversation);
  const box = useRef<HTMLTextAreaElement>(null);
  const connected = useLive((live) => live.connection === 'open');
  const prepare = usePrepare(conversation.id);
  const ready = draft.text.trim() !== '' && !turn.answering && connected;

  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    fill: (text) => {
      draft.write(text);
      box.current?.focus();
    },
  }));
  useFocusAtOnce(box);

  const send = async () => {
    if (!ready) return;
    const { text } = draft;
    draft.write('');
    onSent();
    try {
      await turn.send(text.trim());
    } catch (failure) {
      // The question never reached the disk: it goes back to where it was typed, before whatever was typed since.
      draft.write(box.current?.value ? `${text}\n${box.current.value}` : text);
      notifyFailure(failure);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void send();
  };

  return (
    <div className="composer-place">
      <NoModelNote />
      <form
        className="composer"
        aria-label={t('chat.compose')}
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <textarea
          ref={box}
          className="composer-text"
          aria-label={t('chat.compose')}
          aria-description={t('chat.sendHint')}
          placeholder={t('chat.placeholder')}
          rows={1}
          value={draft.text}
          maxLength={2_000_000}
          onChange={(event) => {
            draft.write(event.target.value);
            prepare.ahead();
          }}
          onKeyDown={onKeyDown}
        />
        <div className="composer-row">
          <PersonaPicker conversation={conversation} preparing={prepare.preparing} onChoose={prepare.choosePersona} />
          <ModelLabel />
          <span className="grow" />
          {!connected && draft.text ? <span className="composer-note">{t('chat.sendWaits')}</span> : null}
          <SendOrStop turn={turn} ready={ready} />
        </div>
      </form>
    </div>
  );
}

function SendOrStop({ turn, ready }: { turn: TurnActions; ready: boolean }) {
  if (turn.answering) {
    return (
      <IconButton label={t('chat.stop')} keys={keysOf('chat.stop')} look="primary" className="composer-send" side="top" onClick={turn.stop}>
        <Square aria-hidden fill="currentcolor" />
      </IconButton>
    );
  }
  return (
    <IconButton type="submit" label={t('chat.send')} keys="enter" look="primary" className="composer-send" side="top" disabled={!ready}>
      <ArrowUp aria-hidden />
    </IconButton>
  );
}

/** A conversation is opened to write in it; unless something else was focused on purpose, such as a row of the list by arrow keys. */
function useFocusAtOnce(box: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const active = document.activeElement;
    if (!active || active === document.body || !active.closest('[role=dialog], input')) {
      box.current?.focus({ preventScroll: true });
      const end = box.current?.value.length ?? 0;
      box.current?.setSelectionRange(end, end);
    }
  }, [box]);
}
