import { Copy, Ellipsis, FolderOpen, Link, MessageCirclePlus, Quote, Search, Settings2, SquarePen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OpenNote } from '../../main/contract/note.ts';
import { api, useCall } from '../api.ts';
import { go, hrefOf } from '../app/route.ts';
import { keysOf, useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { askAbout } from '../search/askAbout.ts';
import { attempt, BackLink, Button, IconButton, Menu, MenuItem, MenuSeparator, notify } from '../ui/index.ts';
import { linkTo, quoteOf } from './copies.ts';

type Props = {
  open: OpenNote;
  /** The line in sight, where there are lines. */
  line: () => number | null;
  /** The words to quote and the page they stand on. */
  quoted: () => { words: string; page: string | null };
  finding: boolean;
  onFind: () => void;
  outline: ReactNode;
};

/** What can be done with the note that is open. */
export function ReaderBar({ open, line, quoted, finding, onFind, outline }: Props) {
  const { note, file } = open;
  const folder = useCall('notes.folders', {}).data?.find(({ id }) => id === note.folderId);
  const link = folder ? linkTo({ ...note, folder, passage: null }) : null;
  const edit = () => void attempt(() => api.notes.edit({ id: note.id, line: line() }));
  const ask = () => void askAbout('', { folderIds: [], tags: [], noteIds: [note.id] });
  const quote = () => {
    const { words, page } = quoted();
    void copy(quoteOf(words, [link ?? note.title, page].filter(Boolean).join(', ')));
  };
  useCommand('note.edit', edit);
  useCommand('note.ask', ask);
  useCommand('note.quote', quote);
  return (
    <div className="note-bar">
      <BackLink href={hrefOf({ screen: 'notes', noteId: null, at: null, query: '' })}>{t('notes.back')}</BackLink>
      <span className="grow" />
      <Button look="quiet" size="small" icon={<MessageCirclePlus aria-hidden />} className="note-ask" onClick={ask}>
        {t('notes.ask')}
      </Button>
      <IconButton label={t('notes.edit')} keys={keysOf('note.edit')} onClick={edit}>
        <SquarePen aria-hidden />
      </IconButton>
      <IconButton label={t('notes.find')} keys={keysOf('chat.find')} aria-pressed={finding} onClick={onFind}>
        <Search aria-hidden />
      </IconButton>
      {outline}
      <Menu
        align="end"
        wide
        trigger={
          <IconButton label={t('notes.more')}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        <MenuItem icon={<Quote aria-hidden />} onSelect={quote}>
          {t('notes.copyQuote')}
        </MenuItem>
        <MenuItem icon={<Link aria-hidden />} disabled={link === null} onSelect={() => void copy(link ?? '')}>
          {t('notes.copyLink')}
        </MenuItem>
        <MenuItem icon={<Copy aria-hidden />} onSelect={() => void copy(file)}>
          {t('notes.copyPath')}
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={<FolderOpen aria-hidden />} onSelect={() => void attempt(() => api.notes.reveal({ id: note.id, what: 'note' }))}>
          {t('notes.reveal')}
        </MenuItem>
        <MenuItem icon={<Settings2 aria-hidden />} onSelect={() => go({ screen: 'settings' })}>
          {t('notes.editorSettings')}
        </MenuItem>
      </Menu>
    </div>
  );
}

async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ message: t('notes.copied') });
  } catch {
    notify({ message: t('ui.copyFailed'), tone: 'danger' });
  }
}
