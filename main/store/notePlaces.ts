/** Where a note's rows stand among the others: beside those that were read with it, so that they are written together. */
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';
import { isThere, ownRow } from './noteWords.ts';

/** Numbers that are given out, from `next` down to the one after `last`. */
type Block = { next: number; last: number };
const blocks = new WeakMap<Database, Block>();

/**
 * Files are seen in the order of their paths and read the latest first: a note has its number from when it is first read.
 * They are given out downwards, so that a later note, which is read before, has the higher one.
 */
export function placeOf(db: Database, seq: number): { seq: number; isFresh: boolean } {
  if (!isUnread(db, seq)) return { seq, isFresh: false };
  const place = nextOf(db);
  // Another may have it after a transaction that failed.
  const isFree = prepared(db, 'UPDATE OR IGNORE note SET seq = ? WHERE seq = ?').run(place, seq).changes > 0;
  return { seq: isFree ? place : seq, isFresh: true };
}

/** Nothing that was read from it is here. */
export function isUnread(db: Database, seq: number): boolean {
  const isEmpty = prepared(db, 'SELECT 1 FROM note WHERE seq = ? AND read_at IS NULL AND NOT EXISTS (SELECT 1 FROM chunk WHERE note_seq = note.seq)').get(seq) !== undefined;
  return isEmpty && !isThere(db, ownRow(seq));
}

function nextOf(db: Database): number {
  let block = blocks.get(db);
  if (!block || block.next === block.last) {
    const { last, unread } = prepared<{ last: number; unread: number }>(db, `SELECT max(seq) AS last, (SELECT count(*) FROM note WHERE state = 'waiting') AS unread FROM note`).get()!;
    block = { last, next: last + Math.max(1, unread) };
    blocks.set(db, block);
  }
  block.next -= 1;
  return block.next + 1;
}
