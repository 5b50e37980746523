/** Writes what a memory claims, and lets later claims take the place of earlier ones. Call inside a transaction. */
import type { ClaimOrigin, ClaimStatus } from '../contract/claim.ts';
import type { Reading } from '../store/claimJobs.ts';
import {
  claimsAbout, claimsOfMemory, insertClaim, moveQuote, removeClaim, removeOfOlderVersions, renameSubject, rivals, scopeOfClaim, setStanding, subjectsCalled, subjectsLike,
  type ClaimRow, type ClaimScope,
} from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { isUnique } from './english.ts';
import { settle } from './settle.ts';
import { compactLine, familyOf, sameThing, valueKey, type ClaimDraft } from './slots.ts';

/**
 * Makes the claims by rule of a memory those of its text as it now reads. What is there already stays as it is, with what
 * the owner decided of it; what no longer rests on the text goes.
 */
export function keepRead(db: Database, reading: Reading, drafts: readonly ClaimDraft[]): void {
  const before = claimsOfMemory(db, reading.memoryId);
  if (reading.messageId !== null) removeOfOlderVersions(db, reading.messageId);
  const wanted = reading.stale ? [] : drafts.flatMap((draft) => resolved(db, reading, draft));
  for (const row of before) if (!stillRests(row, reading, wanted)) forgetClaim(db, row);
  for (const draft of wanted) keepOne(db, reading, { draft, origin: 'rule', status: statusOf(draft, reading) });
}

/** Claims that the model proposes: whatever the owner has not seen yet counts for nothing. Returns how many are new. */
export function keepProposals(db: Database, reading: Reading, drafts: readonly ClaimDraft[]): number {
  const kept = drafts
    .flatMap((draft) => resolved(db, reading, draft))
    .filter((draft) => keepOne(db, reading, { draft, origin: 'model', status: draft.hostile ? 'quarantined' : 'proposed' }));
  return kept.length;
}

/** What is imported, or somebody else's, is proposed; what reads like an order is kept aside. */
const statusOf = (draft: ClaimDraft, reading: Reading): ClaimStatus => (draft.hostile ? 'quarantined' : reading.foreign ? 'proposed' : 'active');

function stillRests(row: ClaimRow, { text, stale }: Reading, wanted: readonly ClaimDraft[]): boolean {
  if (row.origin === 'rule') return wanted.some((draft) => isSame(row, draft));
  return row.origin === 'owner' || (!stale && text.includes(row.quote));
}

/** A merged claim is known by what it said before; its subject may have got a name since. */
function isSame(row: ClaimRow, draft: ClaimDraft): boolean {
  if (row.ended !== draft.ended) return false;
  const { merged } = row;
  if (merged) return merged.slot === draft.slot && merged.valueKey === valueKey(draft.value) && row.quote === draft.quote;
  return row.subject === draft.subject && row.slot === draft.slot && row.valueKey === valueKey(draft.value);
}

type Keeping = { draft: ClaimDraft; origin: ClaimOrigin; status: ClaimStatus };

/** False when it was there. */
function keepOne(db: Database, reading: Reading, { draft, origin, status }: Keeping): boolean {
  const known = claimsOfMemory(db, reading.memoryId).find((row) => isSame(row, draft));
  if (known) {
    moveQuote(db, known.id, draft);
    return false;
  }
  const { subject, slot, value, quote, start, end, single, ended, change, since } = draft;
  insertClaim(db, {
    memoryId: reading.memoryId, subject, slot, value, valueKey: valueKey(value), text: compactLine(draft), quote, start, end, single, ended, change, since,
    assertedAt: reading.at, origin, status,
  });
  if (status === 'active') settleAmong(db, reading, draft);
  return true;
}

export function forgetClaim(db: Database, row: ClaimRow): void {
  removeClaim(db, row.id);
  settleAmong(db, row, row);
}

/** Decides anew between all claims on one thing. */
export function settleAmong(db: Database, scope: ClaimScope, { subject, slot, value, single }: Pick<ClaimDraft, 'subject' | 'slot' | 'value' | 'single'>): void {
  // Of a slot with several values each stands for itself.
  const rows = rivals(db, scopeOfClaim(scope), { subject, slots: familyOf(slot), valueKey: single ? null : valueKey(value) });
  const outcomes = settle(rows);
  for (const row of rows) {
    const { supersededBy, conflictWith } = outcomes.get(row.id)!;
    if (row.supersededBy === supersededBy && row.conflictWith === conflictWith && (row.status === 'superseded') === (supersededBy !== null)) continue;
    setStanding(db, row.id, { status: supersededBy === null ? 'active' : 'superseded', supersededBy, conflictWith });
  }
}

/** With whom and what it speaks of as they are known here; nothing where that is unknown, or could be several. */
function resolved(db: Database, reading: Reading, draft: ClaimDraft): ClaimDraft[] {
  const subject = draft.bareName ? whoIs(db, reading, draft.subject) : whichOf(db, reading, draft.subject);
  if (subject === null) return [];
  const about = { ...draft, subject };
  return draft.ended ? endOf(db, reading, about) : [about];
}

/** "Ana": the sister of that name. */
function whoIs(db: Database, reading: Reading, name: string): string | null {
  const scope = scopeOfClaim(reading);
  const found = new Set([...subjectsCalled(db, scope, name), ...subjectsLike(db, scope, name).filter((subject) => subject.endsWith(` ${name}`))]);
  return found.size === 1 ? [...found][0]! : null;
}

/** "sister", where only one is known by name, is that one; and who was only "sister" becomes "sister Ana". */
function whichOf(db: Database, reading: Reading, subject: string): string {
  if (subject === 'you' || isUnique(subject)) return subject;
  const [, relation = subject, name] = /^(.*?)(?: (\p{Lu}.*))?$/u.exec(subject) ?? [];
  const known = subjectsLike(db, scopeOfClaim(reading), relation).filter((one) => one === relation || /^ \p{Lu}/u.test(one.slice(relation.length)));
  const named = known.filter((one) => one !== relation);
  if (name === undefined) return named.length === 1 && !known.includes(relation) ? named[0]! : relation;
  if (known.includes(relation) && named.length === 0) becomeNamed(db, reading, { relation, subject });
  return subject;
}

function becomeNamed(db: Database, reading: Reading, { relation, subject }: { relation: string; subject: string }): void {
  for (const row of claimsAbout(db, scopeOfClaim(reading), relation)) renameSubject(db, row.id, { subject, text: compactLine({ ...row, subject }) });
}

/** What ends goes by the value it ends: "my Volvo" ends "a blue Volvo"; an end without a value, whatever stands. */
function endOf(db: Database, reading: Reading, draft: ClaimDraft): ClaimDraft[] {
  const { subject, slot, value } = draft;
  const standing = rivals(db, scopeOfClaim(reading), { subject, slots: [slot], valueKey: null }).filter((row) => !row.ended && row.assertedAt <= reading.at && sameThing(value, row.value));
  const ended = standing.findLast((row) => row.status === 'active') ?? standing.at(-1);
  if (ended) return [{ ...draft, value: ended.value }];
  return draft.onlyIfKnown || value === '' ? [] : [draft];
}
