/** What speaks for a memory as the answer to a question, each a number from 0 to 1. Pure. */
import type { MemoryRow } from '../store/memoryRecall.ts';
import type { Spot } from './rank.ts';
import { wordsOf } from './words.ts';

export type Candidate = { row: MemoryRow; spot: Spot };

export const signalNames = ['said', 'matched', 'sitting', 'near', 'sittingNear', 'named', 'time', 'names', 'asks'] as const;
export type Signals = Record<(typeof signalNames)[number], number>;

/** What a question tells of its answer. */
export type Asked = { words: Set<string>; when: boolean; aboutOwner: boolean; aboutAssistant: boolean };

export function signalsOf({ row, spot }: Candidate, asked: Asked): Signals {
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
    /** A time is told where one is asked for. */
    time: Number(asked.when && tellsTime.test(row.text)),
    /** Names that the question does not have: a fact is more often told with one. */
    names: Math.min(mostNames, newNames(row.text, asked)) / mostNames,
    /** It ends with a question, and the answer to that stands in what follows. */
    asks: Number(row.asks === 1),
  };
}

export function readQuestion(question: string): Asked {
  const words = new Set(wordsOf(question));
  const any = (...candidates: string[]) => candidates.some((candidate) => words.has(candidate));
  return {
    words,
    when: /^\W*(?:when|how long|since when|what (?:date|day|month|year|time))\b/iu.test(question),
    aboutOwner: any('i', 'me', 'my', 'mine', 'we', 'our', 'us'),
    aboutAssistant: any('you', 'your', 'yours'),
  };
}

const mostNames = 3;

const newNames = (text: string, asked: Asked) => [...text.matchAll(/(?<=[\p{Ll},] )\p{Lu}\p{Ll}+/gu)].filter(([name]) => !asked.words.has(name.toLowerCase())).length;

function isNamed(row: MemoryRow, asked: Asked): boolean {
  if (row.speaker === null) return row.role === 'user' ? asked.aboutOwner : asked.aboutAssistant;
  return wordsOf(row.speaker).some((name) => asked.words.has(name));
}

const tellsTime =
  /\d|\b(?:yesterday|today|tonight|tomorrow|last|next|ago|week(?:end)?|month|year|(?:mon|tues|wednes|thurs|fri|satur|sun)day|january|february|march|april|may|june|july|august|september|october|november|december|recently|since|summer|winter|spring|autumn|fall)\b/iu;
