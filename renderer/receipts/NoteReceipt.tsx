import type { NoteCitation } from '../../main/contract/memory.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { hrefOfPassage, placeOf } from './passageHref.ts';
import { Mark } from './Receipt.tsx';

/** One passage an answer was given: its words, where it stands, and why it was found. `gone`: the passage is not in the note any more. */
export function NoteReceipt({ citation, gone = false }: { citation: NoteCitation; gone?: boolean }) {
  return (
    <article className="receipt">
      <Mark mark={citation.mark} />
      <div className="grow">
        {/* A long one is scrolled, by keys, too. */}
        <blockquote className="receipt-quote receipt-passage" tabIndex={0}>
          <Quote citation={citation} />
        </blockquote>
        <Source citation={citation} gone={gone} />
        {citation.why.length > 0 ? (
          <ul className="receipt-why" aria-label={t('receipts.why')}>
            {citation.why.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        ) : null}
      </div>
    </article>
  );
}

function Quote({ citation: { quote, telling } }: { citation: NoteCitation }) {
  if (!telling) return <>{quote}</>;
  const [from, to] = telling;
  return (
    <>
      {quote.slice(0, from)}
      <mark>{quote.slice(from, to)}</mark>
      {quote.slice(to)}
    </>
  );
}

/** The title as it was cited; a link while the note is there. */
function Source({ citation, gone }: { citation: NoteCitation; gone: boolean }) {
  const { note } = citation;
  const cited = useCall('notes.cited', { id: note.id ?? '', folderId: note.folderId, path: note.path }, { enabled: note.id !== null });
  const now = cited.data?.note ?? null;
  return (
    <>
      <p className="receipt-source">
        {now ? <a href={hrefOfPassage(citation, now.id)}>{placeOf(citation)}</a> : placeOf(citation)}
        <span className="receipt-path"> · {[now?.path ?? note.path, pageOf(citation)].filter(Boolean).join(', ')}</span>
      </p>
      <State noteGone={note.id !== null && cited.data !== undefined && now === null} passageGone={gone && now !== null} />
    </>
  );
}

const pageOf = ({ note: { place } }: NoteCitation) => (place.page === undefined ? '' : t('receipts.page', { page: place.page }));

function State({ noteGone, passageGone }: { noteGone: boolean; passageGone: boolean }) {
  if (noteGone) return <p className="receipt-state">{t('receipts.noteGone')}</p>;
  return passageGone ? <p className="receipt-state">{t('receipts.passageGone')}</p> : null;
}
