import type { Database } from 'better-sqlite3';
import type { SearchHit } from '../contract/memory.ts';
import { prepared } from './prepared.ts';
import { wordsQuery } from './wordsQuery.ts';

/**
 * Conversations whose title or messages hold all the words, the last one as its beginning; newest first, one hit each,
 * titles before messages. For the list at the side; the owner's search over everything is another.
 */
export function searchConversations(db: Database, request: { text: string; limit: number }): SearchHit[] {
  const words = wordsOf(request.text);
  if (words.length === 0) return [];
  const titles = titleHits(db, words);
  const seen = new Set(titles.map((hit) => hit.id));
  const messages = messageHits(db, request, words).filter((hit) => !seen.has(hit.id));
  return [...titles, ...messages].slice(0, request.limit);
}

type TitleRow = { id: string; title: string; at: number };

function titleHits(db: Database, words: string[]): SearchHit[] {
  return prepared<TitleRow>(db, `SELECT id, title, updated_at AS at FROM conversation WHERE deleted_at IS NULL AND title <> '' ORDER BY updated_at DESC`)
    .all()
    .filter(({ title }) => {
      const held = wordsOf(title);
      return words.every((word) => held.some((candidate) => candidate.startsWith(word)));
    })
    .map((row) => ({ ...hitOf(row, excerpt(row.title, words)), role: null }));
}

/** A word that stands everywhere would be followed through the whole history at each key pressed. */
const newestMatches = 2_000;

type MessageRow = TitleRow & { text: string; role: 'user' | 'assistant' };

function messageHits(db: Database, request: { text: string; limit: number }, words: string[]): SearchHit[] {
  const match = wordsQuery(request.text, { lastIsPrefix: true });
  if (match === null) return [];
  return prepared<MessageRow>(
    db,
    `SELECT conversation.id, conversation.title, message.text, message.role, message.created_at AS at, max(message.seq)
     FROM (SELECT rowid AS seq FROM memory_words WHERE memory_words MATCH ? ORDER BY rowid DESC LIMIT ${newestMatches}) AS found
       JOIN memory ON memory.seq = found.seq JOIN message ON message.id = memory.message_id
       JOIN conversation ON conversation.id = message.conversation_id
     WHERE conversation.deleted_at IS NULL
     GROUP BY conversation.id ORDER BY conversation.updated_at DESC LIMIT ?`,
  )
    .all(match, request.limit)
    .map((row) => ({ ...hitOf(row, excerpt(row.text, words)), role: row.role }));
}

const hitOf = (row: TitleRow, shown: { snippet: string; marks: [number, number][] }) => ({
  kind: 'conversation' as const,
  id: row.id,
  conversationId: row.id,
  title: row.title,
  at: row.at,
  ...shown,
});

const excerptCharacters = 160;
const leadCharacters = 40;

/** The text around the first match, and where the words stand in it. */
function excerpt(text: string, words: string[]): { snippet: string; marks: [number, number][] } {
  const first = marksIn(text, words)[0]?.[0] ?? 0;
  const from = first <= leadCharacters ? 0 : text.indexOf(' ', first - leadCharacters) + 1 || first;
  const cut = text.slice(from, from + excerptCharacters).replace(/\s/gu, ' ');
  const snippet = `${from > 0 ? '…' : ''}${cut}${from + excerptCharacters < text.length ? '…' : ''}`;
  return { snippet, marks: marksIn(snippet, words) };
}

/** The index matches stems; a shared beginning is what of that can be shown. */
function marksIn(text: string, words: string[]): [number, number][] {
  return [...text.matchAll(wordPattern)]
    .filter(([word]) => words.some((wanted) => isAlike(fold(word), wanted)))
    .map((match) => [match.index, match.index + match[0].length]);
}

const isAlike = (word: string, wanted: string) => word.startsWith(wanted) || (word.length >= 4 && wanted.startsWith(word));

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;
const fold = (word: string) => word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
const wordsOf = (text: string) => (text.match(wordPattern) ?? []).map(fold);
