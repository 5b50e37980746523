import { useEffect, useRef, type ReactNode } from 'react';
import type { NoteBlock, NoteHit, NotePassage } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { formatMoment, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { join, Loaded } from '../ui/index.ts';
import { markedWords, wordsIn } from './highlight.ts';
import { Marked } from './Marked.tsx';
import { aroundMessage, aroundPassage } from './previewed.ts';
import type { Row } from './rows.ts';

/** What Enter would open, at the place that was found. */
export function Preview({ row }: { row: Row | undefined }) {
  return (
    <section className="preview" aria-label={t('search.preview')} tabIndex={0}>
      {row ? previewOf(row) : null}
    </section>
  );
}

function previewOf(row: Row): ReactNode {
  switch (row.kind) {
    case 'note':
      return <NotePreview key={row.note.id} note={row.note} passage={row.note.passage} />;
    case 'passage':
      return <NotePreview key={row.note.id} note={row.note} passage={row.passage} />;
    case 'talk':
      return <TalkPreview key={row.talk.id} id={row.talk.id} messageId={row.talk.messages[0]?.id ?? null} words={wordsOf(row.talk.messages[0])} />;
    case 'message':
      return <TalkPreview key={row.talk.id} id={row.talk.id} messageId={row.message.id} words={wordsOf(row.message)} />;
    case 'memory':
      return <MemoryPreview id={row.memory.id} words={wordsOf(row.memory)} />;
    case 'others':
    case 'all':
      return null;
  }
}

const wordsOf = (hit: { snippet: string; marks: [number, number][] } | undefined): string[] => (hit ? markedWords(hit.snippet, hit.marks) : []);

function NotePreview({ note, passage }: { note: NoteHit; passage: NotePassage | null }) {
  const open = useCall('notes.open', { id: note.id });
  const words = passage ? markedWords(passage.text, passage.marks) : [];
  return (
    <>
      <Head title={note.title} about={[note.path, formatWhen(note.modifiedAt)]} />
      <Loaded call={open} failed={t('search.previewFailed')} lines={6}>
        {({ blocks }) => {
          const { shown, first, isCutBefore, isCutBehind } = aroundPassage(blocks, passage?.place ?? null);
          return (
            <InSight at={passage?.id ?? note.id}>
              {isCutBefore ? <p className="preview-cut">…</p> : null}
              {shown.map((block, index) => (
                <Block key={index} block={block} words={words} isMet={passage !== null && block.place.to > passage.place.from && block.place.from < passage.place.to} isFirst={index === first} />
              ))}
              {isCutBehind ? <p className="preview-cut">…</p> : null}
              {blocks.length === 0 ? <p className="muted">{note.mark ?? t('search.previewEmpty')}</p> : null}
            </InSight>
          );
        }}
      </Loaded>
    </>
  );
}

/** Longer ones are shown by their beginning. */
const mostCharacters = 6_000;

function Block({ block, words, isMet, isFirst }: { block: NoteBlock; words: readonly string[]; isMet: boolean; isFirst: boolean }) {
  const text = block.text.length > mostCharacters ? `${block.text.slice(0, mostCharacters)}…` : block.text;
  return (
    <p className={join('preview-block', `preview-${block.kind}`, isMet && 'preview-met')} data-found={isFirst || undefined}>
      <Marked pieces={wordsIn(text, words)} />
    </p>
  );
}

function TalkPreview({ id, messageId, words }: { id: string; messageId: string | null; words: readonly string[] }) {
  const open = useCall('conversation.open', { id });
  return (
    <Loaded call={open} failed={t('search.previewFailed')} lines={6}>
      {({ conversation, messages }) => (
        <>
          <Head title={conversation.title || t('search.untitled')} about={[formatWhen(conversation.updatedAt)]} />
          <InSight at={messageId ?? id}>
            {aroundMessage(messages, messageId).map((message) => (
              <div key={message.id} className={join('preview-said', message.id === messageId && 'preview-met')} data-found={message.id === messageId || undefined}>
                <p className="preview-who">
                  {t(message.role === 'user' ? 'search.by.user' : 'search.by.assistant')} · <time title={formatMoment(message.createdAt)}>{formatWhen(message.createdAt)}</time>
                </p>
                <p className="preview-block">
                  <Marked pieces={wordsIn(message.text.length > mostCharacters ? `${message.text.slice(0, mostCharacters)}…` : message.text, words)} />
                </p>
              </div>
            ))}
          </InSight>
        </>
      )}
    </Loaded>
  );
}

function MemoryPreview({ id, words }: { id: string; words: readonly string[] }) {
  const memory = useCall('memory.get', { id });
  return (
    <Loaded call={memory} failed={t('search.previewFailed')} lines={3}>
      {({ text, createdAt, replacedBy }) => (
        <>
          <Head title={t('search.oneMemory')} about={[formatMoment(createdAt), ...(replacedBy ? [t('memory.replaced')] : [])]} />
          <p className="preview-block preview-met">
            <Marked pieces={wordsIn(text, words)} />
          </p>
        </>
      )}
    </Loaded>
  );
}

function Head({ title, about }: { title: string; about: readonly string[] }) {
  return (
    <header className="preview-head">
      <h2 className="preview-title">{title}</h2>
      <p className="preview-about">{about.join(' · ')}</p>
    </header>
  );
}

/** Scrolls what was found into sight, in the preview alone. */
function InSight({ at, children }: { at: string; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const scroller = place.current?.closest<HTMLElement>('.preview');
    const found = place.current?.querySelector<HTMLElement>('[data-found]');
    if (!scroller) return;
    scroller.scrollTop = found ? found.offsetTop - scroller.clientHeight / 4 : 0;
  }, [at]);
  return <div ref={place}>{children}</div>;
}
