import { FileText, NotebookText, X } from 'lucide-react';
import type { Attachment } from '../../main/contract/note.ts';
import { t } from '../messages.ts';
import { Tooltip } from '../ui/index.ts';

/** What goes with the question that is being written. */
export function PendingChips({ list, onRemove }: { list: readonly Attachment[]; onRemove: (id: string) => void }) {
  if (list.length === 0) return null;
  return (
    <ul role="list" className="chips pending-chips" aria-label={t('chat.attached')}>
      {list.map((one) => (
        <li key={one.id}>
          <Tooltip text={one.mark ?? one.path} side="top">
            <button type="button" className="chip" aria-label={t('chat.detach', { name: one.title })} onClick={() => onRemove(one.id)}>
              <Icon attachment={one} />
              <span className="truncate">{one.title}</span>
              <X aria-hidden />
            </button>
          </Tooltip>
        </li>
      ))}
    </ul>
  );
}

const Icon = ({ attachment: { noteId } }: { attachment: Attachment }) => (noteId === null ? <FileText aria-hidden /> : <NotebookText aria-hidden />);

/** Under a question: what went with it, and what of that had no room. */
export function SentChips({ list }: { list: readonly Attachment[] }) {
  return (
    <ul role="list" className="sent-chips" aria-label={t('chat.attachedSent')}>
      {list.map((one) => (
        <li key={one.id}>
          <Icon attachment={one} />
          {one.noteId === null ? <span>{one.title}</span> : <a href={`#/notes/${encodeURIComponent(one.noteId)}`}>{one.title}</a>}
          <span className="muted">{[fitOf(one), one.mark].filter(Boolean).join(' ')}</span>
        </li>
      ))}
    </ul>
  );
}

function fitOf({ given, passages }: Attachment): string {
  return given === null || given >= passages ? '' : t('chat.attachedFit', { given, passages });
}
