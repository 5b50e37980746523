/** What counts as right. Pure: a case and an answer in, a verdict out. */
import { admitsIgnorance } from '../../main/chat/standing.ts';
import { contentWords } from '../../main/chat/words.ts';
import { sumOf } from '../../main/tools/sum.ts';
import type { Case } from './cases.ts';

/** Trimmed, every run of white space one space. */
export const folded = (text: string): string => text.trim().replace(/\s+/gu, ' ');

export const isExact = (given: Case, answer: string): boolean => [given.expect, ...given.accept].some((right) => folded(right) === folded(answer));

/** The marks in an answer, `[2]`, each once. */
export const marksOf = (answer: string): number[] => [...new Set([...answer.matchAll(/\[(\d+)\]/gu)].map(([, mark]) => Number(mark)))];

export const withoutMarks = (answer: string): string => folded(answer.replace(/\s*\[\d+\]/gu, ''));

/** It names the right line and no other. */
export function citesRight({ mark }: Case, answer: string): boolean {
  const marks = marksOf(answer);
  return marks.length === 1 && marks[0] === mark;
}

/** Upper and lower case are one; a value is not part of a longer word or number, but its plural will do. */
export function saysValue({ value }: Case, answer: string): boolean {
  if (value === null || value.trim() === '') return true;
  const literal = folded(value).replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
  return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?:e?s)?(?![\\p{L}\\p{N}])`, 'iu').test(withoutMarks(answer));
}

/** Says that it is not there: in one of the sentences that some not-there case accepts, or in other words for not knowing. */
export function isRefusal(answer: string, refusals: ReadonlySet<string>): boolean {
  return refusals.has(folded(answer)) || admitsIgnorance(answer);
}

export const refusalsOf = (cases: Case[]): ReadonlySet<string> =>
  new Set(cases.filter(({ ability }) => ability.startsWith('notThere')).flatMap(({ expect, accept }) => [expect, ...accept].map(folded)));

const longestTitle = 60;

/** Two to six words and sixty characters at most, no full stop, naming something, and only what was said. */
export function isTitle({ messages }: Case, answer: string): boolean {
  const title = answer.trim();
  const words = title.split(/\s+/u).filter(Boolean).length;
  if (words < 2 || words > 6 || title.length > longestTitle || /[\n.]/u.test(title)) return false;
  const said = new Set(contentWords(messages.filter(({ role }) => role !== 'system').map(({ text }) => text).join(' ')));
  const named = contentWords(title);
  return named.length > 0 && named.every((word) => said.has(word));
}

type ToolCall = { tool: string; input: string };

/** The right tool with the right input, as one JSON object of those two keys and nothing around it. */
export function isToolCall(given: Case, answer: string): boolean {
  const call = readToolCall(answer);
  if (call === null) return false;
  return [given.expect, ...given.accept].some((right) => {
    const wanted = readToolCall(right);
    return wanted !== null && wanted.tool === call.tool && inputKey(wanted) === inputKey(call);
  });
}

export function readToolCall(answer: string): ToolCall | null {
  try {
    const { tool, input, ...rest } = JSON.parse(answer) as Record<string, unknown>;
    return typeof tool === 'string' && typeof input === 'string' && Object.keys(rest).length === 0 ? { tool, input } : null;
  } catch {
    return null;
  }
}

/** A sum is what the app reads in it. */
const inputKey = ({ tool, input }: ToolCall) => (tool === 'calculator' ? (sumOf(input) ?? input) : folded(input));

/** "Yes" or "No" as expected. */
export const isYesNo = (given: Case, answer: string): boolean => firstWord(answer) === firstWord(given.expect);
/** The letter alone, or before anything else. */
export const isChoice = (given: Case, answer: string): boolean => firstWord(answer) === firstWord(given.expect);

const firstWord = (text: string) => /[\p{L}\p{N}]+/u.exec(withoutMarks(text))?.[0].toLowerCase();

/**
 * The rule of an ability. Null where an answer is read by people, not scored. What has no rule of its own must be
 * answered in the very words expected, or some that are accepted.
 */
export function ruleFor(ability: string, refusals: ReadonlySet<string>): ((given: Case, answer: string) => boolean) | null {
  const [first = ''] = ability.split('.');
  const rules: Record<string, (given: Case, answer: string) => boolean> = {
    title: isTitle,
    tool: isToolCall,
    yesNo: isYesNo,
    choice: isChoice,
    general: (given, answer) => (given.value === null ? isExact(given, answer) : saysValue(given, answer)),
  };
  if (first === 'smallTalk') return null;
  if (first.startsWith('notThere')) return (_, answer) => isRefusal(answer, refusals);
  // What follows from a call's result is a sentence, not a call.
  if (first === 'tool' && ability !== 'tool') return isExact;
  return rules[first] ?? isExact;
}
