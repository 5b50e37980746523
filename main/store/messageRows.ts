import type { Citation } from '../contract/memory.ts';
import type { Research } from '../contract/research.ts';
import type { Message, MessageStats } from '../contract/conversation.ts';

export type MessageRow = {
  seq: number;
  id: string;
  conversation_id: string;
  parent_id: string | null;
  role: Message['role'];
  speaker: string | null;
  caption: string | null;
  text: string;
  status: Message['status'];
  failure: string | null;
  persona_id: string | null;
  created_at: number;
  sitting: number;
  citations: string;
  given: string;
  quoted: number;
  stats: string | null;
  /** Where it was selected. */
  asks?: Message['asks'];
  research?: string | null;
  attachments?: string;
};

/** What is shown of a message: all but what only prompts and exports need. */
export type ShownRow = Omit<MessageRow, 'speaker' | 'caption' | 'sitting' | 'given'>;
export const asksColumn = `CASE WHEN instr(given, '"proposal":') > 0 THEN 'forget' WHEN instr(given, '"forgettings":["') > 0 THEN 'undo' END AS asks`;
/** Of an answer that was gathered from many notes. */
export const researchColumn = `CASE WHEN instr(given, '"research":') > 0 THEN given -> '$.research' END AS research`;
export const attachmentsColumn = `(SELECT json_group_array(json_object('id', id, 'noteId', note_id, 'title', title, 'path', path, 'mark', mark, 'passages', passages, 'given', given))
  FROM attachment WHERE attachment.message_id = message.id) AS attachments`;
export const shownColumns =
  `seq, id, conversation_id, parent_id, role, text, status, failure, persona_id, created_at, citations, quoted, stats, ${asksColumn}, ${researchColumn}`;

export const toMessage = (row: ShownRow, siblings: string[]): Message => ({
  id: row.id,
  conversationId: row.conversation_id,
  parentId: row.parent_id,
  role: row.role,
  text: row.text,
  status: row.status,
  failure: row.failure,
  personaId: row.persona_id,
  createdAt: row.created_at,
  citations: row.citations === '[]' ? [] : (JSON.parse(row.citations) as Citation[]),
  quoted: row.quoted === 1,
  asks: row.asks ?? null,
  stats: row.stats === null ? null : (JSON.parse(row.stats) as MessageStats),
  siblings,
  ...(row.research ? { research: JSON.parse(row.research) as Research } : {}),
  ...(row.attachments === undefined || row.attachments === '[]' ? {} : { attachments: JSON.parse(row.attachments) as NonNullable<Message['attachments']> }),
});

/** The tree of one conversation, from its rows in order of writing. */
export function shownBranch(rows: readonly ShownRow[], leafId: string | null): Message[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const groups = new Map<string, string[]>();
  for (const row of rows) {
    const group = groups.get(siblingKey(row));
    if (group) group.push(row.id);
    else groups.set(siblingKey(row), [row.id]);
  }
  const branch: Message[] = [];
  for (let row = byId.get(leafId ?? '') ?? rows.at(-1); row; row = byId.get(row.parent_id ?? '')) {
    branch.push(toMessage(row, groups.get(siblingKey(row)) ?? [row.id]));
  }
  return branch.reverse();
}

/** The tip of the branch through this message: at each fork the version written last. */
export function tipThrough(rows: readonly Pick<MessageRow, 'id' | 'parent_id'>[], messageId: string): string {
  const newestChild = new Map<string | null, string>();
  for (const row of rows) newestChild.set(row.parent_id, row.id);
  let tip = messageId;
  for (let child = newestChild.get(tip); child; child = newestChild.get(tip)) tip = child;
  return tip;
}

const siblingKey = (row: ShownRow) => `${row.parent_id ?? ''} ${row.role}`;
