/**
 * Which memories are kept to one conversation: what is said in one that keeps to itself, or was to be kept there, and what
 * draws on that elsewhere: the answers that cite it, the lines that correct it.
 */
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/** `memory.kept_in` of what draws on several conversations that keep to themselves: it is recalled in none. */
export const nowhere = '';

/** What decides where a memory is kept. */
export type Keeping = {
  id: string;
  kind: 'said' | 'written';
  role: 'user' | 'assistant';
  conversationId: string | null;
  /** Null for the newest. */
  seq: number | null;
  alone: boolean;
};

/** The only conversation in which a memory is recalled; null for any. */
export function keptInOf(db: Database, memory: Keeping): string | null {
  const places = new Set([...ownPlace(db, memory), ...(memory.role === 'assistant' ? placesDrawnOn(db, memory.id) : placesCorrected(db, memory))]);
  return places.size > 1 ? nowhere : ([...places][0] ?? null);
}

function ownPlace(db: Database, { role, conversationId, seq, alone }: Keeping): string[] {
  if (conversationId === null) return [];
  const isKept = alone || prepared(db, 'SELECT kept FROM conversation WHERE id = ?').pluck().get(conversationId) === 1;
  // An answer may repeat what it sees above, and cites none of that.
  return isKept || (role === 'assistant' && isToldAlone(db, conversationId, seq)) ? [conversationId] : [];
}

const isToldAlone = (db: Database, conversationId: string, before: number | null): boolean =>
  prepared(db, 'SELECT 1 FROM memory WHERE kept_in = @conversationId AND kept_alone = 1 AND conversation_id = @conversationId AND (@before IS NULL OR seq < @before) LIMIT 1')
    .get({ conversationId, before }) !== undefined;

/** Those of what an answer cites (of another answer: only where it drew on it), and of the claims that stand in the lines it was given, where nobody else says the same. */
function placesDrawnOn(db: Database, messageId: string): string[] {
  return prepared(
    db,
    `SELECT DISTINCT cited.kept_in FROM message JOIN json_each(message.citations) AS one JOIN memory AS cited ON cited.id = one.value ->> 'memoryId'
     WHERE message.id = @messageId AND cited.kept_in IS NOT NULL AND (cited.role = 'user' OR one.value ->> 'used')
     UNION SELECT memory.kept_in FROM memory JOIN claim ON claim.memory_id = memory.id JOIN message ON message.id = @messageId
     WHERE memory.kept_in IS NOT NULL AND message.given <> '[]' AND instr(message.given, ${saidPart('claim.text')}) > 0
       AND NOT EXISTS (SELECT 1 FROM claim AS other JOIN memory AS its ON its.id = other.memory_id
         WHERE other.subject = claim.subject AND other.slot = claim.slot AND other.value_key = claim.value_key AND its.kept_in IS NULL)`,
  )
    .pluck()
    .all({ messageId }) as string[];
}

/** "live in Porto" of "You: live in Porto", as it stands in JSON. */
const saidPart = (text: string) => `trim(json_quote(substr(${text}, instr(${text}, ': ') + 2)), '"')`;

const placesCorrected = (db: Database, { kind, id }: Keeping): string[] =>
  kind === 'said' ? [] : (prepared(db, 'SELECT kept_in FROM memory WHERE replaced_by = ? AND kept_in IS NOT NULL').pluck().all(id) as string[]);

/** A memory that is kept elsewhere than before. */
export type Moved = { id: string; from: string | null; to: string | null };

/**
 * Keeps a conversation to itself, or no longer: with all that was said in it already, and what draws on it. Call inside a
 * transaction; whoever knows claims has those of what moved to settle.
 */
export function keepConversation(db: Database, conversationId: string, kept: boolean): Moved[] {
  prepared(db, 'UPDATE conversation SET kept = ? WHERE id = ?').run(Number(kept), conversationId);
  return settleKeeping(db, held(db, '(memory.conversation_id = @conversationId OR memory.kept_in IN (@conversationId, @nowhere))', { conversationId, nowhere }));
}

/** One thing that was said is kept to its conversation, whatever becomes of the rest. As `keepConversation`. */
export function keepMessage(db: Database, messageId: string): Moved[] {
  prepared(db, 'UPDATE memory SET kept_alone = 1 WHERE message_id = ?').run(messageId);
  return settleKeeping(db, held(db, 'memory.message_id = @messageId', { messageId }));
}

/** What comes back, with claims as they stood, is kept where it would be kept if it had been here all the time. As `keepConversation`. */
export function keepAgain(db: Database, before: ReadonlyMap<string, string | null>): Moved[] {
  const back = 'memory.id IN (SELECT value FROM json_each(@ids))';
  const ids = JSON.stringify([...before.keys()]);
  const drawing = settleKeeping(db, held(db, back, { ids })).filter(({ id }) => !before.has(id));
  const moved = held(db, back, { ids }).map(({ id, keptIn }) => ({ id, from: before.get(id)!, to: keptIn }));
  return [...moved.filter(({ from, to }) => from !== to), ...drawing];
}

/** A line that was written in a conversation, as a file has it. */
export const placeWritten = (db: Database, id: string, { conversationId, alone }: { conversationId: string; alone: boolean }): void =>
  void prepared(db, 'UPDATE memory SET conversation_id = ?, kept_alone = ? WHERE id = ?').run(conversationId, Number(alone), id);

