import type { Database } from 'better-sqlite3';
import { ofMemory, type Citation } from '../contract/memory.ts';
import { memoryMap, type MemoryPlace, type View } from './memoryMap.ts';
import { prepared } from './prepared.ts';
import { markedKey, markPlainly, marks } from './searchWords.ts';

export type { View };

/** A memory as recall needs it. Dates are Unix milliseconds. */
export type MemoryRow = Omit<MemoryPlace, 'asks'> & {
  /** 1 when it ends with a question. */
  asks: number;
  id: string;
  kind: 'said' | 'written';
  text: string;
  caption: string | null;
  /** A name when somebody other than the owner and the persona spoke. */
  speaker: string | null;
  role: 'user' | 'assistant';
  question: boolean;
  messageId: string | null;
  conversationId: string | null;
  conversationTitle: string | null;
  pinned: boolean;
  createdAt: number;
  replacedBy: string | null;
  /** Memories that this answer drew on. */
  cites: string[];
};

/** For queries with what `viewParameters` gives. */
const seenByPersona = (memory: string) => `(${memory}.scope = 'own' AND ${memory}.persona_id = @personaId OR ${memory}.scope = 'shared' AND @shared = 1)`;
export const inView = `(${seenByPersona('memory')} AND (memory.kept_in IS NULL OR memory.kept_in = @conversationId))`;
/** Of what is in view, what is kept to the conversation looked from. */
export const keptHere = (memory: string): string => `(${memory}.kept_in = @conversationId AND ${seenByPersona(memory)})`;
export const viewParameters = ({ personaId, shared, conversationId }: View): Omit<View, 'shared'> & { shared: number } => ({ personaId, shared: Number(shared), conversationId });
const parameters = viewParameters;

export type CorpusSize = { memories: number; sittings: number };

const counted = new WeakMap<Database, CorpusSize & { newest: number }>();

/**
 * How many memories and sittings there are, in view or not: for weighing words. Counted anew when a hundredth has been
 * added since, which changes no order.
 */
export function countCorpus(db: Database): CorpusSize {
  const newest = prepared<{ newest: number | null }>(db, 'SELECT max(seq) AS newest FROM memory').get()?.newest ?? 0;
  const before = counted.get(db);
  if (before && newest >= before.newest && newest - before.newest < before.memories / 100) return before;
  const size = prepared<CorpusSize>(
    db,
    'SELECT count(*) AS memories, count(*) FILTER (WHERE sitting = seq) AS sittings FROM memory',
  ).get()!;
  counted.set(db, { ...size, newest });
  return size;
}

/** How many memories hold a word, counted no further than `most`. */
export const countHolders = (db: Database, match: string, most: number): number =>
  prepared<{ holders: number }>(
    db,
    'SELECT count(*) AS holders FROM (SELECT 1 FROM memory_words WHERE memory_words MATCH ? LIMIT ?)',
  ).get(match, most)!.holders;

/** `strengthOf`: what FTS5's score of a word, below 0, is worth. */
export type HitsQuery = { match: string; limit: number; strengthOf(score: number): number };

/** The memories in view that hold a word, newest first. */
export function wordHits(db: Database, view: View, { match, limit, strengthOf }: HitsQuery): (MemoryPlace & { strength: number })[] {
  const map = memoryMap(db);
  const isSeen = map.isSeen(view);
  const held = prepared(db, 'SELECT rowid, rank FROM memory_words WHERE memory_words MATCH ? ORDER BY rowid DESC').raw().all(match) as [number, number][];
  const seen = held.filter(([seq]) => isSeen(seq));
  return seen.slice(0, limit).map(([seq, score]) => Object.assign(map.placeOf(seq), { strength: strengthOf(score) }));
}

