import { FolderInput, FolderPlus } from 'lucide-react';
import { useState } from 'react';
import type { NoteFolder } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { useRoute, type NotesRoute } from '../app/route.ts';
import { useDropped } from '../dropped.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { ErrorState, IconButton, Segments } from '../ui/index.ts';
import { EmptyNotes } from './EmptyNotes.tsx';
import { addDropped, addFolder } from './folders.ts';
import { NoteList } from './NoteList.tsx';
import { Overview } from './Overview.tsx';
import { Reader } from './Reader.tsx';
import { PauseIcon, StatusStrip } from './StatusStrip.tsx';
import type { NoteQuery } from './useNotePages.ts';
import './notes.css';
import './reader.css';

const elsewhere: NotesRoute = { screen: 'notes', noteId: null, at: null, query: '' };
const everything: NoteQuery = { folderId: null, only: 'all', text: '' };

/** The owner's own files: what is read of them, a list of them all, and one to read. */
export function NotesScreen() {
  const route = useRoute();
  const place = route.screen === 'notes' ? route : elsewhere;
  const folders = useCall('notes.folders', {});
  const dragging = useDropped((dropped) => void addDropped(dropped));
  useCommand('notes.add', () => void addFolder());
  return (
    <div className="screen screen-fills notes">
      <h1 className="visually-hidden">{t('notes.title')}</h1>
      {folders.error && !folders.data ? <ErrorState error={folders.error} title={t('notes.failedTitle')} onRetry={folders.reload} /> : null}
      {folders.data?.length === 0 ? <EmptyNotes /> : null}
      {folders.data && folders.data.length > 0 ? <Library folders={folders.data} place={place} /> : null}
      {dragging ? (
        <div className="notes-drop" aria-hidden>
          <FolderInput />
          {t('notes.drop')}
        </div>
      ) : null}
    </div>
  );
}

/** List and note side by side; in a narrow window one after the other. */
function Library({ folders, place }: { folders: readonly NoteFolder[]; place: NotesRoute }) {
  const [query, setQuery] = useState(everything);
  const [view, setView] = useState<'list' | 'folders'>('list');
  const narrowed = folders.some(({ id }) => id === query.folderId) ? query : { ...query, folderId: null };
  const showMarked = (folderId: string) => {
    setQuery({ folderId, only: 'marked', text: '' });
    setView('list');
  };
  return (
    <div className="notes-library" data-open={place.noteId === null ? undefined : true} data-view={view}>
      <section className="notes-side" aria-label={t('notes.list')}>
        <header className="notes-side-head">
          <span className="notes-side-title grow" aria-hidden>
            {t('notes.title')}
          </span>
          <PauseIcon />
          <IconButton size="small" label={t('notes.add')} onClick={() => void addFolder()}>
            <FolderPlus aria-hidden />
          </IconButton>
        </header>
        <StatusStrip compact />
        <NoteList folders={folders} query={narrowed} onQuery={setQuery} openId={place.noteId} />
      </section>
      <div className="notes-view">
        <Segments
          label={t('notes.view')}
          value={view}
          options={[
            { value: 'list', label: t('notes.viewList') },
            { value: 'folders', label: t('notes.viewFolders') },
          ]}
          onValue={setView}
        />
      </div>
      <section className="notes-main" aria-label={t(place.noteId === null ? 'notes.folders' : 'notes.reader')}>
        {place.noteId === null ? <Overview folders={folders} onMarked={showMarked} /> : <Reader key={place.noteId} place={{ ...place, noteId: place.noteId }} folders={folders} />}
      </section>
    </div>
  );
}
