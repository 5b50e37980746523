import type { Database } from 'better-sqlite3';
import type { Carrier } from '../contract/memory.ts';
import { prepared } from './prepared.ts';
import { wordsQuery } from './wordsQuery.ts';

/** Where a thing to be forgotten may stand: one row, and the columns of it that hold texts. */
export type Place = {
  kind: Exclude<Carrier['kind'], 'backup'>;
  table: 'message' | 'conversation' | 'memory' | 'claim' | 'persona' | 'profile' | 'attachment';
  id: string;
  /** Of a claim: the row that holds the text it rests on. */
  source?: string;
  /** Column to text, as stored. */
  texts: Record<string, string>;
  /** The title or name of what it stands in. */
  where: string;
  at: number;
};

export type Search = {
  /** Beginnings of words, in every form they may be written in; LIKE itself knows only that A is a. */
  beginnings: string[];
  /** Full-text syntax, or null. */
  match: string | null;
  /** Looked at whatever they say. */
  messageIds: string[];
  /** Answers that cite these are looked at too. */
  memoryIds: string[];
};

/** Everything that may carry it: more than do, never fewer. Conversations being deleted are among them. */
export function findPlaces(db: Database, search: Search): Place[] {
  const sources = [...messagePlaces(db, search), ...memoryPlaces(db)];
  const [messages, memories] = [sources.filter(({ table }) => table === 'message'), sources.filter(({ table }) => table === 'memory')];
  const claims = claimPlaces(db, search, [...new Set(sources.map(({ id }) => id))]);
  return [...messages, ...conversationPlaces(db), ...memories, ...claims, ...attachmentPlaces(db), ...personaPlaces(db), ...profilePlaces(db)];
}

type ClaimRow = { id: string; source: string; subject: string; slot: string; value: string; value_key: string; text: string; quote: string; merged_from: string | null; at: number };

/** Claims that may say it themselves, and all that rest on one of these rows: what is taken out there takes them along. */
function claimPlaces(db: Database, { beginnings }: Search, sources: string[]): Place[] {
  const likes = beginnings.map((_, index) => `claim.subject || ' ' || claim.text || ' ' || claim.quote || ' ' || coalesce(claim.merged_from, '') LIKE @like${index} ESCAPE '\\'`);
  const patterns = Object.fromEntries(beginnings.map((part, index) => [`like${index}`, `%${escapeLike(part)}%`]));
  return db
    .prepare<unknown[], ClaimRow>(
      `SELECT claim.id, coalesce(memory.message_id, memory.id) AS source, claim.subject, claim.slot, claim.value, claim.value_key, claim.text, claim.quote, claim.merged_from, claim.asserted_at AS at
       FROM claim JOIN memory ON memory.id = claim.memory_id
       WHERE ${[...likes, 'memory.id IN (SELECT value FROM json_each(@sources))', 'memory.message_id IN (SELECT value FROM json_each(@sources))'].join(' OR ')} ORDER BY claim.seq`,
    )
    .all({ ...patterns, sources: JSON.stringify(sources) })
    .map(({ id, source, at, merged_from: merged, ...texts }) => ({
      kind: 'claim', table: 'claim', id, source, texts: { ...texts, ...(merged === null ? {} : { merged_from: merged }) }, where: texts.subject, at,
    }));
}

type MessageRow = {
  id: string;
  role: string;
  text: string;
  caption: string | null;
  citations: string;
  given: string;
  at: number;
  title: string | null;
};

function messagePlaces(db: Database, search: Search): Place[] {
  const patterns = search.beginnings.map((part) => `%${escapeLike(part)}%`);
  const columns = ['message.text', 'message.caption', 'message.citations', 'message.given'];
  const likes = patterns.flatMap((_, index) => columns.map((column) => `${column} LIKE @like${index} ESCAPE '\\'`));
  const conditions = [
    ...likes,
    ...search.memoryIds.map((_, index) => `instr(message.citations, @cited${index}) > 0`),
    'message.id IN (SELECT value FROM json_each(@ids))',
    ...(search.match === null
      ? []
      : ['message.id IN (SELECT memory.message_id FROM memory_words JOIN memory ON memory.seq = memory_words.rowid WHERE memory_words MATCH @match)']),
  ];
  const values: Record<string, unknown> = { ids: JSON.stringify(search.messageIds) };
  if (search.match !== null) values.match = search.match;
  for (const [index, pattern] of patterns.entries()) values[`like${index}`] = pattern;
  for (const [index, id] of search.memoryIds.entries()) values[`cited${index}`] = `"memoryId":"${id}"`;
  return db
    .prepare<unknown[], MessageRow>(
      `SELECT message.id, message.role, message.text, message.caption, message.citations, message.given, message.created_at AS at, conversation.title
       FROM message LEFT JOIN conversation ON conversation.id = message.conversation_id
       WHERE ${conditions.join(' OR ')} ORDER BY message.seq`,
    )
    .all(values)
    .flatMap(fromMessage);
}

const escapeLike = (text: string) => text.replace(/[\\%_]/g, '\\$&');