/**
 * What a file keeps to a conversation is kept to it here, where anything is: whether that one keeps to itself is what it is
 * here. Call it once what is said there has been brought in.
 */
export const keepImported = (db: Database, id: string, conversationId: string): void =>
  void prepared(
    db,
    `UPDATE memory SET kept_in = @conversationId WHERE id = @id AND (@conversationId = '${nowhere}'
       OR EXISTS (SELECT 1 FROM conversation WHERE conversation.id = @conversationId AND conversation.kept = 1)
       OR EXISTS (SELECT 1 FROM memory AS told WHERE told.kept_in = @conversationId AND told.kept_alone = 1) OR kept_alone = 1)`,
  ).run({ id, conversationId });

/** What was brought in, and draws on what is kept here, whatever the file says. Call it once its citations and corrections stand. */
export const keepBroughtIn = (db: Database, ids: Iterable<string>): void =>
  void settleKeeping(db, held(db, `memory.id IN (SELECT value FROM json_each(@ids)) AND memory.kept_in IS NULL AND (memory.role = 'assistant' OR memory.kind = 'written')`, { ids: JSON.stringify([...ids]) }));

type Held = Keeping & { seq: number; keptIn: string | null };

const held = (db: Database, where: string, values: Record<string, unknown>): Held[] =>
  prepared<Omit<Held, 'alone'> & { alone: number }>(
    db,
    `SELECT memory.seq, memory.id, memory.kind, memory.role, memory.conversation_id AS conversationId, memory.kept_alone AS alone, memory.kept_in AS keptIn
     FROM memory WHERE ${where} ORDER BY memory.seq`,
  )
    .all(values)
    .map((row) => ({ ...row, alone: row.alone === 1 }));

/** In the order in which they were said, and then whatever draws on what has moved, until nothing moves any more. */
function settleKeeping(db: Database, memories: Held[]): Moved[] {
  const from = new Map<string, string | null>();
  const move = (memory: Held): boolean => {
    const moved = moveOne(db, memory);
    if (moved && !from.has(memory.id)) from.set(memory.id, memory.keptIn);
    return moved;
  };
  for (let looked = memories; looked.length > 0; ) {
    const changed = new Set(looked.filter(move).map(({ id }) => id));
    for (const { id, drawsOn } of changed.size === 0 ? [] : drawingOn(db, changed)) {
      if (drawsOn.some((one) => changed.has(one)) && held(db, 'memory.message_id = @id', { id }).some(move)) changed.add(id);
    }
    looked = correcting(db, changed);
  }
  const to = prepared(db, 'SELECT kept_in FROM memory WHERE id = ?').pluck();
  return [...from].map(([id, before]) => ({ id, from: before, to: to.get(id) as string | null }));
}

function moveOne(db: Database, memory: Held): boolean {
  const keptIn = keptInOf(db, memory);
  if (keptIn === memory.keptIn) return false;
  prepared(db, 'UPDATE memory SET kept_in = ? WHERE seq = ?').run(keptIn, memory.seq);
  return true;
}

const correcting = (db: Database, changed: ReadonlySet<string>): Held[] =>
  held(db, 'memory.id IN (SELECT replaced_by FROM memory WHERE replaced_by IS NOT NULL AND id IN (SELECT value FROM json_each(@ids)))', { ids: JSON.stringify([...changed]) });

type Drawing = { id: string; drawsOn: string[] };

/** Answers that may draw on these, or on an answer that does, in the order in which they were given. One look through all answers, however far that reaches. */
function drawingOn(db: Database, ids: ReadonlySet<string>): Drawing[] {
  const given = givenClaimsOf(db, ids);
  const reached = new Set([...ids, ...given]);
  const drawing: Drawing[] = [...given].map((id) => ({ id, drawsOn: [...ids] }));
  const answers = prepared(db, `SELECT id, citations FROM message WHERE role = 'assistant' AND citations <> '[]' ORDER BY seq`).raw();
  for (const [id, citations] of answers.iterate() as Iterable<[string, string]>) {
    // Names only: the rest of a citation is much longer than they are.
    const drawsOn = Array.from(citations.matchAll(/"memoryId":"([^"]+)"/gu), ([, cited]) => cited!);
    if (!drawsOn.some((one) => reached.has(one))) continue;
    reached.add(id);
    drawing.push({ id, drawsOn });
  }
  return drawing;
}

/** The profile stands first among the lines that an answer was given, and is no quotation, which has its number in front. */
function givenClaimsOf(db: Database, ids: ReadonlySet<string>): Set<string> {
  const lines = prepared(db, `SELECT DISTINCT ${saidPart('claim.text')} FROM claim WHERE claim.memory_id IN (SELECT value FROM json_each(?))`).pluck().all(JSON.stringify([...ids])) as string[];
  if (lines.length === 0) return new Set();
  const first = `coalesce(message.given ->> '$.lines[0]', message.given ->> '$[0]')`;
  const profiles = prepared<{ id: string; given: string }>(
    db,
    `SELECT message.id, json_quote(${first}) AS given FROM message WHERE message.role = 'assistant' AND message.given <> '[]' AND substr(${first}, 1, 1) <> '['`,
  ).all();
  return new Set(profiles.filter(({ given }) => lines.some((line) => given.includes(line))).map(({ id }) => id));
}
