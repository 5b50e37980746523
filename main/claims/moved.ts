/** What becomes of claims when memories are kept to a conversation, or no longer. Call inside the transaction that moved them. */
import { queueForRules, queueSharing } from '../store/claimJobs.ts';
import { restingText } from '../store/claimKnown.ts';
import { claimsAbout, claimsOfMemory, claimsSaying, renameSubject, rewriteClaim, scopeOfClaim, subjectsLike, type ClaimRow, type ClaimScope } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import type { Moved } from '../store/keeping.ts';
import { isUnique } from './english.ts';
import { settleAmong } from './keep.ts';
import { claimsNow } from './readJob.ts';
import { compactLine } from './slots.ts';

/**
 * Where claims have gone, what they took the place of stands again, and nothing is called there by what only they said;
 * where they have come to, they count among the others.
 */
export function settleMoved(db: Database, moved: readonly Moved[]): void {
  const claims = moved.flatMap(({ id, from }) => claimsOfMemory(db, id).map((claim) => ({ claim, left: { ...scopeOfClaim(claim), keptId: from } })));
  for (const { claim, left } of unique(claims, ({ claim, left }) => [left, claim.subject, claim.slot, claim.valueKey])) {
    unsay(db, left, claim);
    if (claim.keptId === null) queueEnding(db, claim);
  }
  for (const { claim, left } of unique(claims, ({ claim, left }) => [left, claim.subject])) {
    unname(db, left, claim.subject);
    name(db, scopeOfClaim(claim), claim.subject);
  }
  // Under the names they go by now.
  const settled = moved.flatMap(({ id, from }) => claimsOfMemory(db, id).flatMap((claim) => [{ claim, scope: scopeOfClaim(claim) }, { claim, scope: { ...scopeOfClaim(claim), keptId: from } }]));
  for (const { claim, scope } of unique(settled, ({ claim, scope }) => [scope, claim.subject, claim.slot, claim.single || claim.valueKey])) settleAmong(db, scope, claim);
}

function unique<T>(all: readonly T[], keyOf: (one: T) => unknown): T[] {
  return [...new Map(all.map((one) => [JSON.stringify(keyOf(one)), one])).values()];
}

/** What was merged into its words reads again as it did; what ended it by a name of its own is read again. */
function unsay(db: Database, left: ClaimScope, claim: ClaimRow): void {
  const same = claimsSaying(db, left, claim);
  for (const one of same) {
    if (one.merged && !same.some(({ merged }) => merged === null)) {
      const said = one.merged;
      rewriteClaim(db, one.id, { said, merged: null });
      settleAmong(db, left, said);
    } else if (one.ended && !restingText(db, one.memoryId).toLowerCase().includes(one.value.toLowerCase())) {
      queueForRules(db, one.memoryId);
      claimsNow(db, one.memoryId);
    }
  }
}

/** "I sold my Volvo", said elsewhere meanwhile, may have ended it. */
function queueEnding(db: Database, { value, single, ended, assertedAt }: ClaimRow): void {
  const words = value.match(/[\p{L}\p{N}]+/gu)?.slice(0, 10) ?? [];
  if (!single && !ended && words.length > 0) queueSharing(db, words.map((word) => `"${word}"`).join(' OR '), assertedAt);
}

/** "sister Ana" in two; null for whoever needs no name, or has none. */
function namedRelation(subject: string): { relation: string; called: string } | null {
  const [, relation, called] = /^(\P{Lu}*?) (\p{Lu}.*)$/u.exec(subject) ?? [];
  return relation === undefined || called === undefined || isUnique(relation) ? null : { relation, called };
}

/** Whoever is nowhere called by name any more. */
function unname(db: Database, left: ClaimScope, subject: string): void {
  const parts = namedRelation(subject);
  const about = parts ? claimsAbout(db, left, subject) : [];
  if (!parts || about.some(({ memoryId }) => restingText(db, memoryId).includes(parts.called))) return;
  rename(db, left, { from: subject, to: parts.relation });
}

/** Where one of these is known by name, who has none is that one. */
function name(db: Database, scope: ClaimScope, subject: string): void {
  const relation = namedRelation(subject)?.relation ?? subject;
  if (relation === 'you' || isUnique(relation)) return;
  const known = subjectsLike(db, scope, relation).filter((one) => one === relation || namedRelation(one)?.relation === relation);
  const [named, another] = known.filter((one) => one !== relation);
  if (named !== undefined && another === undefined && known.includes(relation)) rename(db, scope, { from: relation, to: named });
}

function rename(db: Database, scope: ClaimScope, { from, to }: { from: string; to: string }): void {
  const rows = claimsAbout(db, scope, from);
  for (const row of rows) renameSubject(db, row.id, { subject: to, text: compactLine({ ...row, subject: to }) });
  for (const row of rows) settleAmong(db, scope, { ...row, subject: to });
}
