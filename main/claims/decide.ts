/** What the owner decides of claims. Call inside a transaction. */
import type { ClaimStatus } from '../contract/claim.ts';
import { AppError } from '../contract/errors.ts';
import { jobsDone } from '../store/claimJobs.ts';
import { claimsById } from '../store/claimKnown.ts';
import { getClaim, insertClaim, rewriteClaim, sameClaims, scopeOfClaim, setPinned, setSettled, setStatus, type ClaimRow, type Said } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { keptWith, writeMemory } from '../store/memories.ts';
import { settleAmong } from './keep.ts';
import { compactLine, valueKey } from './slots.ts';

const counting = ['active', 'proposed'] as const;

/** It counts from now on as if it had been said plainly, and so does whatever else proposes the same. */
export function accept(db: Database, claim: ClaimRow): void {
  for (const one of withSame(db, claim, ['proposed'])) {
    if (one.status !== 'active' && one.status !== 'superseded') setStatus(db, one.id, 'active');
  }
  settleAmong(db, claim, claim);
}

/** All of these count from now on. */
export function acceptEach(db: Database, claims: readonly ClaimRow[]): void {
  for (const { id } of claims) setStatus(db, id, 'active');
  settleEach(db, claims);
}

/** Of many claims on one thing it is decided once. */
function settleEach(db: Database, claims: readonly ClaimRow[]): void {
  const things = new Map(claims.map((claim) => [JSON.stringify([scopeOfClaim(claim), claim.subject, claim.slot, claim.single || claim.valueKey]), claim]));
  for (const claim of things.values()) settleAmong(db, claim, claim);
}

/** It stays, so that it does not come back; so does whatever else says the same. */
export function reject(db: Database, claim: ClaimRow): void {
  for (const one of withSame(db, claim, claim.status === 'active' ? counting : ['proposed'])) setStatus(db, one.id, 'rejected');
  settleAmong(db, claim, claim);
}

const withSame = (db: Database, claim: ClaimRow, statuses: readonly ClaimStatus[]): ClaimRow[] => [
  claim, ...sameClaims(db, claim, statuses).filter(({ id }) => id !== claim.id),
];

/** As if nothing had been decided. What has gone since stays gone. */
export function putBack(db: Database, ids: readonly string[], as: 'proposed' | 'quarantined'): void {
  const claims = claimsById(db, ids);
  if (claims.some(({ origin }) => origin === 'owner')) throw new AppError('invalid-input', 'What you wrote yourself is no proposal. Nothing was changed; forget it instead.');
  for (const { id } of claims) setStatus(db, id, as);
  settleEach(db, claims);
}

/** The owner's value, as a line written by them: it has a date and a place among the memories like any other. */
export function edit(db: Database, claim: ClaimRow, { value, at }: { value: string; at: number }): string {
  const text = compactLine({ ...claim, value, ended: false });
  const { id: memoryId } = writeMemory(db, { text, scope: claim.scope, personaId: claim.personaId, keptIn: keptWith(db, claim.memoryId), at });
  // The rules would read the line once more.
  jobsDone(db, memoryId);
  const start = text.lastIndexOf(value);
  const id = insertClaim(db, {
    memoryId, subject: claim.subject, slot: claim.slot, value, valueKey: valueKey(value), text, quote: value, start, end: start + value.length,
    single: claim.single, ended: false, change: true, since: null, assertedAt: at, origin: 'owner', status: 'active',
  });
  const before = withSame(db, claim, counting).filter((one) => one.id !== id);
  if (before.some(({ pinned }) => pinned)) setPinned(db, id, true);
  // Of several values this one was wrong; of a single one it was right until now.
  if (claim.single) accept(db, claim);
  else for (const one of before) setStatus(db, one.id, 'rejected');
  settleAmong(db, claim, claim);
  return id;
}

export function pin(db: Database, claim: ClaimRow, pinned: boolean): void {
  for (const one of withSame(db, claim, [claim.status])) setPinned(db, one.id, pinned);
}

export function keepBoth(db: Database, claim: ClaimRow): void {
  if (claim.conflictWith === null) throw new AppError('conflict', 'That claim contradicts nothing any more. Nothing was changed.');
  const other = getClaim(db, claim.conflictWith);
  // Said again on the same day, either would be asked about once more.
  for (const one of [...withSame(db, claim, ['active']), ...withSame(db, other, ['active'])]) setSettled(db, one.id);
  settleAmong(db, claim, claim);
}

/** Whatever says the one says the other from now on, each resting on its own words. */
export function merge(db: Database, claim: ClaimRow, into: ClaimRow): void {
  refuseMerging(claim, into);
  for (const one of withSame(db, claim, counting)) {
    rewriteClaim(db, one.id, { said: saidBy(into), merged: one.merged ?? saidBy(one) });
    if (claim.pinned) setPinned(db, one.id, true);
    setStatus(db, one.id, 'active');
  }
  settleAmong(db, claim, claim);
  accept(db, into);
}

function refuseMerging(claim: ClaimRow, into: ClaimRow): void {
  const counts = [claim, into].every(({ status }) => status === 'active' || status === 'proposed');
  if (!counts) throw new AppError('conflict', 'Only what holds can be merged. Nothing was changed; look at the list again.');
  if (claim.scope !== into.scope || (claim.scope === 'own' && claim.personaId !== into.personaId)) {
    throw new AppError('invalid-input', 'One of them is known to one persona only, so they cannot become one. Nothing was changed.');
  }
  if (claim.keptId !== into.keptId) throw new AppError('invalid-input', 'One of them is kept to a conversation, so they cannot become one. Nothing was changed.');
  if (claim.ended !== into.ended) throw new AppError('invalid-input', 'One says that it holds, the other that it does not. Nothing was changed.');
  if (claim.subject === into.subject && claim.slot === into.slot && claim.valueKey === into.valueKey) {
    throw new AppError('conflict', 'They are one already. Nothing was changed.');
  }
}

const saidBy = ({ subject, slot, value, valueKey: key, text, single }: ClaimRow): Said => ({ subject, slot, value, valueKey: key, text, single });

export function split(db: Database, claim: ClaimRow): void {
  if (claim.merged === null) throw new AppError('conflict', 'That claim was not merged, or is split already. Nothing was changed.');
  rewriteClaim(db, claim.id, { said: claim.merged, merged: null });
  settleAmong(db, claim, claim);
  settleAmong(db, claim, claim.merged);
}
