/** What the owner may ask and decide about claims. */
import type { Claim, ClaimOrigin, ClaimTopic } from '../contract/claim.ts';
import type { Handlers } from '../contract/contract.ts';
import { claimHistory, listClaims, proposedClaims } from '../store/claimList.ts';
import { getClaim, setStatus, toClaim, type ClaimRow } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { browsing } from './browse.ts';
import { accept, acceptEach, edit, keepBoth, merge, pin, putBack, reject, split } from './decide.ts';
import { profileHandlers } from './profile.ts';
import { topicOf } from './topics.ts';

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
  /** One claim, something decided of it, and what became of it. */
  const deciding = (id: string, decide: (claim: ClaimRow) => void): Claim => write(() => (decide(getClaim(db, id)), fresh(id)));
  const decidingAll = (which: Which, decide: (claims: ClaimRow[]) => void): string[] =>
    write(() => {
      const found = waitingFor(db, which);
      decide(found);
      return found.map(({ id }) => id);
    });
  return {
    ...browsing(db),
    ...profileHandlers({ db, write, now }),
    list: (request) => listClaims(db, request),
    history: (request) => claimHistory(db, request),
    waiting: () => ({ count: waiting() }),
    accept: ({ id }) => deciding(id, (claim) => accept(db, claim)),
    reject: ({ id }) => deciding(id, (claim) => reject(db, claim)),
    acceptAll(which) {
      const ids = decidingAll(which, (claims) => acceptEach(db, claims));
      return { accepted: ids.length, ids };
    },
    rejectAll(which) {
      const ids = decidingAll(which, (claims) => claims.forEach(({ id }) => setStatus(db, id, 'rejected')));
      return { rejected: ids.length, ids };
    },
    putBack: ({ ids, as }) => write(() => (putBack(db, ids, as), {})),
    edit: ({ id, value }) => write(() => fresh(edit(db, getClaim(db, id), { value, at: now() }))),
    pin: ({ id, pinned }) => deciding(id, (claim) => pin(db, claim, pinned)),
    keepBoth: ({ id }) => deciding(id, (claim) => keepBoth(db, claim)),
    merge: ({ id, into }) => deciding(id, (claim) => merge(db, claim, getClaim(db, into))),
    split: ({ id }) => deciding(id, (claim) => split(db, claim)),
  };
}

type Which = { origin: ClaimOrigin | null; slot: string | null; topic?: ClaimTopic | null | undefined };

const waitingFor = (db: Database, { topic = null, ...which }: Which): ClaimRow[] =>
  proposedClaims(db, which).filter(({ slot }) => topic === null || topicOf(slot) === topic);
