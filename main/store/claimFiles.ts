/** Claims of a file of ours, beside the memories that came with it. */
import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { ClaimStatus } from '../contract/claim.ts';
import type { ExportedClaim, ExportedJob } from '../contract/exporting.ts';
import { isOurId } from './ids.ts';
import { prepared } from './prepared.ts';

export type ClaimImporting = {
  /** What a memory of the file became here; undefined for one that was here before, whose claims are decided here. */
  memoryOf(id: string): string | undefined;
  /** What follows from a claim, and how far it is believed: a file may say anything. */
  judge(claim: ExportedClaim, text: string): Judged;
};

/** `merged` as it is kept: JSON of what a claim said. */
export type Judged = { valueKey: string; single: boolean; status: ClaimStatus; merged: string | null };

/** A claim whose quote does not stand in its memory is left out. Call inside a transaction; answers how many there are now. */
export function importClaims(db: Database, claims: readonly ExportedClaim[], importing: ClaimImporting): number {
  const kept = claims.flatMap((claim) => {
    const memoryId = importing.memoryOf(claim.memoryId);
    const text = memoryId === undefined ? undefined : textOf(db, memoryId);
    return memoryId !== undefined && text?.slice(claim.start, claim.end) === claim.quote && claim.quote !== '' ? [{ claim, memoryId, text, id: idFor(db, claim.id) }] : [];
  });
  const ids = new Map(kept.map(({ claim, id }) => [claim.id, id]));
  for (const { claim, memoryId, text, id } of kept) {
    const judged = importing.judge(claim, text);
    // What is kept aside decides nothing.
    const counts = judged.status === claim.status;
    write(db, {
      ...claim, ...judged, id, memoryId,
      supersededBy: counts ? (ids.get(claim.supersededBy ?? '') ?? null) : null,
      conflictWith: counts ? (ids.get(claim.conflictWith ?? '') ?? null) : null,
    });
  }
  return kept.length;
}

const textOf = (db: Database, memoryId: string): string | undefined =>
  prepared<{ text: string }>(
    db,
    `SELECT coalesce(message.text, memory.text, '') AS text FROM memory LEFT JOIN message ON message.id = memory.message_id WHERE memory.id = ?`,
  ).get(memoryId)?.text;

const idFor = (db: Database, id: string): string =>
  isOurId(id) && prepared(db, 'SELECT 1 FROM claim WHERE id = ?').get(id) === undefined ? id : randomUUID();

function write(db: Database, claim: Omit<ExportedClaim, 'merged'> & Judged): void {
  prepared(
    db,
    `INSERT INTO claim (id, memory_id, subject, slot, value, value_key, text, quote, quote_start, quote_end, single, ended, change, since, asserted_at, origin, status,
       superseded_by, conflict_with, settled, pinned, merged_from)
     VALUES (@id, @memoryId, @subject, @slot, @value, @valueKey, @text, @quote, @start, @end, @single, @ended, @change, @since, @assertedAt, @origin, @status,
       @supersededBy, @conflictWith, @settled, @pinned, @merged)`,
  ).run({
    ...claim, single: Number(claim.single), ended: Number(claim.ended), change: Number(claim.change), settled: Number(claim.settled), pinned: Number(claim.pinned),
  });
}

/** By what a memory has still to be read for claims; null: by nothing. */
export function setJob(db: Database, memoryId: string, stage: ExportedJob['by'] | null): void {
  if (stage === null) prepared(db, 'DELETE FROM job WHERE seq = (SELECT seq FROM memory WHERE id = ?)').run(memoryId);
  else prepared(db, 'UPDATE job SET stage = ? WHERE seq = (SELECT seq FROM memory WHERE id = ?)').run(stage, memoryId);
}
