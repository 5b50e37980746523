import { X } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import type { Note, NoteScope } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { Button, Dialog, SearchBox } from '../ui/index.ts';

type Props = { open: boolean; scope: NoteScope; chosen: readonly Note[]; onOpen: (open: boolean) => void; onChoose: (scope: NoteScope) => void };

const mostShown = 30;

/** Narrows what answers draw on to some notes and tags. */
export function NoteChooser({ open, scope, chosen, onOpen, onChoose }: Props) {
  const [text, setText] = useState('');
  const wanted = useDeferredValue(text.trim());
  const found = useCall('notes.list', { folderId: null, only: 'all', text: wanted.replace(/^#/u, ''), limit: mostShown, after: null }, { enabled: open }).data?.notes ?? [];
  const tags = [...new Set(found.flatMap((note) => note.tags))].filter((tag) => tag.toLowerCase().includes(wanted.replace(/^#/u, '').toLowerCase()) && !scope.tags.includes(tag)).slice(0, 8);
  const notes = found.filter(({ id }) => !scope.noteIds.includes(id));
  const add = (part: Partial<NoteScope>) => onChoose({ ...scope, ...part });
  return (
    <Dialog open={open} onOpen={onOpen} title={t('chat.notesNarrowTitle')} description={t('chat.notesNarrowHint')} footer={<Button look="primary" onClick={() => onOpen(false)}>{t('chat.notesDone')}</Button>}>
      <Chosen scope={scope} chosen={chosen} onChoose={onChoose} />
      <SearchBox label={t('chat.notesFind')} placeholder={t('chat.notesFind')} value={text} onValue={setText} />
      <ul role="list" className="note-choices" aria-label={t('chat.notesFound')}>
        {tags.map((tag) => (
          <li key={`#${tag}`}>
            <button type="button" className="note-choice" onClick={() => add({ tags: [...scope.tags, tag] })}>
              #{tag}
            </button>
          </li>
        ))}
        {notes.map((note) => (
          <li key={note.id}>
            <button type="button" className="note-choice" onClick={() => add({ noteIds: [...scope.noteIds, note.id] })}>
              {note.title}
              <span className="menu-hint truncate">{note.path}</span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

function Chosen({ scope, chosen, onChoose }: Pick<Props, 'scope' | 'chosen' | 'onChoose'>) {
  if (scope.tags.length + scope.noteIds.length === 0) return null;
  const titleOf = (id: string) => chosen.find((note) => note.id === id)?.title ?? t('chat.notesOne');
  const parts = [
    ...scope.tags.map((tag) => ({ key: `#${tag}`, name: `#${tag}`, without: { ...scope, tags: scope.tags.filter((one) => one !== tag) } })),
    ...scope.noteIds.map((id) => ({ key: id, name: titleOf(id), without: { ...scope, noteIds: scope.noteIds.filter((one) => one !== id) } })),
  ];
  return (
    <ul role="list" className="chips chosen-notes" aria-label={t('chat.notesChosen')}>
      {parts.map(({ key, name, without }) => (
        <li key={key}>
          <button type="button" className="chip" aria-label={t('chat.notesTakeOut', { name })} onClick={() => onChoose(without)}>
            <span className="truncate">{name}</span>
            <X aria-hidden />
          </button>
        </li>
      ))}
    </ul>
  );
}
