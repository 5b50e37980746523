/** What the owner may ask and decide about claims. */
import type { Claim } from '../contract/claim.ts';
import type { Handlers } from '../contract/contract.ts';
import { AppError } from '../contract/errors.ts';
import { jobsDone } from '../store/claimJobs.ts';
import { claimConflicts, claimHistory, listClaims, proposedClaims } from '../store/claimList.ts';
import { getClaim, insertClaim, setPinned, setSettled, setStatus, toClaim, type ClaimRow } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { writeMemory } from '../store/memories.ts';
import { settleAmong } from './keep.ts';
import { compactLine, valueKey } from './slots.ts';

export type ClaimDependencies = {
  db: Database;
  /** Memories that the rules have still to read. */
  waiting(): number;
  /** Claims, and perhaps the memories they rest on, have changed. */
  changed(): void;
  now(): number;
};

export function createClaims({ db, waiting, changed, now }: ClaimDependencies): Handlers['claims'] {
  const write = <T>(work: () => T): T => {
    const result = db.transaction(work).immediate();
    changed();
    return result;
  };
  const fresh = (id: string): Claim => toClaim(getClaim(db, id));
  return {
    list: (request) => listClaims(db, request),
    history: (request) => claimHistory(db, request),
    conflicts: () => claimConflicts(db),
    waiting: () => ({ count: waiting() }),
    accept: ({ id }) => write(() => (accept(db, getClaim(db, id)), fresh(id))),
    reject: ({ id }) => write(() => (reject(db, getClaim(db, id)), fresh(id))),
    acceptAll: (which) =>
      write(() => {
        const proposed = proposedClaims(db, which);
        for (const claim of proposed) accept(db, claim);
        return { accepted: proposed.length };
      }),
    edit: ({ id, value }) => write(() => fresh(edit(db, getClaim(db, id), { value, at: now() }))),
    pin: ({ id, pinned }) => write(() => (setPinned(db, getClaim(db, id).id, pinned), fresh(id))),
    keepBoth: ({ id }) => write(() => (keepBoth(db, getClaim(db, id)), fresh(id))),
  };
}

/** It counts from now on as if it had been said plainly. */
function accept(db: Database, claim: ClaimRow): void {
  if (claim.status === 'active' || claim.status === 'superseded') return;
  setStatus(db, claim.id, 'active');
  settleAmong(db, claim, claim);
}

/** It stays, so that it does not come back. */
function reject(db: Database, claim: ClaimRow): void {
  setStatus(db, claim.id, 'rejected');
  settleAmong(db, claim, claim);
}

/** The owner's value, as a line written by them: it has a date and a place among the memories like any other. */
function edit(db: Database, claim: ClaimRow, { value, at }: { value: string; at: number }): string {
  const holding = { ...claim, value, ended: false };
  const text = compactLine(holding);
  const { id: memoryId } = writeMemory(db, { text, scope: claim.scope, personaId: claim.personaId, at });
  // The rules would read the line once more.
  jobsDone(db, memoryId);
  const start = text.lastIndexOf(value);
  const id = insertClaim(db, {
    memoryId, subject: claim.subject, slot: claim.slot, value, valueKey: valueKey(value), text, quote: value, start, end: start + value.length,
    single: claim.single, ended: false, change: true, since: null, assertedAt: at, origin: 'owner', status: 'active',
  });
  if (claim.pinned) setPinned(db, id, true);
  // Of several values this one was wrong; of a single one it was right until now.
  if (claim.single) accept(db, claim);
  else setStatus(db, claim.id, 'rejected');
  settleAmong(db, claim, claim);
  return id;
}

function keepBoth(db: Database, claim: ClaimRow): void {
  if (claim.conflictWith === null) throw new AppError('conflict', 'That claim contradicts nothing any more. Nothing was changed.');
  setSettled(db, claim.id);
  setSettled(db, claim.conflictWith);
  settleAmong(db, claim, claim);
}
