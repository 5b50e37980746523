import { ArrowUp, Square, Telescope } from 'lucide-react';
import { useEffect, useEffectEvent, useImperativeHandle, useRef, type FormEvent, type KeyboardEvent, type ReactNode, type Ref, type RefObject } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import type { Answering } from '../../main/contract/research.ts';
import { useCall } from '../api.ts';
import { keysOf, runCommand, useCommand } from '../keyboard.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { typeAhead, type Held } from '../typeAhead.ts';
import { IconButton } from '../ui/index.ts';
import { notifyFailure } from '../ui/notices.ts';
import { ModelLabel, NoModelNote } from './ModelLabel.tsx';
import { AttachButton, dropOf } from './attaching.tsx';
import { PendingChips } from './AttachedChips.tsx';
import { MentionList, mentionControls } from './MentionList.tsx';
import { NotesPicker } from './NotesPicker.tsx';
import { PersonaPicker } from './PersonaPicker.tsx';
import { useAttachments, type Attachments } from './useAttachments.ts';
import { useDraft, type Draft } from './useDraft.ts';
import { useNoteMention, type NoteMention } from './useNoteMention.ts';
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
  const attachments = useAttachments(conversation.id);
  const mention = useNoteMention(box, { write: draft.write, attach: (noteId) => void attachments.note(noteId) });
  const ready = draft.text.trim() !== '' && !turn.answering && connected;

  useHandle(ref, box, draft.write);
  useFocusAtOnce(box);

  const send = (text = draft.text, how?: Answering) => {
    if (text.trim() === '' || turn.answering || !connected) return;
    onSent();
    void sendDraft({ ...draft, text }, (asked) => turn.send(asked, how)).finally(attachments.sent);
  };
  useTypedAhead(conversation.id, ({ text, send: sends }) => {
    draft.write(draft.text + text);
    if (sends) send(draft.text + text);
  });

  return (
    <div className="composer-place">
      <NoModelNote />
      <form
        className="composer"
        aria-label={t('chat.compose')}
        onSubmit={submitting(send)}
        {...dropOf(attachments.files)}
      >
        <Above mention={mention} attachments={attachments} />
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
            mention.look();
          }}
          {...mentionControls(mention)}
          onBlur={mention.look}
          onKeyDown={(event) => mention.onKey(event) || onKey(() => send())(event)}
        />
        <Below conversation={conversation} prepare={prepare} attachments={attachments}>
          <span className="composer-note grow">{!connected && draft.text ? t('chat.sendWaits') : null}</span>
          <SendOrStop turn={turn} ready={ready} research={() => send(draft.text, 'research')} />
        </Below>
      </form>
    </div>
  );
}

function useHandle(ref: Ref<ComposerHandle>, box: RefObject<HTMLTextAreaElement | null>, write: (text: string) => void): void {
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    fill: (text) => {
      write(text);
      box.current?.focus();
    },
  }));
}

/** Notes to choose from, and what goes with the question. */
function Above({ mention, attachments }: { mention: NoteMention; attachments: Attachments }) {
  return (
    <>
      <MentionList mention={mention} />
      <PendingChips list={attachments.list} onRemove={(id) => void attachments.remove(id)} />
    </>
  );
}

const submitting = (send: () => void) => (event: FormEvent) => {
  event.preventDefault();
  send();
};

type BelowProps = { conversation: Conversation; prepare: ReturnType<typeof usePrepare>; attachments: Attachments; children: ReactNode };

/** Who answers, from what, and by which model. */
function Below({ conversation, prepare, attachments, children }: BelowProps) {
  return (
    <div className="composer-row">
      <AttachButton onFiles={(files) => void attachments.files(files)} />
      <PersonaPicker conversation={conversation} preparing={prepare.preparing} onChoose={prepare.choosePersona} />
      <NotesPicker conversation={conversation} />
      <ModelLabel />
      {children}
    </div>
  );
}

/** Empties the box and asks. A question that never reached the disk goes back to where it was typed. */
async function sendDraft(draft: Draft, send: (text: string) => Promise<void>): Promise<void> {
  draft.write('');
  try {
    await send(draft.text.trim());
  } catch (failure) {
    draft.giveBack(draft.text);
    notifyFailure(failure);
  }
}

/** Enter alone, and not while a word is being composed from several keys. Up in an empty box goes back to what was said last. */
const onKey = (send: () => void) => (event: KeyboardEvent<HTMLTextAreaElement>) => {
  if (event.key === 'ArrowUp' && event.currentTarget.value === '' && runCommand('chat.editLast')) event.preventDefault();
  if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
  event.preventDefault();
  send();
};

/** Sends what is typed to be gathered from many notes; where there are notes. */
function ResearchButton({ ready, research }: { ready: boolean; research: () => void }) {
  const hasNotes = (useCall('notes.folders', {}).data?.length ?? 0) > 0;
  useCommand('chat.research', research, ready && hasNotes);
  if (!hasNotes) return null;
  return (
    <IconButton label={t('research.send')} keys={keysOf('chat.research')} side="top" disabled={!ready} onClick={research}>
      <Telescope aria-hidden />
    </IconButton>
  );
}

function SendOrStop({ turn, ready, research }: { turn: TurnActions; ready: boolean; research: () => void }) {
  if (turn.answering) {
    return (
      <IconButton label={t('chat.stop')} keys={keysOf('chat.stop')} look="primary" className="composer-send" side="top" onClick={turn.stop}>
        <Square aria-hidden fill="currentcolor" />
      </IconButton>
    );
  }
  return (
    <>
      <ResearchButton ready={ready} research={research} />
      <IconButton type="submit" label={t('chat.send')} keys="enter" look="primary" className="composer-send" side="top" disabled={!ready}>
        <ArrowUp aria-hidden />
      </IconButton>
    </>
  );
}

/** Takes what was typed while this conversation was being made. */
function useTypedAhead(conversationId: string, take: (held: Held) => void): void {
  const receive = useEffectEvent(take);
  useEffect(() => typeAhead.register(conversationId, (held) => receive(held)), [conversationId]);
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
