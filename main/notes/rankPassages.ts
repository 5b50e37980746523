/** Passages that bear on what was asked, though not all of its words stand in them: met by words or near in meaning, ranked by both. */
import type { Database } from '../store/database.ts';
import { chunkSeqs, chunksWithin, countChunks, countRows, foundChunks, foundNotes, narrows, rankedChunks, type FoundChunk, type FoundNote, type Within } from '../store/noteSearch.ts';
import { folded } from '../store/noteText.ts';
import { stem } from '../words/marks.ts';
import { matchOfOne, type Wanted } from '../words/query.ts';
import { isTelling, tellingWords } from './asked.ts';
import type { AskedNotes, NoteMeaning } from './meaning/noteMeaning.ts';
import { rarityOf, scorePassages, stemsOf, type Score, type Term } from './rank.ts';

export type PassageDependencies = {
  db: Database;
  /** Absent: words alone. */
  meaning?: Pick<NoteMeaning, 'ask'>;
};

export type PassageQuery = {
  /** As it was asked, for its meaning. */
  text: string;
  wanted: readonly Wanted[];
  /** By the place of a wanted thing, stems that are taken for it, too. */
  alike: ReadonlyMap<number, readonly string[]>;
  within: Within;
  /** How long meaning is waited for; 0: not at all. */
  patienceMs: number;
};

export type RankedPassage = { chunk: FoundChunk; note: FoundNote; score: Score };
export type RankedPassages = { passages: RankedPassage[]; mode: 'hybrid' | 'words' };

/** Rows that are ranked at most: more take longer than typing. */
const mostRanked = 12_000;
const mostByWords = 150;
const mostNear = 100;
/** A word that tells nothing is not counted: it stands in about so many passages. */
const shareOfIdle = 1 / 3;
/** What an embedder earns in its exam that has all the weight of meaning. */
const fullyEarned = 0.5;

/** Best first. */
export async function rankPassages({ db, meaning }: PassageDependencies, query: PassageQuery, signal: AbortSignal): Promise<RankedPassages> {
  const asking = meaning && query.patienceMs > 0 ? meaning.ask(query.text, query.patienceMs, signal) : null;
  const all = countChunks(db);
  const terms = termsOf(db, query, all);
  const met = metByWords(db, terms, query.within);
  const asked = (await asking) ?? null;
  const distinctions = asked ? await distinctionsOf(db, asked, { met, within: query.within }) : new Map<number, number>();
  const chunks = [...foundChunks(db, [...new Set([...met, ...distinctions.keys()])]).values()];
  const notes = foundNotes(db, [...new Set(chunks.map(({ noteSeq }) => noteSeq))]);
  const found = chunks.flatMap((chunk) => {
    const note = notes.get(chunk.noteSeq);
    return note ? [{ chunk, note }] : [];
  });
  const candidates = found.map(({ chunk, note }) => ({ title: note.title, headings: chunk.headings, text: chunk.text, distinction: distinctions.get(chunk.seq) ?? null }));
  const scores = scorePassages(candidates, terms, asked ? Math.min(1, asked.earned / fullyEarned) : 0);
  const passages = found.map((one, index) => ({ ...one, score: scores[index]! })).sort((a, b) => b.score.total - a.score.total);
  return { passages, mode: asked ? 'hybrid' : 'words' };
}

type CountedTerm = Term & { match: string; rows: number };

function termsOf(db: Database, { text, wanted, alike }: PassageQuery, all: number): CountedTerm[] {
  const telling = tellingWords(text);
  const terms = new Map<string, CountedTerm>();
  for (const [index, one] of wanted.entries()) {
    const stems = stemsOf(one.words.join(' '));
    const others = alike.get(index) ?? [];
    const match = matchOfOne(one, others);
    const tells = isTelling(one, telling);
    const rows = tells ? countRows(db, match, mostRanked + 1) : Math.round(all * shareOfIdle);
    const begins = one.isTyped ? folded(one.words.at(-1)!) : null;
    if (stems.length > 0) terms.set(stems.join(' '), { stems, others: others.map(stem), begins, rarity: rarityOf(rows, all), isTelling: tells, match, rows });
  }
  return [...terms.values()];
}

/** Chunks in which some of the telling words stand, rarest first where all would be too many; by their rows. */
function metByWords(db: Database, terms: readonly CountedTerm[], within: Within): number[] {
  const telling = terms.filter(({ isTelling: tells, rows }) => tells && rows > 0).sort((one, other) => one.rows - other.rows);
  const [rarest] = telling;
  if (!rarest) return [];
  if (rarest.rows > mostRanked) return seqsOf(rankedChunks(db, { match: `{title headings} : (${rarest.match})`, within, limit: mostByWords }));
  let rows = 0;
  const taken = telling.filter((term) => (rows += term.rows) <= mostRanked || term === rarest);
  return seqsOf(rankedChunks(db, { match: taken.map(({ match }) => match).join(' OR '), within, limit: mostByWords }));
}

const seqsOf = (ranked: readonly { seq: number }[]) => ranked.map(({ seq }) => seq);

/** Of what was met by words, and of what is nearest; by row. */
async function distinctionsOf(db: Database, asked: AskedNotes, { met, within }: { met: readonly number[]; within: Within }): Promise<Map<number, number>> {
  const among = narrows(within) ? chunksWithin(db, within) : undefined;
  const near = await asked.near(mostNear, among);
  const ids = new Map([...foundChunks(db, met)].map(([seq, { id }]) => [id, seq]));
  const rest = await asked.distinctions([...ids.keys()]);
  const seqs = new Map([...chunkSeqs(db, near.map(({ id }) => id)), ...ids]);
  const both = new Map([...near.map(({ id, distinction }) => [id, distinction] as const), ...rest]);
  return new Map([...both].flatMap(([id, distinction]) => (seqs.has(id) ? [[seqs.get(id)!, distinction] as const] : [])));
}