function fromMessage(row: MessageRow): Place[] {
  const common = { table: 'message' as const, id: row.id, where: row.title ?? '', at: row.at };
  return [
    { ...common, kind: row.role === 'assistant' ? 'answer' : 'message', texts: { text: row.text, ...(row.caption === null ? {} : { caption: row.caption }) } },
    ...(row.citations === '[]' && row.given === '[]' ? [] : [{ ...common, kind: 'citation' as const, texts: { citations: row.citations, given: row.given } }]),
  ];
}

function conversationPlaces(db: Database): Place[] {
  const rows = prepared<{ id: string; title: string; draft: string; at: number }>(
    db,
    `SELECT id, title, draft, updated_at AS at FROM conversation WHERE title <> '' OR draft <> ''`,
  ).all();
  return rows.flatMap(({ id, title, draft, at }) => [
    { kind: 'title' as const, table: 'conversation' as const, id, texts: { title }, where: title, at },
    { kind: 'draft' as const, table: 'conversation' as const, id, texts: { draft }, where: title, at },
  ]);
}

const memoryPlaces = (db: Database): Place[] =>
  prepared<{ id: string; text: string; at: number }>(db, `SELECT id, text, created_at AS at FROM memory WHERE kind = 'written'`)
    .all()
    .map(({ id, text, at }) => ({ kind: 'memory', table: 'memory', id, texts: { text }, where: '', at }));

/** What was read of files for a question alone; where nothing is known of a note but its name, that is the owner's file. */
const attachmentPlaces = (db: Database): Place[] =>
  prepared<{ id: string; title: string; chunks: string; at: number }>(
    db,
    `SELECT attachment.id, attachment.title, attachment.chunks, coalesce(message.created_at, conversation.updated_at) AS at
     FROM attachment JOIN conversation ON conversation.id = attachment.conversation_id LEFT JOIN message ON message.id = attachment.message_id
     WHERE attachment.chunks <> '[]' ORDER BY attachment.seq`,
  )
    .all()
    .map(({ id, title, chunks, at }) => ({ kind: 'attachment', table: 'attachment', id, texts: { chunks }, where: title, at }));

const personaPlaces = (db: Database): Place[] =>
  prepared<{ id: string; name: string; instructions: string; at: number }>(db, 'SELECT id, name, instructions, updated_at AS at FROM persona WHERE built_in = 0')
    .all()
    .map(({ id, name, instructions, at }) => ({ kind: 'persona', table: 'persona', id, texts: { name, instructions }, where: name, at }));

/** What the owner wrote of themselves; for one persona, with its name. */
const profilePlaces = (db: Database): Place[] =>
  prepared<{ id: string; text: string; name: string | null; at: number }>(
    db,
    `SELECT profile.id, profile.text, persona.name, profile.edited_at AS at FROM profile LEFT JOIN persona ON profile.id = 'own:' || persona.id`,
  )
    .all()
    .map(({ id, text, name, at }) => ({ kind: 'profile', table: 'profile', id, texts: { text }, where: name ?? '', at }));

/** What a memory corrects, however often that was corrected before. */
export function correctedMemories(db: Database, id: string): { id: string; messageId: string | null; text: string }[] {
  return prepared<{ id: string; messageId: string | null; text: string }>(
    db,
    `WITH RECURSIVE older (id) AS (
       SELECT id FROM memory WHERE replaced_by = ? UNION SELECT memory.id FROM memory JOIN older ON memory.replaced_by = older.id
     )
     SELECT memory.id, memory.message_id AS messageId, coalesce(message.text, memory.text, '') AS text
     FROM older JOIN memory ON memory.id = older.id LEFT JOIN message ON message.id = memory.message_id`,
  ).all(id);
}

/** How common words are, by the same stems that search goes by. */
export function createCorpus(db: Database) {
  const quoted = (word: string) => wordsQuery(word, { lastIsPrefix: false }) ?? '""';
  return {
    messages: prepared<{ total: number }>(db, 'SELECT count(*) AS total FROM memory').get()?.total ?? 0,
    frequency: (word: string) =>
      prepared<{ total: number }>(db, 'SELECT count(*) AS total FROM memory_words WHERE memory_words MATCH ?').get(quoted(word))?.total ?? 0,
    examples: (word: string) =>
      prepared<{ text: string }>(
        db,
        `SELECT coalesce(message.text, memory.text) AS text FROM memory_words JOIN memory ON memory.seq = memory_words.rowid
           LEFT JOIN message ON message.id = memory.message_id
         WHERE memory_words MATCH ? AND coalesce(message.text, memory.text) IS NOT NULL ORDER BY memory.seq DESC LIMIT 20`,
      )
        .all(quoted(word))
        .map(({ text }) => text),
  };
}

/** An answer being written may still say what is to be forgotten. */
export const isAnswering = (db: Database): boolean =>
  prepared<{ found: number }>(db, `SELECT EXISTS (SELECT 1 FROM message WHERE status = 'growing') AS found`).get()?.found === 1;
