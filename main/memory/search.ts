/** The owner's search over titles, messages and memories, as they type. */
import type { SearchHit } from '../contract/memory.ts';
import type { Database } from '../store/database.ts';
import { marks, searchWords, titles, type TitleRow, type WordsHit } from '../store/searchWords.ts';
import { wordsQuery } from '../store/wordsQuery.ts';
import { excerpt, type Excerpt } from './excerpt.ts';
import { foldedWords, searchTerms, type SearchTerms } from './searchTerms.ts';

/** Titles come first, but leave room for what was said. */
const mostTitles = 8;

/** All words must occur, "quoted ones" in order, the last one as its beginning. Best first, titles before the rest. */
export function searchEverything(db: Database, request: { text: string; limit: number }): SearchHit[] {
  const terms = searchTerms(request.text);
  if (terms.words.length === 0) return [];
  const named = titles(db).filter((row) => holdsAll(row.title, terms)).slice(0, Math.min(mostTitles, request.limit)).map((row) => titleHit(row, terms));
  const said = wordsHits(db, request.limit, terms).slice(0, request.limit - named.length);
  return [...named, ...said];
}

function holdsAll(title: string, { words, typing, phrases }: SearchTerms): boolean {
  const held = foldedWords(title);
  const whole = ` ${held.join(' ')}`;
  return (
    words.every((word, index) => held.some((candidate) => (typing && index === words.length - 1 ? candidate.startsWith(word) : candidate === word))) &&
    phrases.every((phrase) => `${whole} `.includes(` ${phrase} `))
  );
}

function titleHit(row: TitleRow, { words }: SearchTerms): SearchHit {
  const ranges = [...row.title.matchAll(/[\p{L}\p{N}\p{M}]+/gu)]
    .filter(([word]) => words.some((wanted) => foldedWords(word)[0]?.startsWith(wanted)))
    .map((found): [number, number] => [found.index, found.index + found[0].length]);
  return { kind: 'conversation', id: row.id, conversationId: row.id, title: row.title, snippet: row.title, marks: ranges, role: null, at: row.at, kept: row.kept === 1 };
}

function wordsHits(db: Database, limit: number, terms: SearchTerms): SearchHit[] {
  const match = wordsQuery(terms.text, { lastIsPrefix: true });
  if (match === null) return [];
  const hits = searchWords(db, { match, limit });
  const wider = hits.length < limit ? halfTyped(db, limit, terms) : [];
  const known = new Set(hits.map(({ id }) => id));
  return [...hits, ...wider.filter(({ id }) => !known.has(id))].map(toHit);
}

/**
 * The index knows "living" as "live", so "livin" finds nothing there. A shorter beginning finds too much; what does not
 * go on as typed is left out.
 */
function halfTyped(db: Database, limit: number, { text, words, typing }: SearchTerms): WordsHit[] {
  const last = words.at(-1) ?? '';
  const root = last.replace(/(?:ati?o?n?|i(?:ng?|e[sd]?|s)?|e[sdr]?|l(?:y|i)?|y)$/u, '');
  if (!typing || root.length < 3 || root === last) return [];
  const match = wordsQuery(text.replace(/[\p{L}\p{N}\p{M}]+$/u, root), { lastIsPrefix: true });
  if (match === null) return [];
  return searchWords(db, { match, limit }).filter(({ key }) => foldedWords(key).some((word) => word.startsWith(last)));
}

function toHit(hit: WordsHit): SearchHit {
  const shown: Excerpt = excerpt(bodyOf(hit.key), marks);
  const common = { conversationId: hit.conversationId, title: hit.title ?? '', snippet: shown.text, marks: shown.marks, role: hit.role, at: hit.at, kept: hit.kept === 1 };
  return hit.messageId === null ? { kind: 'memory', id: hit.id, ...common } : { kind: 'message', id: hit.messageId, ...common };
}

/** The key without its first two lines, speaker and date. */
const bodyOf = (key: string) => key.split('\n').slice(2).join(' ');
