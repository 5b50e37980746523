/** What stands here, as it goes into the file of everything. */
import type { Database } from 'better-sqlite3';
import type { ExportedAttachment, ExportedClaim, ExportedConversation, ExportedJob, ExportedMessage, ExportedProfile } from '../contract/exporting.ts';
import type { Citation } from '../contract/memory.ts';
import type { NoteScope } from '../contract/note.ts';
import { attachmentsIn } from './attachments.ts';
import { readGiven } from './given.ts';
import { ownConversation, ownMessage } from './imported.ts';
import type { MessageRow } from './messageRows.ts';
import { prepared } from './prepared.ts';

type ConversationRow = {
  id: string;
  title: string;
  titledBy: NonNullable<ExportedConversation['titledBy']>;
  personaId: string;
  pinned: number;
  archived: number;
  kept: number;
  notes: string | null;
  draft: string;
  createdAt: number;
  updatedAt: number;
  shown: string | null;
};

/** Those of the window's list, archived ones after the others, newest first. */
export function exportedConversation(db: Database, id: string): ExportedConversation {
  const { pinned, archived, kept, notes, ...row } = prepared<ConversationRow>(
    db,
    `SELECT id, title, titled_by AS titledBy, persona_id AS personaId, pinned, archived, kept, notes, draft, created_at AS createdAt, updated_at AS updatedAt, leaf_id AS shown
     FROM conversation WHERE id = ?`,
  ).get(id)!;
  const attachments = attachmentsIn(db, id);
  return {
    format: 'engram-conversation', version: 1, ...row, pinned: pinned === 1, archived: archived === 1, ...(kept === 1 ? { kept: true } : {}), ...(notes === null ? {} : { notes: JSON.parse(notes) as NoteScope }),
    origins: originsOf(db, 'conversation_id', { of: id, not: ownConversation(id) }),
    ...attachedTo(attachments, null),
    messages: messagesOf(db, id).map((message) => ({ ...message, ...attachedTo(attachments, message.id) })),
  };
}

const attachedTo = (all: ReadonlyMap<string | null, ExportedAttachment[]>, id: string | null) => (all.has(id) ? { attachments: all.get(id)! } : {});

type Remembered = { scope: 'shared' | 'own' | 'none' | null; memoryPersona: string | null; memoryPinned: number | null; replacedBy: string | null; keptIn: string | null; alone: number | null; marked: number };

function messagesOf(db: Database, conversationId: string): ExportedMessage[] {
  const rows = prepared<MessageRow & Remembered>(
    db,
    `SELECT message.*, memory.scope, memory.persona_id AS memoryPersona, memory.pinned AS memoryPinned, memory.replaced_by AS replacedBy, memory.kept_in AS keptIn, memory.kept_alone AS alone,
       EXISTS (SELECT 1 FROM imported WHERE imported.message = message.seq) AS marked
     FROM message LEFT JOIN memory ON memory.message_id = message.id WHERE message.conversation_id = ? ORDER BY message.seq`,
  ).all(conversationId);
  return rows.map((row) => ({
    id: row.id, parentId: row.parent_id, role: row.role, speaker: row.speaker, caption: row.caption, text: row.text, createdAt: row.created_at,
    // What is being written just now may go on; here it ends.
    status: row.status === 'growing' ? 'stopped' : row.status,
    failure: row.failure,
    personaId: row.persona_id,
    citations: JSON.parse(row.citations) as Citation[],
    given: madeFrom(row.given),
    quoted: row.quoted === 1,
    stats: row.stats === null ? null : (JSON.parse(row.stats) as ExportedMessage['stats']),
    memory: row.scope === null ? null : { scope: row.scope, personaId: row.memoryPersona, pinned: row.memoryPinned === 1, replacedBy: row.replacedBy, ...keptOf(row) },
    origins: row.marked === 1 ? originsOf(db, 'message', { of: row.seq, not: ownMessage(conversationId, row.id) }) : [],
  }));
}

const keptOf = ({ keptIn, alone }: Pick<Remembered, 'keptIn' | 'alone'>) => ({ ...(keptIn === null ? {} : { keptIn }), ...(alone === 1 ? { keptAlone: true } : {}) });

/** What the owner was asked, and the forgettings that were told of, are not for a file. */
function madeFrom(stored: string): ExportedMessage['given'] {
  const { proposal: _proposal, forgettings: _forgettings, ...made } = readGiven(stored);
  return made;
}

function originsOf(db: Database, column: 'conversation_id' | 'message', { of, not }: { of: string | number; not: Buffer }): string[] {
  return prepared(db, `SELECT lower(hex(hash)) FROM imported WHERE ${column} = ? AND hash <> ? ORDER BY hash`).pluck().all(of, not) as string[];
}

/** Not of conversations that are being deleted, whose messages are not in the file. */
const deleted = 'SELECT id FROM conversation WHERE deleted_at IS NOT NULL';
const standing = `(memory.conversation_id IS NULL OR memory.conversation_id NOT IN (${deleted})) AND (memory.kept_in IS NULL OR memory.kept_in NOT IN (${deleted}))`;

/** Lines the owner wrote that are to be kept to a conversation themselves. */
export const writtenAlone = (db: Database): Set<string> => new Set(prepared(db, `SELECT id FROM memory WHERE kept_alone = 1 AND kind = 'written'`).pluck().all() as string[]);

type ClaimRow = Omit<ExportedClaim, 'ended' | 'change' | 'settled' | 'pinned' | 'merged'> & { merged: string | null; ended: number; change: number; settled: number; pinned: number };

/** In the order in which they came to be known. */
export function* exportedClaims(db: Database): Generator<ExportedClaim> {
  const rows = db.prepare<unknown[], ClaimRow>(
    `SELECT claim.id, claim.memory_id AS memoryId, claim.subject, claim.slot, claim.value, claim.text, claim.quote, claim.quote_start AS start, claim.quote_end AS "end",
       claim.ended, claim.change, claim.since, claim.asserted_at AS assertedAt, claim.origin, claim.status, claim.superseded_by AS supersededBy,
       claim.conflict_with AS conflictWith, claim.settled, claim.pinned, claim.merged_from AS merged
     FROM claim JOIN memory ON memory.id = claim.memory_id WHERE ${standing} ORDER BY claim.seq`,
  );
  for (const row of rows.all()) yield { ...row, ended: row.ended === 1, change: row.change === 1, settled: row.settled === 1, pinned: row.pinned === 1, merged: mergedOf(row.merged) };
}

function mergedOf(json: string | null): ExportedClaim['merged'] {
  if (!json?.startsWith('{')) return null;
  const { subject, slot, value, text } = JSON.parse(json) as NonNullable<ExportedClaim['merged']>;
  return { subject, slot, value, text };
}

export const exportedProfiles = (db: Database): ExportedProfile[] =>
  db.prepare<unknown[], ExportedProfile>('SELECT id, text, basis, edited_at AS editedAt FROM profile ORDER BY id').all();

export const exportedJobs = (db: Database): ExportedJob[] =>
  db.prepare<unknown[], ExportedJob>(`SELECT memory.id AS memoryId, job.stage AS "by" FROM job JOIN memory ON memory.seq = job.seq WHERE ${standing} ORDER BY memory.created_at, memory.id`).all();