/** Some of the memories in view that hold a word. */
export function wordPlaces(db: Database, view: View, { match, limit }: { match: string; limit: number }): MemoryPlace[] {
  const map = memoryMap(db);
  const isSeen = map.isSeen(view);
  const first = prepared(db, 'SELECT rowid FROM memory_words WHERE memory_words MATCH ? LIMIT ?').pluck().all(match, limit) as number[];
  const isAll = first.length < limit || first.every(isSeen);
  return (isAll ? first : wordHolders(db, match)).filter(isSeen).slice(0, limit).map((seq) => map.placeOf(seq));
}

/** The seqs of all memories, in view or not, that hold a word. */
export const wordHolders = (db: Database, match: string): number[] =>
  prepared(db, 'SELECT rowid FROM memory_words WHERE memory_words MATCH ?').pluck().all(match) as number[];

/** Where memories stand, by id, those in view only. */
export function placesOf(db: Database, view: View, ids: string[]): Map<string, MemoryPlace> {
  const map = memoryMap(db);
  const isSeen = map.isSeen(view);
  const rows = prepared(db, 'SELECT memory.id, memory.seq FROM json_each(?) CROSS JOIN memory ON memory.id = json_each.value').raw().all(JSON.stringify(ids)) as [string, number][];
  return new Map(rows.filter(([, seq]) => isSeen(seq)).map(([id, seq]) => [id, map.placeOf(seq)]));
}

/** How many memories each sitting has. */
export function sittingSizes(db: Database, sittings: number[]): Map<number, number> {
  const map = memoryMap(db);
  return new Map(sittings.map((sitting) => [sitting, map.sizeOf(sitting)]));
}

/** Sittings of conversations that are being deleted. */
export const deletedSittings = (db: Database): Set<number> =>
  new Set(
    prepared(
      db,
      `SELECT DISTINCT memory.sitting FROM conversation CROSS JOIN memory ON memory.conversation_id = conversation.id
       WHERE conversation.deleted_at IS NOT NULL`,
    )
      .pluck()
      .all() as number[],
  );

/** The memories of these messages. */
export const memoriesOfMessages = (db: Database, messageIds: Iterable<string>): Set<number> =>
  new Set(
    prepared(db, 'SELECT memory.seq FROM json_each(?) JOIN memory ON memory.message_id = json_each.value')
      .pluck()
      .all(JSON.stringify([...messageIds])) as number[],
  );

const columns = `
  memory.seq, memory.asks, memory.id, memory.kind, coalesce(message.text, memory.text, '') AS text, message.caption, message.speaker, memory.role,
  memory.question, memory.message_id AS messageId, memory.conversation_id AS conversationId, conversation.title AS conversationTitle,
  memory.sitting, memory.place, memory.pinned, memory.created_at AS createdAt, memory.replaced_by AS replacedBy,
  CASE memory.role WHEN 'assistant' THEN message.citations END AS citations`;

const tables = `
  memory LEFT JOIN message ON message.id = memory.message_id
    LEFT JOIN conversation ON conversation.id = memory.conversation_id`;

/** Neither being deleted nor an older version of a message that was edited or answered again. */
const current = `
  conversation.deleted_at IS NULL
  AND NOT EXISTS (SELECT 1 FROM message AS rival WHERE rival.parent_id = message.parent_id AND rival.role = message.role AND rival.seq > message.seq AND rival.text <> '')
  AND NOT (message.parent_id IS NULL AND message.id IS NOT NULL AND EXISTS (
    SELECT 1 FROM message AS rival WHERE rival.conversation_id = message.conversation_id AND rival.parent_id IS NULL
      AND rival.role = message.role AND rival.seq > message.seq AND rival.text <> ''))`;

type RawRow = Omit<MemoryRow, 'question' | 'pinned' | 'cites'> & { question: number; pinned: number; citations: string | null };

