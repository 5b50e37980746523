import { fold } from '../chat/find.ts';

/**
 * How well a name answers what was typed, from 0 (not at all) to 1: every word typed must occur in it, best at the
 * beginning of one of its words. Scattered letters are no match: they find everything.
 */
export function matchName(name: string, typed: string): number {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  const text = fold(name);
  const scores = words.map((word) => scoreOf(text, word));
  if (scores.includes(0)) return 0;
  return scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
}

function scoreOf(text: string, word: string): number {
  if (text.startsWith(word)) return 1;
  if (new RegExp(`[\\s\\p{P}]${escaped(word)}`, 'u').test(text)) return 0.9;
  return text.includes(word) ? 0.5 : 0;
}

const escaped = (word: string) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
