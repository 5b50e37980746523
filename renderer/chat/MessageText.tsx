import { lazy, memo, Suspense } from 'react';
import { Quote } from 'lucide-react';
import type { Message } from '../../main/contract/conversation.ts';
import { isOfNote } from '../../main/contract/memory.ts';
import { hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { CitedProvider } from './CitationMark.tsx';
import { Said } from './Said.tsx';

const markdown = import('./Markdown.tsx');
const Markdown = lazy(() => markdown.then((module) => ({ default: module.Markdown })));

/** What was said. The owner's words stand as typed; an answer is read as Markdown. */
export const MessageText = memo(function MessageText({ message }: { message: Message }) {
  const { text, role, quoted, id, status } = message;
  if (role === 'user') return <Said text={text} />;
  if (!text) return null;
  const read = (
    <CitedProvider value={message}>
      <Suspense fallback={<p className="said said-waiting">{text}</p>}>
        <Markdown text={text} id={id} growing={status === 'growing'} />
      </Suspense>
    </CitedProvider>
  );
  if (!quoted) return read;
  const ofNote = message.citations.some(isOfNote);
  return (
    <div className="quoted">
      <p className="quoted-mark">
        <Quote aria-hidden />
        {t(ofNote ? 'chat.quotedNotesMark' : 'chat.quotedMark')}
      </p>
      <blockquote>{read}</blockquote>
      <p className="quoted-why">
        {t(ofNote ? 'chat.quotedNotesWhy' : 'chat.quotedWhy')} <a href={hrefOf({ screen: 'settings' })}>{t('chat.quotedSettings')}</a>
      </p>
    </div>
  );
});
