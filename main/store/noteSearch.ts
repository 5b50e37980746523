/** Searching the words of notes: rows of `chunk_words`, told by their note. */
import type { Database } from 'better-sqlite3';
import { conditionsOf, type NoteFilters } from './noteFilters.ts';
import { folded } from './noteText.ts';
import { ownRow } from './noteWords.ts';
import { changesOf, prepared } from './prepared.ts';

/** A note that was met, with the row of its that met best and how many passages did. */
export type MetNote = { noteSeq: number; seq: number; /** Lower is better. */ score: number; count: number };

/** Notes in one of these folders, with one of these tags or one below it, one of these: what is empty does not narrow. */
export type NoteScope = { folderIds: readonly string[]; tags: readonly string[]; noteIds: readonly string[] };
export const everyNote: NoteScope = { folderIds: [], tags: [], noteIds: [] };

/** Which notes may be met at all. In full-text syntax, `unwanted`: what must stand nowhere in them; `required`: what must each stand somewhere. */
export type Within = { filters: NoteFilters; unwanted: string | null; scope?: NoteScope; required?: readonly string[] };

type Values = Record<string, string | number | null>;

/** What stands in a heading says more about a passage than its words, and a title more about a note. Weights of the columns. */
const rank = 'bm25(chunk_words, 1, 2, 4)';

/** Rows that match, counted so far. While one types, the words before are counted once. */
export function countRows(db: Database, match: string, most: number): number {
  const counts = countsNow(db);
  const key = `${most} ${match}`;
  const count = counts.get(key) ?? prepared<{ count: number }>(db, 'SELECT count(*) AS count FROM (SELECT 1 FROM chunk_words WHERE chunk_words MATCH ? LIMIT ?)').get(match, most)!.count;
  if (counts.size >= countsKept) counts.clear();
  counts.set(key, count);
  return count;
}

const countsKept = 200;
const counted = new WeakMap<Database, { changes: number; counts: Map<string, number> }>();

/** Those that hold as long as nothing is written. */
function countsNow(db: Database): Map<string, number> {
  const changes = changesOf(db);
  const known = counted.get(db);
  if (known?.changes === changes) return known.counts;
  const counts = new Map<string, number>();
  counted.set(db, { changes, counts });
  return counts;
}

/** Best first. Takes time with the rows that match: see `countRows`. */
export function rankedNotes(db: Database, query: { match: string; within: Within; limit: number; only?: readonly number[] }): MetNote[] {
  const { where, values } = conditionsWithin(query.within, 'rowid >> 20');
  const only = query.only === undefined ? '' : 'AND rowid >> 20 IN (SELECT value FROM json_each(@only))';
  return prepared<MetNote>(
    db,
    `WITH met AS MATERIALIZED (SELECT rowid AS seq, ${rank} AS score FROM chunk_words WHERE chunk_words MATCH @match ${only} ${where})
     SELECT seq >> 20 AS noteSeq, seq, min(score) AS score, sum(seq & 1048575 > 0) AS count FROM met GROUP BY seq >> 20 ORDER BY score LIMIT @limit`,
  ).all({ ...values, match: query.match, limit: query.limit, ...(query.only && { only: JSON.stringify(query.only) }) });
}

/** The newest rows that match, unranked: for what stands nearly everywhere. */
export function latestNotes(db: Database, query: { match: string; within: Within; limit: number }): MetNote[] {
  const { where, values } = conditionsWithin(query.within, 'rowid >> 20');
  return prepared<MetNote>(
    db,
    `WITH met AS MATERIALIZED (SELECT rowid AS seq FROM chunk_words WHERE chunk_words MATCH @match ${where} ORDER BY rowid DESC LIMIT @most)
     SELECT seq >> 20 AS noteSeq, max(seq) AS seq, 0 AS score, sum(seq & 1048575 > 0) AS count FROM met GROUP BY seq >> 20 ORDER BY noteSeq DESC LIMIT @limit`,
  ).all({ ...values, match: query.match, limit: query.limit, most: query.limit * rowsPerNote });
}

const rowsPerNote = 50;

