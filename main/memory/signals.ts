/** What speaks for a memory as the answer to a question, each a number from 0 to 1, or against it. Pure. */
import type { MemoryRow } from '../store/memoryRecall.ts';
import type { Asked, Tense } from './asked.ts';
import { anyOf } from '../times/asking.ts';
import { mayTell } from '../times/read.ts';
import { datedness } from './dated.ts';
import type { Signals } from './levers.ts';
import type { Spot } from './rank.ts';
import { wordsOf } from '../meaning/words.ts';

export type Candidate = { row: MemoryRow; spot: Spot };

/** How much a question wants what was told last. Of others than the owner more is asked that never changes. */
const newest: Record<Tense, { owner: number; others: number }> = {
  now: { owner: 1, others: 1 },
  present: { owner: 0.3, others: 0.1 },
  past: { owner: 0, others: 0 },
  former: { owner: -0.2, others: -0.2 },
};
const wantsNewest = ({ tense, aboutOwner }: Asked) => newest[tense][aboutOwner ? 'owner' : 'others'];

/** `newness`: 0 for the oldest of all candidates, 1 for the newest. */
export function signalsOf({ row, spot }: Candidate, asked: Asked, newness: number): Signals {
  return {
    /** How much of the question is said here or just around. */
    said: spot.sense,
    /** How much of it this memory says itself. */
    matched: spot.matched,
    /** Its sitting is about the matter: by words, by meaning. */
    sitting: spot.prior,
    sittingNear: spot.priorNearness,
    /** It, or what stands around it, is close in meaning. */
    near: spot.nearness,
    /** Who is asked about speaks. */
    named: Number(isNamed(row, asked)),
    /** A time is told where one is asked for, or a habit where it is asked how often. */
    time: Number((asked.when && (asked.english ? tellsTime.test(row.text) : mayTell(row.text))) || (asked.howOften && tellsHabit.test(row.text))),
    /** It is of the time that the question names. */
    dated: datedness(row, asked.times),
    /** Names that the question does not have: a fact is more often told with one. */
    names: Math.min(mostNames, newNames(row.text, asked)) / mostNames,
    /** It ends with a question, and the answer to that stands in what follows. */
    asks: Number(row.asks === 1),
    /** What was told later is how it is now. */
    recent: wantsNewest(asked) * newness,
  };
}

/** Of each candidate among all of them, by when it was said. */
export function newnessAmong(candidates: Candidate[]): (candidate: Candidate) => number {
  const times = candidates.map(({ row }) => row.createdAt);
  const [oldest, newest] = [Math.min(...times), Math.max(...times)];
  return ({ row }) => (row.createdAt - oldest) / Math.max(1, newest - oldest);
}

const mostNames = 3;

const newNames = (text: string, asked: Asked) => [...text.matchAll(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}+/gu)].filter(([name]) => !asked.words.has(name.toLowerCase())).length;

function isNamed(row: MemoryRow, asked: Asked): boolean {
  if (row.speaker === null) return row.role === 'user' ? asked.aboutOwner : asked.aboutAssistant;
  return wordsOf(row.speaker).some((name) => asked.words.has(name));
}

const tellsHabit = anyOf(
  'every|each|daily|weekly|monthly|yearly|always|often|usually|sometimes|never|once|twice|times|jede[nrs]?|täglich|wöchentlich|immer|oft|manchmal|nie|(?:ein|zwei|drei|vier)mal|mal|chaque|tous les|toutes les|toujours|souvent|jamais|fois|cada|todos los|todas las|siempre|a menudo|nunca|vez|veces',
  '毎|いつも|よく|時々|たまに|回|度',
);

const tellsTime =
  /\d|\b(?:yesterday|today|tonight|tomorrow|last|next|ago|week(?:end)?|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|recently|since|summer|winter|spring|autumn|fall)\b/iu;