/** The memories at these places, in view and current; none where nobody spoke. In no order. */
export const memoriesAt = (db: Database, view: View, places: { sitting: number; place: number }[]): MemoryRow[] =>
  prepared<RawRow>(
    db,
    `SELECT ${columns} FROM json_each(@places) AS wanted
       CROSS JOIN ${tables.replace('memory LEFT', `memory ON memory.sitting = wanted.value ->> 0 AND memory.place = wanted.value ->> 1 LEFT`)}
     WHERE ${inView} AND ${current}`,
  )
    .all({ ...parameters(view), places: JSON.stringify(places.map(({ sitting, place }) => [sitting, place])) })
    .map(toRow);

/** One memory in view and current; null otherwise. */
export function memoryRow(db: Database, view: View, id: string): MemoryRow | null {
  const row = prepared<RawRow>(db, `SELECT ${columns} FROM ${tables} WHERE memory.id = @id AND ${inView} AND ${current}`).get({
    ...parameters(view),
    id,
  });
  return row ? toRow(row) : null;
}

/** Those in view and current, by their places in the store. In no order. */
export const memoryRowsAt = (db: Database, view: View, seqs: number[]): MemoryRow[] =>
  prepared<RawRow>(db, `SELECT ${columns} FROM json_each(@seqs) AS wanted CROSS JOIN ${tables.replace('memory LEFT', 'memory ON memory.seq = wanted.value LEFT')} WHERE ${inView} AND ${current}`)
    .all({ ...parameters(view), seqs: JSON.stringify(seqs) })
    .map(toRow);

const statements = `memory.role = 'user' AND memory.question = 0 AND memory.replaced_by IS NULL AND ${inView} AND ${current}`;

/** The owner's statements, best first: pinned, then written down, then what they said last. */
export function latestAndPinned(db: Database, view: View, limit: number): MemoryRow[] {
  const asked = { ...parameters(view), limit };
  const kept = prepared<RawRow>(
    db,
    `SELECT ${columns} FROM ${tables} WHERE (memory.pinned = 1 OR memory.kind = 'written') AND ${statements}
     ORDER BY memory.pinned DESC, memory.created_at DESC LIMIT @limit`,
  ).all(asked);
  const latest = prepared<RawRow>(
    db,
    `SELECT ${columns} FROM ${tables} WHERE memory.pinned = 0 AND memory.kind = 'said' AND ${statements} ORDER BY memory.created_at DESC LIMIT @limit`,
  ).all(asked);
  return [...kept, ...latest].slice(0, limit).map(toRow);
}

function toRow({ citations, ...row }: RawRow): MemoryRow {
  const cited = citations === null || citations === '[]' ? [] : (JSON.parse(citations) as Citation[]);
  return {
    ...row,
    question: row.question === 1,
    pinned: row.pinned === 1,
    cites: ofMemory(cited).filter((citation) => citation.used).map((citation) => citation.memoryId),
  };
}

/** The words of a memory's key that a query met, as they stand there, in order. */
export function wordsMet(db: Database, seq: number, match: string): string[] {
  const key = prepared<{ key: string }>(
    db,
    `SELECT ${markedKey} AS key FROM memory_words WHERE rowid = ? AND memory_words MATCH ?`,
  ).get(seq, match)?.key;
  const [, ...met] = markPlainly(key ?? '', match).split(marks.open);
  return met.map((rest) => rest.slice(0, rest.indexOf(marks.close)));
}

const withVocabulary = new WeakSet<Database>();

/** Words of the memories that begin like this, as the index has them: without accents, English endings off. */
export function formsIn(db: Database, beginning: string): string[] {
  if (!withVocabulary.has(db)) {
    db.exec(`CREATE VIRTUAL TABLE IF NOT EXISTS temp.memory_vocabulary USING fts5vocab(main, memory_words, row)`);
    withVocabulary.add(db);
  }
  const from = beginning.normalize('NFKD').replace(/\p{M}/gu, '');
  return prepared(db, 'SELECT term FROM temp.memory_vocabulary WHERE term >= @from AND term < @to LIMIT 500').pluck().all({ from, to: `${from}\u{10ffff}` }) as string[];
}
