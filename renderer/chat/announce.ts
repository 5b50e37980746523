import { t } from '../messages.ts';
import type { Turn } from './fold.ts';

/** What was said aloud last, of which turn (by its start), and how far into its answer. */
export type Heard = { turn: number | null; upTo: number; words: string };

/** What to say now, after what was heard; the same object when there is nothing new. `lastAnswer` is the text that stands last in the thread. */
export function nextWords(heard: Heard, turn: Turn | null, lastAnswer: string): Heard {
  if (!turn) return heard.turn === null ? heard : ended(heard, lastAnswer);
  if (heard.turn !== turn.startedAt) return { turn: turn.startedAt, upTo: turn.text.length, words: t('chat.announceAsked') };
  if (turn.failure) {
    const words = t('chat.announceFailed', { why: turn.failure.message });
    return heard.upTo === Infinity ? heard : { ...heard, upTo: Infinity, words };
  }
  // A quotation may replace what was streamed by something shorter.
  const { spoken, upTo } = finishedSentences(turn.text, heard.upTo > turn.text.length ? 0 : heard.upTo);
  return spoken ? { turn: turn.startedAt, upTo, words: spoken } : heard;
}

function ended(heard: Heard, lastAnswer: string): Heard {
  const rest = heard.upTo === Infinity ? '' : plain(lastAnswer.slice(heard.upTo));
  return { turn: null, upTo: 0, words: heard.upTo === Infinity ? '' : `${rest} ${t('chat.announceDone')}`.trim() };
}

/** The sentences finished since `from`, and how far that reaches. */
export function finishedSentences(text: string, from: number): { spoken: string; upTo: number } {
  let upTo = from;
  for (const match of text.slice(from).matchAll(/[.!?…:]["”’)\]]*(?=\s)|\n+/g)) upTo = from + match.index + match[0].length;
  return { spoken: plain(text.slice(from, upTo)), upTo };
}

/** Markdown's signs read aloud explain nothing. */
export const plain = (text: string): string =>
  text
    .replace(/^```.*$/gm, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\s{0,3}(?:#{1,6}|>|[-*+]|\d+\.)\s+/gm, '')
    .replace(/[*_`~|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim();
