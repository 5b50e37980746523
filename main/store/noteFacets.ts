/** What notes that were found could be narrowed to. */
import type { Database } from 'better-sqlite3';
import type { Within } from './noteSearch.ts';
import { conditionsWithin } from './noteSearch.ts';
import { prepared } from './prepared.ts';

/** Notes in which it matches in one row, by their numbers, as far as counted. */
export function matchingNotes(db: Database, query: { match: string; within: Within; most: number }): number[] {
  const { where, values } = conditionsWithin(query.within, 'rowid >> 20');
  return prepared(db, `SELECT DISTINCT rowid >> 20 FROM chunk_words WHERE chunk_words MATCH @match ${where} LIMIT @most`)
    .pluck()
    .all({ ...values, match: query.match, most: query.most }) as number[];
}

/** Those of `among` that are within; of all when null. */
export function keptWithin(db: Database, within: Within, { among, most }: { among: readonly number[] | null; most: number }): number[] {
  const { where, values } = conditionsWithin(within, 'note.seq');
  const only = among === null ? '' : 'AND seq IN (SELECT value FROM json_each(@among))';
  return prepared(db, `SELECT seq FROM note WHERE 1 ${only} ${where} LIMIT @most`).pluck().all({ ...values, most, ...(among && { among: JSON.stringify(among) }) }) as number[];
}

export type Place = { folderId: string; folder: string; type: string; path: string };

/** Where these notes lie, and what they are. */
export const placesOf = (db: Database, notes: readonly number[]): Place[] =>
  prepared<Place>(
    db,
    `SELECT note.folder_id AS folderId, note_folder.path AS folder, note.type, note.path FROM json_each(?) AS asked JOIN note ON note.seq = asked.value JOIN note_folder ON note_folder.id = note.folder_id`,
  ).all(JSON.stringify(notes));

/** The tags of these notes, those of the most notes first. */
export const tagsOf = (db: Database, notes: readonly number[], most: number): { tag: string; count: number }[] =>
  prepared<{ tag: string; count: number }>(
    db,
    `SELECT min(tag) AS tag, count(*) AS count FROM json_each(@notes) AS asked JOIN note_tag ON note_tag.note_seq = asked.value GROUP BY note_tag.key ORDER BY count(*) DESC, note_tag.key LIMIT @most`,
  ).all({ notes: JSON.stringify(notes), most });