/** Those of `among` in which it stands, whatever the passage; of all when null. */
export function notesHolding(db: Database, match: string, among: readonly number[] | null): number[] {
  const only = among === null ? '' : 'AND rowid >> 20 IN (SELECT value FROM json_each(@among))';
  const values = among === null ? { match } : { match, among: JSON.stringify(among) };
  return prepared(db, `SELECT DISTINCT rowid >> 20 FROM chunk_words WHERE chunk_words MATCH @match ${only}`).pluck().all(values) as number[];
}

/** What only filters ask for, lately changed first. */
export function notesWithin(db: Database, within: Within, limit: number): MetNote[] {
  const { where, values } = conditionsWithin(within, 'seq');
  return prepared<{ noteSeq: number }>(db, `SELECT seq AS noteSeq FROM note WHERE 1 ${where} ORDER BY modified_at DESC, seq DESC LIMIT @limit`)
    .all({ ...values, limit })
    .map(({ noteSeq }) => ({ noteSeq, seq: ownRow(noteSeq), score: 0, count: 0 }));
}

/** `noteSeq`: the expression that names the note where these conditions stand. */
export function conditionsWithin({ filters, unwanted, scope = everyNote, required = [] }: Within, noteSeq: string): { where: string; values: Values } {
  const { conditions: filtered, values } = conditionsOf(filters);
  const scoped = scopeConditions(scope);
  const onNote = [...filtered, ...scoped.conditions];
  const holding = (match: string) => `(SELECT words.rowid >> 20 FROM chunk_words AS words WHERE words.chunk_words MATCH ${match})`;
  const parts = [
    ...(onNote.length === 0 ? [] : [`AND ${noteSeq} IN (SELECT note.seq FROM note WHERE ${onNote.join(' AND ')})`]),
    ...(unwanted === null ? [] : [`AND ${noteSeq} NOT IN ${holding('@unwanted')}`]),
    ...required.map((_, index) => `AND ${noteSeq} IN ${holding(`@required${index}`)}`),
  ];
  const needed = Object.fromEntries(required.map((match, index) => [`required${index}`, match]));
  return { where: parts.join(' '), values: { ...values, ...scoped.values, ...needed, ...(unwanted !== null && { unwanted }) } };
}

function scopeConditions({ folderIds, tags, noteIds }: NoteScope): { conditions: string[]; values: Values } {
  const given = (list: readonly string[], name: string, condition: string) => (list.length === 0 ? [] : [{ condition, name, value: JSON.stringify(list) }]);
  const all = [
    ...given(folderIds, 'folders', 'note.folder_id IN (SELECT value FROM json_each(@folders))'),
    ...given(noteIds, 'notes', 'note.id IN (SELECT value FROM json_each(@notes))'),
    ...given(tags.map(folded), 'tags', `EXISTS (SELECT 1 FROM note_tag JOIN json_each(@tags) AS asked ON note_tag.key = asked.value OR substr(note_tag.key, 1, length(asked.value) + 1) = asked.value || '/' WHERE note_tag.note_seq = note.seq)`),
  ];
  return { conditions: all.map(({ condition }) => condition), values: Object.fromEntries(all.map(({ name, value }) => [name, value])) };
}

/** Whether it leaves anything out. */
export const narrows = (within: Within): boolean => conditionsWithin(within, 'seq').where !== '';

/** Ids of the chunks of all notes within. */
export function chunksWithin(db: Database, within: Within): Set<string> {
  const { where, values } = conditionsWithin(within, 'chunk.note_seq');
  return new Set(prepared(db, `SELECT chunk.id FROM chunk WHERE 1 ${where}`).pluck().all(values) as string[]);
}

export const chunkSeqs = (db: Database, ids: readonly string[]): Map<string, number> =>
  new Map(prepared<{ id: string; seq: number }>(db, 'SELECT id, seq FROM chunk WHERE id IN (SELECT value FROM json_each(?))').all(JSON.stringify(ids)).map(({ id, seq }) => [id, seq]));

/** Of one note, in its order. */
export const noteChunks = (db: Database, noteId: string): { id: string; text: string }[] =>
  prepared<{ id: string; text: string }>(db, 'SELECT chunk.id, chunk.text FROM chunk JOIN note ON note.seq = chunk.note_seq WHERE note.id = ? ORDER BY chunk.n').all(noteId);

