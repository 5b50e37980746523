import { FolderPlus, Search } from 'lucide-react';
import type { NoteFolder } from '../../main/contract/note.ts';
import { hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { Button } from '../ui/index.ts';
import { FolderCard } from './FolderCard.tsx';
import { addFolder } from './folders.ts';
import { StatusStrip } from './StatusStrip.tsx';

type Props = { folders: readonly NoteFolder[]; onMarked: (folderId: string) => void };

/** Where no note is open: how the index stands, and the folders it is made from. */
export function Overview({ folders, onMarked }: Props) {
  return (
    <div className="notes-overview">
      <header className="spread notes-overview-head">
        <h2 className="screen-title">{t('notes.folders')}</h2>
        <div className="row">
          <a className="button button-plain" href={hrefOf({ screen: 'search', query: '' })}>
            <Search aria-hidden />
            {t('notes.searchAll')}
          </a>
          <Button look="primary" icon={<FolderPlus aria-hidden />} onClick={() => void addFolder()}>
            {t('notes.add')}
          </Button>
        </div>
      </header>
      <StatusStrip />
      <ul role="list" className="folder-cards">
        {folders.map((folder) => (
          <FolderCard key={folder.id} folder={folder} onMarked={() => onMarked(folder.id)} />
        ))}
      </ul>
    </div>
  );
}
