import { api, callCache, useCall } from '../api.ts';
import { go } from '../app/route.ts';
import { formatDay } from '../format.ts';
import { useCommand } from '../keyboard.ts';
import { t } from '../messages.ts';
import { linkTo, quoteOf } from '../notes/copies.ts';
import { attempt, notify } from '../ui/index.ts';
import { askAbout } from './askAbout.ts';
import { withoutFilters } from './filters.ts';
import { placeOf, type Row } from './rows.ts';

export type Actions = {
  open: () => void;
  openRow: (row: Row) => void;
  ask: () => void;
  quote: () => void;
  /** Notes only. */
  link: (() => void) | null;
  edit: (() => void) | null;
};

/** What can be done with the row that is looked at. What is used is a search worth offering again. */
export function useActions(row: Row | undefined, text: string): Actions {
  const folders = useCall('notes.folders', {}).data ?? [];
  const found = noteOf(row);
  const folder = folders.find(({ id }) => id === found?.note.folderId);
  const link = found && folder ? linkTo({ ...found.note, folder, passage: found.passage }) : null;
  const used = (work: () => void) => () => (keep(text), work());
  const actions: Actions = {
    open: used(() => openRow(row, text)),
    openRow: (other) => used(() => openRow(other, text))(),
    ask: used(() => void askAbout(withoutFilters(text) || text.trim(), found ? { folderIds: [], tags: [], noteIds: [found.note.id] } : null)),
    quote: used(() => void copyQuote(row, link)),
    link: link === null ? null : used(() => void copy(link, t('search.linkCopied'))),
    edit: found === null ? null : used(() => void openInEditor(found.note.id, found.passage?.place.from ?? null)),
  };
  useCommand('search.copyLink', () => actions.link?.(), actions.link !== null);
  useCommand('search.copyQuote', actions.quote, row !== undefined);
  useCommand('search.edit', () => actions.edit?.(), actions.edit !== null);
  return actions;
}

function keep(text: string): void {
  if (!text.trim()) return;
  void api.search.keep({ text: text.trim() }).then(() => callCache.invalidate(['search.recent']), () => undefined);
}

function openRow(row: Row | undefined, text: string): void {
  const place = row && placeOf(row, text);
  if (place) go(place);
}

function noteOf(row: Row | undefined) {
  if (row?.kind === 'note') return { note: row.note, passage: row.note.passage };
  return row?.kind === 'passage' ? { note: row.note, passage: row.passage } : null;
}

async function copy(text: string, said: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    notify({ message: said });
  } catch {
    notify({ message: t('ui.copyFailed'), tone: 'danger' });
  }
}

async function copyQuote(row: Row | undefined, link: string | null): Promise<void> {
  const quote = row && (await attempt(() => quoted(row, link)));
  if (quote) await copy(quote, t('search.quoteCopied'));
}

/** Whole, not as the list shows it, with where it is from. */
async function quoted(row: Row, link: string | null): Promise<string | null> {
  const found = noteOf(row);
  if (found) return quoteOf(found.passage?.text ?? found.note.title, `${link ?? found.note.title}, ${formatDay(found.note.modifiedAt)}`);
  if (row.kind === 'memory') {
    const { text, createdAt } = await api.memory.get({ id: row.memory.id });
    return quoteOf(text, t('search.quoteMemory', { date: formatDay(createdAt) }));
  }
  if (row.kind === 'message') return quotedTalk(row.talk.id, row.message.id);
  return row.kind === 'talk' ? quotedTalk(row.talk.id, row.talk.messages[0]?.id) : null;
}

/** A message of it; without one its title. */
async function quotedTalk(id: string, messageId: string | undefined): Promise<string> {
  const { conversation, messages } = await api.conversation.open({ id });
  const title = conversation.title || t('search.untitled');
  const message = messages.find((one) => one.id === messageId);
  if (!message) return quoteOf(title, t('search.quoteTalk', { title, date: formatDay(conversation.updatedAt), who: t('search.one.conversation') }));
  const who = t(message.role === 'user' ? 'search.by.user' : 'search.by.assistant');
  return quoteOf(message.text, t('search.quoteTalk', { title, date: formatDay(message.createdAt), who }));
}

/** At the line where the passage begins. */
async function openInEditor(id: string, from: number | null): Promise<void> {
  await attempt(async () => {
    const text = from === null ? '' : (await api.notes.open({ id })).text;
    await api.notes.edit({ id, line: from === null ? null : text.slice(0, from).split('\n').length });
  });
}
