import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { KeptIn, Memory } from '../contract/memory.ts';
import { nowhere } from './keeping.ts';
import { prepared } from './prepared.ts';
import { wordsQuery } from './wordsQuery.ts';

export type MemoryFilter = 'statements' | 'questions' | 'written' | 'pinned' | 'replaced' | 'answers' | 'all';
export type ListRequest = {
  filter: MemoryFilter;
  /** Words the memory must hold, the last one as its beginning; empty for all. */
  text: string;
  personaId: string | null;
  limit: number;
  /** The last memory of the page before. */
  before: { at: number; id: string } | null;
};

type Row = Omit<Memory, 'question' | 'pinned' | 'keptIn'> & { question: number; pinned: number } & KeptRow;

/** As `keptColumns` reads it. */
export type KeptRow = { keptId: string | null; keptTitle: string | null };
export const keptColumns = 'memory.kept_in AS keptId, (SELECT kept.title FROM conversation AS kept WHERE kept.id = memory.kept_in) AS keptTitle';
export const toKeptIn = ({ keptId, keptTitle }: KeptRow): KeptIn | null => (keptId === null ? null : { id: keptId === nowhere ? null : keptId, title: keptTitle });

const columns = `
  memory.id, memory.kind, coalesce(message.text, memory.text, '') AS text, memory.role, memory.question, memory.message_id AS messageId,
  memory.conversation_id AS conversationId, conversation.title AS conversationTitle, memory.scope, memory.persona_id AS personaId, ${keptColumns},
  memory.pinned, memory.created_at AS createdAt, memory.replaced_by AS replacedBy,
  (SELECT old.id FROM memory AS old WHERE old.replaced_by = memory.id) AS replaces`;

const tables = `
  memory LEFT JOIN message ON message.id = memory.message_id
    LEFT JOIN conversation ON conversation.id = memory.conversation_id`;

/** What may be listed: not the search keys of personas without memory, nor conversations being deleted. */
const listable = `memory.scope <> 'none' AND conversation.deleted_at IS NULL
  AND (memory.kept_in IS NULL OR memory.kept_in NOT IN (SELECT id FROM conversation WHERE deleted_at IS NOT NULL))`;

const filters: Record<MemoryFilter, string> = {
  statements: `memory.role = 'user' AND memory.question = 0 AND memory.replaced_by IS NULL`,
  questions: `memory.role = 'user' AND memory.question = 1`,
  written: `memory.kind = 'written'`,
  pinned: 'memory.pinned = 1',
  replaced: 'memory.replaced_by IS NOT NULL',
  answers: `memory.role = 'assistant'`,
  all: 'true',
};

/** Throws `not-found` when it was forgotten, or never was. */
export function getMemory(db: Database, id: string): Memory {
  const row = prepared<Row>(db, `SELECT ${columns} FROM ${tables} WHERE memory.id = ? AND memory.scope <> 'none'`).get(id);
  if (!row) throw new AppError('not-found', 'That memory is not here any more.');
  return toMemory(row);
}

/** Newest first, equal times by id. `total` counts all pages. */
export function listMemories(db: Database, request: ListRequest): { memories: Memory[]; total: number } {
  const match = wordsQuery(request.text, { lastIsPrefix: true });
  const nothingToFind = request.text.trim() !== '' && match === null;
  if (nothingToFind) return { memories: [], total: 0 };
  const where = [
    listable,
    filters[request.filter],
    ...(request.personaId === null ? [] : ['memory.persona_id = @personaId']),
    ...(match === null ? [] : ['memory.seq IN (SELECT rowid FROM memory_words WHERE memory_words MATCH @match)']),
  ].join(' AND ');
  const values = { personaId: request.personaId, match, limit: request.limit, at: request.before?.at, id: request.before?.id };
  const { total } = prepared<{ total: number }>(db, `SELECT count(*) AS total FROM ${tables} WHERE ${where}`).get(used(where, values))!;
  const page = `SELECT ${columns} FROM ${tables} WHERE ${where} ${request.before ? 'AND (memory.created_at, memory.id) < (@at, @id)' : ''}
    ORDER BY memory.created_at DESC, memory.id DESC LIMIT @limit`;
  return { memories: prepared<Row>(db, page).all(used(page, values)).map(toMemory), total };
}

/** How many statements only this persona may recall. */
export function countOwnMemories(db: Database, personaId: string): number {
  const where = `${listable} AND ${filters.statements} AND memory.scope = 'own' AND memory.persona_id = ?`;
  return prepared<{ total: number }>(db, `SELECT count(*) AS total FROM ${tables} WHERE ${where}`).get(personaId)!.total;
}

/** SQLite refuses values that the statement does not name. */
const used = (sql: string, values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([name]) => new RegExp(`@${name}\\b`).test(sql)));

const toMemory = ({ keptId, keptTitle, ...row }: Row): Memory => ({ ...row, keptIn: toKeptIn({ keptId, keptTitle }), question: row.question === 1, pinned: row.pinned === 1 });
