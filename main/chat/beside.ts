/** What is claimed, in short, beside the quotations it rests on. */
import type { Claim } from '../contract/claim.ts';
import { readQuestion } from '../memory/asked.ts';
import { claimsOf } from '../store/claimRecall.ts';
import { claimsById } from '../store/claimView.ts';
import type { Database } from '../store/database.ts';
import { writtenDay } from './wording.ts';

export type Beside = {
  /** "· Sister: lives in Porto". */
  text: string;
  claims: string[];
};

/** Of a long message the rest stands in the quotation. */
const mostClaims = 3;

/** By memory. What holds no longer only where former days are asked about, and until when it held. */
export function claimsBeside(db: Database, question: string, memoryIds: readonly string[]): Map<string, Beside> {
  const asksFormer = ['past', 'former'].includes(readQuestion(question).tense);
  const wanted = [...claimsOf(db, memoryIds)].map(([id, claims]) => [id, claims.filter((claim) => mayStand(claim, asksFormer)).slice(0, mostClaims)] as const);
  const after = claimsById(db, wanted.flatMap(([, claims]) => claims.flatMap(({ supersededBy }) => supersededBy ?? [])));
  return new Map(wanted.filter(([, claims]) => claims.length > 0).map(([id, claims]) => [id, { text: `· ${claims.map((claim) => inShort(claim, after)).join('; ')}`, claims: claims.map((claim) => claim.id) }]));
}

const mayStand = ({ status }: Claim, asksFormer: boolean) => status === 'active' || (asksFormer && status === 'superseded');

function inShort({ text, supersededBy }: Claim, after: Map<string, Claim>): string {
  const next = supersededBy === null ? undefined : after.get(supersededBy);
  return next ? `${text} (until ${writtenDay(next.since ?? next.assertedAt)})` : text;
}
