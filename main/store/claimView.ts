/** Claims and carriers as a persona may see them. */
import type { Database } from 'better-sqlite3';
import type { Claim } from '../contract/claim.ts';
import { notReplacedHere } from './claimRecall.ts';
import { claimColumns, claimTables, notDeleted, toClaim, toClaimRow } from './claims.ts';
import { inView, viewParameters as parameters, type View } from './memoryRecall.ts';
import { prepared } from './prepared.ts';

/** What holds of these subjects now, oldest first. */
export const presentClaimsOf = (db: Database, view: View, subjects: readonly string[]): Claim[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables}
     WHERE claim.subject IN (SELECT value FROM json_each(@subjects)) AND claim.status = 'active' AND claim.ended = 0 AND ${inView} AND ${notDeleted} AND ${notReplacedHere}
     ORDER BY claim.asserted_at, claim.seq`,
  )
    .all({ ...parameters(view), subjects: JSON.stringify(subjects) })
    .map((row) => toClaim(toClaimRow(row)));

/** Everybody of whom something is claimed, with the names they go by. */
export const subjectsIn = (db: Database, view: View): { subject: string; name: string | null }[] =>
  prepared<{ subject: string; name: string | null }>(
    db,
    `SELECT claim.subject, max(CASE claim.slot WHEN 'name' THEN claim.value END) AS name FROM ${claimTables}
     WHERE claim.status = 'active' AND claim.ended = 0 AND claim.subject <> 'you' AND ${inView} AND ${notDeleted} GROUP BY claim.subject`,
  ).all(parameters(view));

/** Whose place these claims have taken. */
export const claimsBefore = (db: Database, view: View, ids: readonly string[]): Claim[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.superseded_by IN (SELECT value FROM json_each(@ids)) AND ${inView} AND ${notDeleted}
     ORDER BY claim.asserted_at, claim.seq`,
  )
    .all({ ...parameters(view), ids: JSON.stringify(ids) })
    .map((row) => toClaim(toClaimRow(row)));

/** A conversation that is gone, or does not keep to itself, or is the one looked from. */
const open = '(conversation.id IS NULL OR conversation.kept = 0 OR conversation.id = @conversationId)';

/** Those of these messages that neither another persona nor another conversation keeps for itself alone. */
export const messagesIn = (db: Database, view: View, ids: readonly string[]): Set<string> =>
  new Set(
    prepared(
      db,
      `SELECT asked.value FROM json_each(@ids) AS asked LEFT JOIN memory ON memory.message_id = asked.value
         LEFT JOIN message ON message.id = asked.value LEFT JOIN conversation ON conversation.id = message.conversation_id
       WHERE CASE WHEN memory.seq IS NULL THEN ${open} ELSE ${inView} END`,
    )
      .pluck()
      .all({ ...parameters(view), ids: JSON.stringify(ids) }) as string[],
  );

/** Those of these conversations in which something is said that is in view, or nothing is kept. */
export const conversationsIn = (db: Database, view: View, ids: readonly string[]): Set<string> =>
  new Set(
    prepared(
      db,
      `SELECT asked.value FROM json_each(@ids) AS asked
       LEFT JOIN conversation ON conversation.id = asked.value
       WHERE (${open} AND NOT EXISTS (SELECT 1 FROM memory WHERE memory.conversation_id = asked.value))
         OR EXISTS (SELECT 1 FROM memory WHERE memory.conversation_id = asked.value AND ${inView})`,
    )
      .pluck()
      .all({ ...parameters(view), ids: JSON.stringify(ids) }) as string[],
  );

/** Those of these memories, and of these claims, that are in view. */
export const memoriesIn = (db: Database, view: View, ids: readonly string[]): Set<string> =>
  new Set(
    prepared(
      db,
      `SELECT memory.id FROM json_each(@ids) AS asked JOIN memory ON memory.id = asked.value WHERE ${inView}
       UNION SELECT claim.id FROM json_each(@ids) AS asked JOIN claim ON claim.id = asked.value JOIN memory ON memory.id = claim.memory_id WHERE ${inView}`,
    )
      .pluck()
      .all({ ...parameters(view), ids: JSON.stringify(ids) }) as string[],
  );

/** Those of these claims that are still there. */
export const claimsById = (db: Database, ids: readonly string[]): Map<string, Claim> =>
  new Map(
    prepared(db, `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.id IN (SELECT value FROM json_each(?)) AND ${notDeleted}`)
      .all(JSON.stringify(ids))
      .map((row) => toClaim(toClaimRow(row)))
      .map((claim) => [claim.id, claim]),
  );
