/** Claims as the owner looks through them. */
import type { Database } from 'better-sqlite3';
import type { Claim, ClaimOrigin, ClaimStatus } from '../contract/claim.ts';
import { claimColumns, claimTables, notDeleted, toClaim, toClaimRow, type ClaimRow } from './claims.ts';
import { prepared } from './prepared.ts';

export type ClaimsRequest = {
  status: ClaimStatus | 'all';
  /** Of whom; null for everybody. */
  subject: string | null;
  /** Words its line or its quote must hold; empty for all. */
  text: string;
  limit: number;
  /** The last claim of the page before. */
  before: { at: number; id: string } | null;
};

/** Newest first, equal times by id. `total` counts all pages. */
export function listClaims(db: Database, request: ClaimsRequest): { claims: Claim[]; total: number } {
  const words = request.text.trim().split(/\s+/u).filter(Boolean).slice(0, 10);
  const where = [
    notDeleted,
    "memory.scope <> 'none'",
    ...(request.status === 'all' ? [] : ['claim.status = @status']),
    ...(request.subject === null ? [] : ['claim.subject = @subject']),
    ...words.map((_, index) => `(claim.text LIKE @word${index} ESCAPE '\\' OR claim.quote LIKE @word${index} ESCAPE '\\')`),
  ].join(' AND ');
  const values: Record<string, unknown> = {
    ...(request.status === 'all' ? {} : { status: request.status }),
    ...(request.subject === null ? {} : { subject: request.subject }),
    ...Object.fromEntries(words.map((word, index) => [`word${index}`, `%${word.replace(/[\\%_]/gu, String.raw`\$&`)}%`])),
  };
  const { total } = prepared<{ total: number }>(db, `SELECT count(*) AS total FROM ${claimTables} WHERE ${where}`).get(values)!;
  const after = request.before ? { at: request.before.at, id: request.before.id } : {};
  const rows = prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables} WHERE ${where} ${request.before ? 'AND (claim.asserted_at, claim.id) < (@at, @id)' : ''}
     ORDER BY claim.asserted_at DESC, claim.id DESC LIMIT @limit`,
  ).all({ ...values, ...after, limit: request.limit });
  return { claims: rows.map((row) => toClaim(toClaimRow(row))), total };
}

/** Everything ever claimed of it, oldest first, but what was rejected or kept aside. */
export const claimHistory = (db: Database, { subject, slot }: { subject: string; slot: string }): Claim[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables}
     WHERE claim.subject = ? AND claim.slot = ? AND claim.status IN ('active', 'superseded') AND memory.scope <> 'none' AND ${notDeleted} ORDER BY claim.asserted_at, claim.seq`,
  )
    .all(subject, slot)
    .map((row) => toClaim(toClaimRow(row)));

/** Pairs that contradict each other, for the owner to say which is right; newest first. */
export function claimConflicts(db: Database): { older: Claim; newer: Claim }[] {
  const rows = prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.conflict_with IS NOT NULL AND claim.status = 'active' AND memory.scope <> 'none' AND ${notDeleted}
     ORDER BY claim.asserted_at DESC, claim.seq DESC`,
  )
    .all()
    .map(toClaimRow);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return rows.flatMap((newer) => {
    const older = byId.get(newer.conflictWith ?? '');
    return older && isOlder(older, newer) ? [{ older: toClaim(older), newer: toClaim(newer) }] : [];
  });
}

const isOlder = (one: ClaimRow, other: ClaimRow) => one.assertedAt < other.assertedAt || (one.assertedAt === other.assertedAt && one.seq < other.seq);

/** What is proposed, oldest first. */
export const proposedClaims = (db: Database, { origin, slot }: { origin: ClaimOrigin | null; slot: string | null }): ClaimRow[] =>
  prepared(
    db,
    `SELECT ${claimColumns} FROM ${claimTables} WHERE claim.status = 'proposed' AND ${notDeleted} AND (@origin IS NULL OR claim.origin = @origin) AND (@slot IS NULL OR claim.slot = @slot)
     ORDER BY claim.asserted_at, claim.seq`,
  )
    .all({ origin, slot })
    .map(toClaimRow);
