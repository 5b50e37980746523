import { Info, TriangleAlert } from 'lucide-react';
import type { NoteFolder, OpenNote } from '../../main/contract/note.ts';
import { hrefOf } from '../app/route.ts';
import { formatBytes, formatWhen } from '../format.ts';
import { t } from '../messages.ts';
import { Callout } from '../ui/index.ts';

/** The title, where the note lies, and what it says of itself. */
export function NoteHead({ open, folders }: { open: OpenNote; folders: readonly NoteFolder[] }) {
  const { note } = open;
  const folder = folders.find(({ id }) => id === note.folderId);
  return (
    <header className="note-head">
      <h2 className="note-title">{note.title}</h2>
      <p className="note-meta">
        <span className="note-meta-path">{[folder?.name, ...note.path.split('/')].filter(Boolean).join(' / ')}</span>
        <span>{t('notes.size', { size: formatBytes(note.size), when: formatWhen(note.modifiedAt) })}</span>
      </p>
      <Tags tags={note.tags} />
      <Properties open={open} />
      <Warnings open={open} />
    </header>
  );
}

function Tags({ tags }: { tags: readonly string[] }) {
  if (tags.length === 0) return null;
  return (
    <ul role="list" className="note-tags" aria-label={t('notes.tags')}>
      {tags.map((tag) => (
        <li key={tag}>
          <a className="note-tag" href={hrefOf({ screen: 'search', query: `tag:${tag}` })} aria-label={t('notes.tag', { tag })}>
            #{tag}
          </a>
        </li>
      ))}
    </ul>
  );
}

const mailNames: Record<string, string> = { from: t('notes.mail.from'), to: t('notes.mail.to'), date: t('notes.mail.date'), attachments: t('notes.mail.attachments') };

function Properties({ open: { note, properties } }: { open: OpenNote }) {
  const shown = Object.entries(properties).filter(([name, value]) => value.length > 0 && !(note.type === 'csv' && name === 'columns'));
  const isMail = note.type === 'mail';
  const rows: [string, string | string[]][] = [...(note.aliases.length > 0 ? [[t('notes.aliases'), note.aliases] as [string, string[]]] : []), ...shown];
  if (rows.length === 0) return null;
  return (
    <dl className="note-properties" aria-label={t('notes.properties')}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{isMail && Object.hasOwn(mailNames, name) ? mailNames[name] : name}</dt>
          <dd>{Array.isArray(value) ? value.join(', ') : isMail && name === 'date' ? mailDate(value) : value}</dd>
        </div>
      ))}
    </dl>
  );
}

function mailDate(written: string): string {
  const at = Date.parse(written);
  return Number.isNaN(at) ? written : formatWhen(at);
}

function Warnings({ open: { note, changed, shortened, blocks } }: { open: OpenNote }) {
  return (
    <>
      {note.mark === null ? null : (
        <Callout tone="caution" icon={<TriangleAlert aria-hidden />}>
          <p>{note.mark}</p>
          <p className="muted small">{t(blocks.length > 0 ? 'notes.markHelp' : 'notes.markNothing')}</p>
        </Callout>
      )}
      {changed ? <Callout icon={<Info aria-hidden />}>{t('notes.changedSince')}</Callout> : null}
      {shortened ? <Callout icon={<Info aria-hidden />}>{t('notes.shortened')}</Callout> : null}
    </>
  );
}
