import type { OpenNote } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { hrefOfNote } from '../app/route.ts';
import { t } from '../messages.ts';
import { passageAsRead } from '../search/asRead.ts';

const mostRelated = 6;

/** What is connected with a note: notes that link here, and those that say something alike. */
export function Around({ open: { note, backlinks } }: { open: OpenNote }) {
  const related = useCall('notes.related', { id: note.id, limit: mostRelated }).data ?? [];
  const linking = backlinks.filter(({ noteId }, index) => backlinks.findIndex((other) => other.noteId === noteId) === index);
  if (related.length === 0 && linking.length === 0) return null;
  return (
    <footer className="note-around" aria-label={t('notes.around')}>
      {linking.length > 0 ? (
        <section>
          <h3>{t('notes.backlinks', { count: linking.length })}</h3>
          <ul role="list">
            {linking.map(({ noteId, title, at }) => (
              <li key={noteId}>
                <a className="note-around-link" href={hrefOfNote(noteId, { from: at, to: at + 1 })}>
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {related.length > 0 ? (
        <section>
          <h3>{t('notes.related')}</h3>
          <ul role="list">
            {related.map(({ id, title, type, passage }) => (
              <li key={id}>
                <a className="note-around-link" href={hrefOfNote(id, passage?.place ?? null)}>
                  {title}
                </a>
                {passage ? <p className="note-around-text">{passageAsRead({ type }, passage).text}</p> : null}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
    </footer>
  );
}
