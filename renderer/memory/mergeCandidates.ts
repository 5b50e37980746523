import type { Claim } from '../../main/contract/claim.ts';

/** More are found by typing. */
const MOST = 30;

/** What may mean the same as this claim, likeliest first: of the same person and kind, then of either, then the rest. */
export const candidates = (claim: Claim, all: readonly Claim[]): Claim[] =>
  all
    .filter((one) => one.id !== claim.id && one.scope === claim.scope && (claim.scope === 'shared' || one.personaId === claim.personaId) && one.keptIn?.id === claim.keptIn?.id && one.ended === claim.ended)
    .map((one) => ({ one, likeness: likeness(one, claim) }))
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, MOST)
    .map(({ one }) => one);

const likeness = (one: Claim, other: Claim): number =>
  2 * Number(one.slot === other.slot) + Number(one.subject === other.subject) + 2 * Number(sharesWord(one.value, other.value));

function sharesWord(one: string, other: string): boolean {
  const words = new Set(wordsOf(one));
  return wordsOf(other).some((word) => words.has(word));
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? [];
