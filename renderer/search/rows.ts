/** What the list of results holds, in the order in which arrow keys go through it. Pure. */
import type { SearchHit } from '../../main/contract/memory.ts';
import type { Counted, NoteHit, NotePassage } from '../../main/contract/note.ts';
import type { SearchResults } from '../../main/contract/search.ts';
import type { Route } from '../app/route.ts';

export const kinds = ['all', 'notes', 'conversations', 'memories'] as const;
export type Kind = (typeof kinds)[number];
export type SectionKind = Exclude<Kind, 'all'>;

/** A conversation that was found, by its title, by what was said in it, or both. */
export type Talk = { id: string; title: string; titleMarks: SearchHit['marks']; at: number; kept: boolean; messages: SearchHit[] };

export type Row = { key: string } & (
  | { kind: 'note'; note: NoteHit }
  | { kind: 'passage'; note: NoteHit; passage: NotePassage }
  | { kind: 'talk'; talk: Talk }
  | { kind: 'message'; talk: Talk; message: SearchHit }
  | { kind: 'memory'; memory: SearchHit }
  /** Opens, or folds away again, what else was found in the document above. */
  | { kind: 'others'; of: string; count: number; isOpen: boolean }
  | { kind: 'all'; section: SectionKind }
);

/** `near`: nothing in it has all of the words, or even one of them. */
export type Section = { kind: SectionKind; near: 'some' | 'none' | null; count: Counted; rows: Row[] };

/** The most that is asked for; nobody reads further. */
export const LIMIT = 100;
/** Of each section, where there are several. */
const shownOfEach = 5;

/** `opened`: the documents whose other passages are shown, with those of notes where they are known. */
export type Opened = ReadonlyMap<string, readonly NotePassage[]>;

export function sectionsOf(results: SearchResults, kind: Kind, opened: Opened): Section[] {
  const documents: Record<SectionKind, (() => Row[])[]> = {
    notes: results.notes.hits.map((note) => () => noteRows(note, opened)),
    conversations: talksOf(results.hits).map((talk) => () => talkRows(talk, opened)),
    memories: results.hits.filter((hit) => hit.kind === 'memory').map((memory) => () => [{ kind: 'memory', key: `memory-${memory.id}`, memory }]),
  };
  const counts = countsOf(results);
  const { near } = results.notes;
  // What was said word for word stands before what is merely near.
  const order = near ? (['conversations', 'memories', 'notes'] as const) : (['notes', 'conversations', 'memories'] as const);
  const found = order.filter((section) => documents[section].length > 0 && (kind === 'all' || kind === section));
  return found.map((section) => {
    const all = documents[section];
    // One more is shown rather than a line that says there is one more.
    const isShortened = kind === 'all' && found.length > 1 && all.length > shownOfEach + 1;
    const rows = all.slice(0, isShortened ? shownOfEach : all.length).flatMap((rowsOf) => rowsOf());
    return { kind: section, near: near && section === 'notes' ? nearnessOf(results.notes.hits) : null, count: counts[section], rows: isShortened ? [...rows, { kind: 'all', key: `all-${section}`, section }] : rows };
  });
}

const nearnessOf = (hits: readonly NoteHit[]): Section['near'] => (hits.every(({ count }) => count === 0) ? 'none' : 'some');

/** Of each section; conversations that were found by what was said in them are counted as far as they are shown. */
export function countsOf({ counts, hits }: SearchResults): Record<SectionKind, Counted> {
  const talks = talksOf(hits).length;
  const isCut = counts.messages.count > hits.filter(({ kind }) => kind === 'message').length;
  const conversations = { count: Math.max(talks, counts.conversations.count), more: isCut || counts.messages.more };
  return { notes: counts.notes, conversations, memories: counts.memories };
}

/** All of them together. */
export function totalOf(counts: Record<SectionKind, Counted>, kind: Kind): Counted {
  const some = kind === 'all' ? Object.values(counts) : [counts[kind]];
  return { count: some.reduce((sum, { count }) => sum + count, 0), more: some.some(({ more }) => more) };
}

function noteRows(note: NoteHit, opened: Opened): Row[] {
  const key = `note-${note.id}`;
  const first: Row = { kind: 'note', key, note };
  const others = note.count - 1;
  if (others < 1) return [first];
  const known = opened.get(key);
  const passages = (known ?? []).filter(({ id }) => id !== note.passage?.id);
  const toggle: Row = { kind: 'others', key: `others-${key}`, of: key, count: known ? passages.length : others, isOpen: known !== undefined };
  return [first, ...passages.map((passage): Row => ({ kind: 'passage', key: `passage-${passage.id}`, note, passage })), toggle];
}

function talkRows(talk: Talk, opened: Opened): Row[] {
  const key = `talk-${talk.id}`;
  const first: Row = { kind: 'talk', key, talk };
  const others = talk.messages.slice(1);
  if (others.length === 0) return [first];
  const isOpen = opened.has(key);
  const shown = isOpen ? others.map((message): Row => ({ kind: 'message', key: `message-${message.id}`, talk, message })) : [];
  return [first, ...shown, { kind: 'others', key: `others-${key}`, of: key, count: others.length, isOpen }];
}

/** Titles and messages by their conversation, in the order of the best of each. */
export function talksOf(hits: readonly SearchHit[]): Talk[] {
  const talks = new Map<string, Talk>();
  for (const hit of hits) {
    if (hit.kind === 'memory' || hit.conversationId === null) continue;
    const talk = talks.get(hit.conversationId) ?? { id: hit.conversationId, title: hit.title, titleMarks: [], at: hit.at, kept: false, messages: [] };
    talks.set(hit.conversationId, talk);
    talk.kept ||= hit.kept;
    if (hit.kind === 'message') talk.messages.push(hit);
    else Object.assign(talk, { titleMarks: hit.marks, at: hit.at });
  }
  return [...talks.values()];
}

/** Where a row leads; null where it opens nothing. `query`: what was searched for. */
export function placeOf(row: Row, query: string): Route | null {
  switch (row.kind) {
    case 'note':
      return noteAt(row.note, row.note.passage, query);
    case 'passage':
      return noteAt(row.note, row.passage, query);
    case 'talk':
      return { screen: 'chat', conversationId: row.talk.id, messageId: row.talk.messages[0]?.id ?? null };
    case 'message':
      return { screen: 'chat', conversationId: row.talk.id, messageId: row.message.id };
    case 'memory':
      return { screen: 'memory', memoryId: row.memory.id, tab: 'known' };
    case 'others':
    case 'all':
      return null;
  }
}

function noteAt(note: NoteHit, passage: NotePassage | null, query: string): Route {
  const at = passage && { from: passage.place.from, to: passage.place.to };
  return { screen: 'notes', noteId: note.id, at, query };
}

/** The next row for an arrow key; stays at the ends, and starts at the top. */
export function step(active: number, key: string, count: number): number | null {
  const last = count - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, last);
    case 'ArrowUp':
      return Math.max(active - 1, 0);
    case 'PageDown':
      return Math.min(active + 10, last);
    case 'PageUp':
      return Math.max(active - 10, 0);
    default:
      return null;
  }
}
