import { ChevronDown, NotebookText, NotepadTextDashed } from 'lucide-react';
import { useState } from 'react';
import type { Conversation } from '../../main/contract/conversation.ts';
import type { NoteFolder, NoteScope } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { Button, join, Menu, MenuChoices, MenuItem, MenuSeparator } from '../ui/index.ts';
import { NoteChooser } from './NoteChooser.tsx';
import { everyNote, isNarrow, scopeName, setNotes } from './noteScope.ts';
import { useScopedNotes } from './useScopedNotes.ts';

/** Whether answers draw on the owner's notes, and on which. Not there before there are any. */
export function NotesPicker({ conversation }: { conversation: Conversation }) {
  const folders = useCall('notes.folders', {}).data ?? [];
  const { notes: scope } = conversation;
  const chosen = useScopedNotes(scope);
  const [choosing, setChoosing] = useState(false);
  if (folders.length === 0 && scope === null) return null;
  const name = scopeName(scope, folders, chosen);
  return (
    <>
      <Menu
        side="top"
        wide
        label={t('chat.notesChoose')}
        trigger={
          <Button look="quiet" size="small" className={join('persona-button', 'notes-button', scope && 'notes-on')} aria-label={t('chat.notesLabel', { name })} icon={scope === null ? <NotepadTextDashed aria-hidden /> : <NotebookText aria-hidden />}>
            <span className="truncate">{name}</span>
            <ChevronDown aria-hidden />
          </Button>
        }
      >
        <MenuChoices label={t('chat.notesChoose')} value={valueOf(scope)} options={optionsFor(scope, folders, name)} onValue={(value) => value !== 'other' && void setNotes(conversation, scopeOf(value))} />
        <MenuSeparator />
        <MenuItem onSelect={() => setChoosing(true)}>{t('chat.notesNarrow')}</MenuItem>
      </Menu>
      <NoteChooser open={choosing} scope={scope ?? everyNote} chosen={chosen} onOpen={setChoosing} onChoose={(next) => void setNotes(conversation, next)} />
    </>
  );
}

const isOneFolder = (scope: NoteScope) => scope.folderIds.length === 1 && scope.tags.length + scope.noteIds.length === 0;

function valueOf(scope: NoteScope | null): string {
  if (scope === null) return 'off';
  if (!isNarrow(scope)) return 'all';
  return isOneFolder(scope) ? `folder:${scope.folderIds[0]}` : 'other';
}

function scopeOf(value: string): NoteScope | null {
  if (value === 'off') return null;
  return value === 'all' ? everyNote : { ...everyNote, folderIds: [value.slice('folder:'.length)] };
}

function optionsFor(scope: NoteScope | null, folders: readonly NoteFolder[], name: string) {
  return [
    { value: 'off', label: t('chat.notesOff'), hint: t('chat.notesOffHint') },
    { value: 'all', label: t('chat.notesAll'), hint: t('chat.notesAllHint') },
    ...(folders.length > 1 ? folders.map((folder) => ({ value: `folder:${folder.id}`, label: folder.name, hint: folder.path })) : []),
    ...(valueOf(scope) === 'other' ? [{ value: 'other', label: name }] : []),
  ];
}