/** Other notes that share tags with this one, and how many. */
export const notesTaggedAs = (db: Database, noteId: string): { noteSeq: number; tags: number }[] =>
  prepared<{ noteSeq: number; tags: number }>(
    db,
    `SELECT other.note_seq AS noteSeq, count(*) AS tags FROM note_tag AS own JOIN note_tag AS other ON other.key = own.key AND other.note_seq <> own.note_seq
     WHERE own.note_seq = (SELECT seq FROM note WHERE id = ?) GROUP BY other.note_seq ORDER BY tags DESC LIMIT 200`,
  ).all(noteId);

export const noteSeqs = (db: Database, ids: readonly string[]): Map<string, number> =>
  new Map(prepared<{ id: string; seq: number }>(db, 'SELECT id, seq FROM note WHERE id IN (SELECT value FROM json_each(?))').all(JSON.stringify(ids)).map(({ id, seq }) => [id, seq]));

export const countChunks = (db: Database): number => prepared(db, 'SELECT count(*) FROM chunk').pluck().get() as number;

/** Passages in which some of it stands, best first; notes' own rows are left out. */
export function rankedChunks(db: Database, query: { match: string; within: Within; limit: number }): { seq: number; score: number }[] {
  const { where, values } = conditionsWithin(query.within, 'rowid >> 20');
  return prepared<{ seq: number; score: number }>(
    db,
    `SELECT rowid AS seq, ${rank} AS score FROM chunk_words WHERE chunk_words MATCH @match AND rowid & 1048575 ${where} ORDER BY score LIMIT @limit`,
  ).all({ ...values, match: query.match, limit: query.limit });
}

/** Rows of the passages of a note that match, best first. */
export const chunksMet = (db: Database, query: { noteId: string; match: string; limit: number }): number[] =>
  prepared(
    db,
    `SELECT rowid FROM chunk_words WHERE chunk_words MATCH @match
       AND rowid > (SELECT seq << 20 FROM note WHERE id = @noteId) AND rowid < ((SELECT seq + 1 FROM note WHERE id = @noteId) << 20) ORDER BY ${rank} LIMIT @limit`,
  )
    .pluck()
    .all(query) as number[];

export type FoundNote = { seq: number; id: string; folderId: string; path: string; title: string; titleKey: string; type: string; modifiedAt: number; mark: string | null };
export type FoundChunk = { seq: number; id: string; noteSeq: number; n: number; headings: string[]; kind: string; text: string; place: { from: number; to: number; page?: number } };

export const foundNotes = (db: Database, seqs: readonly number[]): Map<number, FoundNote> =>
  new Map(
    prepared<FoundNote>(
      db,
      `SELECT seq, id, folder_id AS folderId, path, title, title_key AS titleKey, type, modified_at AS modifiedAt, mark FROM note WHERE seq IN (SELECT value FROM json_each(?))`,
    )
      .all(JSON.stringify(seqs))
      .map((note) => [note.seq, note]),
  );

type ChunkRow = Omit<FoundChunk, 'headings' | 'place'> & { headings: string; from: number; to: number; page: number | null };

/** Chunks by their rows; for a note's own row the first of its chunks. By the row that was asked for. */
export function foundChunks(db: Database, rows: readonly number[]): Map<number, FoundChunk> {
  const found = prepared<ChunkRow & { row: number }>(
    db,
    `SELECT asked.value AS row, chunk.seq, chunk.id, chunk.note_seq AS noteSeq, chunk.n, chunk.headings, chunk.kind, chunk.text, chunk.place_from AS "from", chunk.place_to AS "to", chunk.page
     FROM json_each(?) AS asked JOIN chunk ON chunk.seq = CASE WHEN asked.value & 1048575 THEN asked.value
       ELSE (SELECT first.seq FROM chunk AS first WHERE first.note_seq = asked.value >> 20 ORDER BY first.n LIMIT 1) END`,
  ).all(JSON.stringify(rows));
  return new Map(found.map(({ row, headings, from, to, page, ...chunk }) => [row, { ...chunk, headings: JSON.parse(headings) as string[], place: { from, to, ...(page === null ? {} : { page }) } }]));
}
