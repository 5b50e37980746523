/** What is known of many notes at once, beside their passages; a scope narrows which of them there are. */
import type { Database } from 'better-sqlite3';
import type { NoteScope } from './noteSearch.ts';
import { folded } from './noteText.ts';
import { prepared } from './prepared.ts';

export type NoteFacts = {
  id: string;
  aliases: string[];
  tags: string[];
  properties: Record<string, string | string[]>;
  /** Notes it points to, and that point to it, by their names. */
  linked: { id: string; title: string }[];
};

/** Around one note more links say little. */
const mostLinked = 100;

type Row = { seq: number; id: string; title_key: string; path_key: string; aliases: string; properties: string; tags: string };
type Named = { id: string; title: string };

export function noteFacts(db: Database, ids: readonly string[]): NoteFacts[] {
  const rows = prepared<Row>(
    db,
    `SELECT seq, id, title_key, path_key, aliases, properties, (SELECT json_group_array(tag) FROM note_tag WHERE note_seq = note.seq) AS tags
     FROM note WHERE id IN (SELECT value FROM json_each(?))`,
  ).all(JSON.stringify(ids));
  const pointed = pointedTo(db, rows.map(({ seq }) => seq));
  return rows.map(({ seq, id, title_key: title, path_key: path, aliases, properties, tags }) => {
    const names = JSON.parse(aliases) as string[];
    const linked = [...pointingTo(db, seq, [nameIn(path), title, ...names.map(folded)]), ...(pointed.get(seq) ?? [])].filter((note) => note.id !== id);
    return { id, aliases: names, tags: JSON.parse(tags) as string[], properties: JSON.parse(properties) as NoteFacts['properties'], linked: [...new Map(linked.map((note) => [note.id, note])).values()] };
  });
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/\.md$/u, '');

const pointingTo = (db: Database, seq: number, names: readonly string[]): Named[] =>
  prepared<Named>(
    db,
    `SELECT DISTINCT note.id, note.title FROM note_link JOIN note ON note.seq = note_link.note_seq
     WHERE note_link.name_key IN (SELECT value FROM json_each(@names)) AND note.seq <> @seq LIMIT @most`,
  ).all({ seq, names: JSON.stringify([...new Set(names)]), most: mostLinked });

/** One look over all notes, for nothing finds them by their names. */
function pointedTo(db: Database, seqs: readonly number[]): Map<number, Named[]> {
  const links = prepared<{ seq: number; name: string }>(
    db,
    'SELECT DISTINCT note_seq AS seq, name_key AS name FROM note_link WHERE note_seq IN (SELECT value FROM json_each(?))',
  ).all(JSON.stringify(seqs));
  if (links.length === 0) return new Map();
  const named = prepared<Named & { title_key: string; file: string }>(
    db,
    `WITH named AS (SELECT id, title, title_key, substr(path_key, length(rtrim(path_key, replace(path_key, '/', ''))) + 1) AS file FROM note)
     SELECT id, title, title_key, file FROM named WHERE title_key IN (SELECT value FROM json_each(@names)) OR file IN (SELECT value || '.md' FROM json_each(@names))`,
  ).all({ names: JSON.stringify([...new Set(links.map(({ name }) => name))]) });
  const byName = new Map(named.flatMap(({ id, title, title_key: key, file }) => [key, nameIn(file)].map((name) => [name, { id, title }] as const)));
  const pointed = new Map<number, Named[]>();
  for (const { seq, name } of links) {
    const note = byName.get(name);
    if (note) pointed.set(seq, [...(pointed.get(seq) ?? []), note].slice(0, mostLinked));
  }
  return pointed;
}

const isScoped = ({ folderIds, tags, noteIds }: NoteScope) => folderIds.length + tags.length + noteIds.length > 0;
const inScope = `(note.folder_id IN (SELECT value FROM json_each(@folders)) OR note.id IN (SELECT value FROM json_each(@notes))
  OR EXISTS (SELECT 1 FROM note_tag JOIN json_each(@tags) AS asked ON note_tag.key = asked.value OR substr(note_tag.key, 1, length(asked.value) + 1) = asked.value || '/' WHERE note_tag.note_seq = note.seq))`;
const valuesOf = ({ folderIds, tags, noteIds }: NoteScope) => ({ folders: JSON.stringify(folderIds), tags: JSON.stringify(tags.map(folded)), notes: JSON.stringify(noteIds) });

/** How many there are. */
export const countScope = (db: Database, scope: NoteScope): number =>
  isScoped(scope)
    ? prepared<{ count: number }>(db, `SELECT count(*) AS count FROM note WHERE ${inScope}`).get(valuesOf(scope))!.count
    : prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM note').get()!.count;

/** Of these, the ones within the scope. */
export const withinScope = (db: Database, scope: NoteScope, ids: readonly string[]): string[] =>
  isScoped(scope)
    ? (prepared(db, `SELECT id FROM note WHERE id IN (SELECT value FROM json_each(@ids)) AND ${inScope}`).pluck().all({ ...valuesOf(scope), ids: JSON.stringify(ids) }) as string[])
    : [...ids];

/**
 * Rows of passages that may be of a time: of files written then, and of notes with one of these in the name, in the front
 * matter's date, or in a heading. `named`: as such dates begin, "2025-03".
 */
export const rowsOfTime = (db: Database, query: { from: number; until: number; named: readonly string[]; scope: NoteScope; limit: number }): number[] =>
  prepared(
    db,
    `SELECT chunk.seq FROM chunk JOIN note ON note.seq = chunk.note_seq
     WHERE ((note.modified_at >= @from AND note.modified_at < @until)
         OR EXISTS (SELECT 1 FROM json_each(@named) AS one WHERE instr(note.path_key, one.value) > 0 OR instr(note.properties, one.value) > 0 OR instr(chunk.headings, one.value) > 0))
       ${isScoped(query.scope) ? `AND ${inScope}` : ''}
     ORDER BY note.modified_at DESC, chunk.seq LIMIT @limit`,
  )
    .pluck()
    .all({ from: query.from, until: query.until, limit: query.limit, named: JSON.stringify(query.named), ...(isScoped(query.scope) ? valuesOf(query.scope) : {}) }) as number[];

/** Rows of passages that match, of the notes written last first: what stands in very many is not ranked by how well it matches. */
export const latestRows = (db: Database, query: { match: string; scope: NoteScope; limit: number }): number[] =>
  prepared(
    db,
    `SELECT chunk_words.rowid FROM chunk_words JOIN note ON note.seq = chunk_words.rowid >> 20
     WHERE chunk_words MATCH @match AND chunk_words.rowid & 1048575 ${isScoped(query.scope) ? `AND ${inScope}` : ''}
     ORDER BY note.modified_at DESC, chunk_words.rowid LIMIT @limit`,
  )
    .pluck()
    .all({ match: query.match, limit: query.limit, ...(isScoped(query.scope) ? valuesOf(query.scope) : {}) }) as number[];
