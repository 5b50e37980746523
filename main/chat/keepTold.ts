import { claimsNow } from '../claims/readJob.ts';
import { setPinned } from '../store/claims.ts';
import { claimsBefore } from '../store/claimView.ts';
import type { ChatDependencies } from './chatTypes.ts';
import { toldClaim } from './claimText.ts';
import { citedIn, plainly, type Done, type Looking } from './done.ts';
import { keptTold } from './wording.ts';

/** "Remember that…": it is a memory like anything said; what the rules read in it is pinned, and said back. */
export function keepTold(deps: ChatDependencies, { conversation, history, view }: Looking, { said, plain, here }: { said: string; plain: boolean; here: boolean }): Done | null {
  const { db, changed } = deps.keeping;
  const { id } = history.at(-1)!;
  const claims = claimsNow(db, id).filter(({ status }) => status === 'active');
  if (plain && claims.length === 0) return null;
  for (const claim of claims) setPinned(db, claim.id, true);
  changed();
  const citations = citedIn(deps, view, [{ id, why: 'you asked me to remember it' }]);
  const before = claimsBefore(db, view, claims.map((claim) => claim.id));
  return { ...plainly(keptTold({ said, here: here || conversation.kept, claims: claims.map(toldClaim), before: before.map(toldClaim) }), citations), given: { lines: [], claims: claims.map((claim) => claim.id) } };
}
