/** What was recalled, as the owner sees it: the sentence, why it ranked, and whether the answer drew on it. Pure. */
import type { MemoryCitation } from '../contract/memory.ts';
import type { MemoryRow } from '../store/memoryRecall.ts';
import type { Ranked } from './order.ts';
import { contentStems, wordsOf } from '../meaning/words.ts';

/** Longer messages are quoted around what was found. Characters. */
const longestQuote = 1_200;

/** `met`: the words of the memory that the question met, as they stand there. */
export function toCitation(ranked: Ranked, mark: number, met: string[]): MemoryCitation {
  const { row, scores } = ranked;
  return { ...cited(row, mark), quote: quoteOf(row, met), scores, why: reasons(ranked, met) };
}

/** A memory cited without having been searched for: pinned, or among the latest. */
export const toPlainCitation = (row: MemoryRow, mark: number): MemoryCitation => ({
  ...cited(row, mark),
  quote: quoteOf(row, []),
  scores: { words: 0, meaning: 0, neighbours: 0, sitting: 0, total: 0 },
  why: [row.pinned ? 'pinned' : 'among the latest you told'],
});

const cited = (row: MemoryRow, mark: number) => ({
  mark,
  memoryId: row.id,
  messageId: row.messageId,
  conversationId: row.conversationId,
  conversationTitle: row.conversationTitle,
  role: row.role,
  saidAt: row.createdAt,
  used: false,
});

function quoteOf(row: MemoryRow, met: string[]): string {
  const said = row.text.trim();
  const shown = row.caption === null ? '' : `[${row.caption}]`;
  const text = [row.speaker === null ? '' : `${row.speaker}:`, passage(said, met), shown].filter((part) => part !== '').join(' ');
  return text;
}

/** The whole text, or the part of a long one where most of the words stand, cut at spaces. */
export function passage(text: string, words: string[]): string {
  if (text.length <= longestQuote) return text;
  const folded = text.toLowerCase();
  const at = [...new Set(words.map((word) => word.toLowerCase()))].flatMap((word) => positions(folded, word)).sort((a, b) => a - b);
  const start = at.reduce(
    (best, from, index) => {
      const count = at.findIndex((position, later) => later > index && position > from + longestQuote * 0.8);
      const inside = (count === -1 ? at.length : count) - index;
      return inside > best.inside ? { from, inside } : best;
    },
    { from: 0, inside: 0 },
  );
  const from = Math.max(0, Math.min(start.from - longestQuote * 0.1, text.length - longestQuote));
  const cut = text.slice(from, from + longestQuote);
  return `${from > 0 ? `…${cut.replace(/^\S*\s/u, '')}` : cut}${from + longestQuote < text.length ? '…' : ''}`.replace(/\s\S*…$/u, '…');
}

function positions(text: string, word: string): number[] {
  const found: number[] = [];
  for (let at = text.indexOf(word); at !== -1 && found.length < 50; at = text.indexOf(word, at + word.length)) found.push(at);
  return found;
}

function reasons({ row, spot, through, scores }: Ranked, met: string[]): string[] {
  const shared = [...new Set(met.map((word) => word.toLowerCase()))];
  const itself = through === null;
  const list: [applies: boolean, reason: string][] = [
    [through === 'correction', 'corrects what was found'],
    [through === 'update', 'says how it is now'],
    [through === 'answer', 'an earlier answer drew on it'],
    [shared.length > 0, `shares ${shared.map((word) => `“${word}”`).join(', ')}`],
    [itself && scores.meaning > 0, 'close in meaning'],
    [itself && spot.neighbours > spot.words, 'said next to a match'],
    [itself && shared.length === 0 && spot.prior > 0.8, 'from a conversation about this'],
    [row.pinned, 'pinned'],
    [row.kind === 'written', 'written down by you'],
  ];
  return list.flatMap(([applies, reason]) => (applies ? [reason] : []));
}

/**
 * Marks the citations that the answer drew on: it says something that the citation says and the question does not, or,
 * where there is nothing new to say ("Yes, it is"), it comes closest to the citation's words.
 */
export function markUsed(answer: string, question: string, citations: MemoryCitation[]): MemoryCitation[] {
  const said = contentStems(answer);
  const asked = contentStems(question);
  return citations.map((citation) => {
    const held = [...contentStems(citation.quote)];
    const told = held.filter((word) => !asked.has(word));
    const repeated = told.filter((word) => said.has(word)).length;
    const agreed = held.filter((word) => said.has(word)).length;
    const used = told.length > 0 ? repeated >= Math.min(2, told.length) || (repeated > 0 && agreed >= 2) : agreed > 0 && agreed === held.length;
    return { ...citation, used };
  });
}

/** About how many tokens a text takes as a remembered line in a prompt; a long one is quoted in part. */
export function tokensOfText(text: string): number {
  const quoted = text.slice(0, longestQuote);
  return Math.trunc(Math.max(quoted.trim().split(/\s+/u).length, wordsOf(quoted).length / 2) * 1.33) + 4;
}
