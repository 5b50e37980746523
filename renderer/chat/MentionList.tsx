import { t } from '../messages.ts';
import type { NoteMention } from './useNoteMention.ts';

const listId = 'note-mentions';
const idOf = (index: number): string => `note-mention-${index}`;

/** Of the box that has the focus meanwhile. */
export const mentionControls = ({ notes, at }: NoteMention) =>
  notes.length === 0 ? {} : { 'aria-autocomplete': 'list' as const, 'aria-controls': listId, 'aria-activedescendant': idOf(at) };

/** Notes to choose from while `@` is typed; the box keeps the focus. */
export function MentionList({ mention: { notes, at, choose } }: { mention: NoteMention }) {
  if (notes.length === 0) return null;
  return (
    <ul className="mentions" role="listbox" id={listId} aria-label={t('chat.mentions')}>
      {notes.map((note, index) => (
        <li
          key={note.id}
          id={idOf(index)}
          role="option"
          aria-selected={index === at}
          className="mention"
          onPointerDown={(event) => {
            event.preventDefault();
            choose(note);
          }}
        >
          <span className="truncate">{note.title}</span>
          <span className="mention-path truncate">{note.path}</span>
        </li>
      ))}
    </ul>
  );
}
