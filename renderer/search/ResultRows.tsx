import { Bookmark, ChevronDown, ChevronUp, FileText, MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SearchHit } from '../../main/contract/memory.ts';
import type { NoteHit, NotePassage } from '../../main/contract/note.ts';
import { formatMoment, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { passageAsRead } from './asRead.ts';
import { excerptOf, highlight } from './highlight.ts';
import { Marked } from './Marked.tsx';
import type { Row, Talk } from './rows.ts';

/** A note: what it is called, where it lies, and the best of its passages. */
export function NoteRow({ note }: { note: NoteHit }) {
  const { title, titleMarks, path, passage, modifiedAt, mark } = note;
  const lies = path.split('/').slice(0, -1);
  return (
    <Hit icon={<FileText aria-hidden />} title={<Marked pieces={highlight(title, titleMarks)} />} at={modifiedAt} when={formatWhen(modifiedAt)}>
      <Way steps={[...lies, ...headingsBelow(title, passage)]} page={passage?.place.page} />
      {passage ? <Words note={note} passage={passage} /> : null}
      {mark ? <p className="hit-mark">{mark}</p> : null}
    </Hit>
  );
}

/** Most notes begin with a heading that says their title again. */
const headingsBelow = (title: string, passage: NotePassage | null): string[] => {
  const headings = passage?.headings ?? [];
  return headings[0] === title ? headings.slice(1) : headings;
};

/** Another passage of the note above. */
export function PassageRow({ note, passage }: { note: NoteHit; passage: NotePassage }) {
  return (
    <div className="grow">
      <Way steps={passage.headings} page={passage.place.page} />
      <Words note={note} passage={passage} />
    </div>
  );
}

/** A conversation: its title, and the best of what was said in it. */
export function TalkRow({ talk }: { talk: Talk }) {
  const [best] = talk.messages;
  const at = best?.at ?? talk.at;
  return (
    <Hit icon={<MessagesSquare aria-hidden />} title={<Marked pieces={highlight(talk.title || t('search.untitled'), talk.titleMarks)} />} at={at} when={formatWhen(at)}>
      {best ? <SaidWords message={best} /> : null}
      {talk.kept ? <p className="hit-way">{t('search.kept')}</p> : null}
    </Hit>
  );
}

/** Something else that was said in the conversation above. */
export function MessageRow({ message }: { message: SearchHit }) {
  return (
    <div className="grow">
      <SaidWords message={message} />
    </div>
  );
}

function SaidWords({ message: { role, snippet, marks } }: { message: SearchHit }) {
  return (
    <p className="hit-text">
      {role ? <span className="hit-who">{t(`search.by.${role}`)} </span> : null}
      <Marked pieces={highlight(snippet, marks)} />
    </p>
  );
}

/** A line the owner wrote down. */
export function MemoryRow({ memory }: { memory: SearchHit }) {
  return (
    <Hit icon={<Bookmark aria-hidden />} title={<Marked pieces={highlight(memory.snippet, memory.marks)} />} at={memory.at} when={formatWhen(memory.at)}>
      {memory.kept ? <p className="hit-way">{t('search.kept')}</p> : null}
    </Hit>
  );
}

export function OthersRow({ row }: { row: Row & { kind: 'others' } }) {
  const what = row.of.startsWith('note') ? 'passages' : 'messages';
  return (
    <>
      {row.isOpen ? <ChevronUp aria-hidden /> : <ChevronDown aria-hidden />}
      {row.isOpen ? t('search.fewer') : t(`search.more.${what}`, { count: row.count })}
    </>
  );
}

type HitProps = { icon: ReactNode; title: ReactNode; at: number; when: string; children?: ReactNode };

function Hit({ icon, title, at, when, children }: HitProps) {
  return (
    <>
      {icon}
      <div className="grow">
        <div className="hit-head">
          <p className="hit-title">{title}</p>
          <time className="hit-when" dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
            {when}
          </time>
        </div>
        {children}
      </div>
    </>
  );
}

/** Folders and headings that lead there. */
function Way({ steps, page }: { steps: readonly string[]; page: number | undefined }) {
  const shown = [...steps, ...(page === undefined ? [] : [t('search.page', { page })])];
  if (shown.length === 0) return null;
  return <p className="hit-way truncate">{shown.join(' › ')}</p>;
}

function Words({ note, passage }: { note: NoteHit; passage: NotePassage }) {
  const { text, marks } = passageAsRead(note, passage);
  return (
    <p className="hit-text">
      <Marked pieces={excerptOf(text, marks)} />
    </p>
  );
}
