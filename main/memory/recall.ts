import type { MemoryCitation } from '../contract/memory.ts';
import type { Persona } from '../contract/persona.ts';
import type { Database } from '../store/database.ts';
import {
  countCorpus, countHolders, deletedSittings, memoriesAt, memoriesOfMessages, memoryRow, memoryRowsAt, placesOf, sittingSizes, wordHits, wordHolders, wordPlaces, wordsMet,
  type MemoryRow, type View,
} from '../store/memoryRecall.ts';
import { claimPlaces, supersededBy } from '../store/claimRecall.ts';
import { readQuestion } from './asked.ts';
import { toCitation } from './cite.ts';
import { datesAsked } from './dates.ts';
import type { Alike } from '../meaning/wordMeanings.ts';
import { usualLevers, type Levers } from './levers.ts';
import { orderMemories, withParts, type Ranked } from './order.ts';
import { partsOf } from './parts.ts';
import { rarity, scoreSpots, type Corpus, type Evidence, type Hit, type Near, type Spot, type Term } from './rank.ts';
import type { Candidate } from './signals.ts';
import { questionTerms, quoted, type QuestionTerm } from './questionTerms.ts';

/** Memories close in meaning, by id. Empty where there is no embedder or nothing is embedded yet. */
export type Meanings = {
  /** How well the embedder tells sense from chance, 0 to 1. */
  earned: number;
  near: { id: string; distinction: number }[];
  /** For words of the question, words of the memories that mean much the same. */
  alike: Map<string, Alike[]>;
};

export type Question = {
  text: string;
  view: View;
  /** Messages that the model sees anyway. */
  leaveOut: Iterable<string>;
  limit: number;
  /** Null: by words only. */
  meanings: Meanings | null;
  now: number;
  /** For measuring what each is worth. */
  levers?: Levers;
};

/**
 * Word hits looked at, in all. A question's rare words come first; the rest only tell those apart: twice as many found .002 more of what
 * LoCoMo asks for among two hundred thousand lines, for a sixth more time.
 */
const mostHits = 10_000;
/** What BM25 gives a word at most, however often it is repeated. */
const strongest = 2.2;
/** A word that more than this many memories hold says nothing about any of them. */
const tooCommon = 60_000;

/** What bears on the question, best first. Reads only; a hundred thousand memories take some tens of milliseconds. */
export function rankMemories(db: Database, question: Question): Ranked[] {
  const levers = question.levers ?? usualLevers;
  const skipped = { seqs: memoriesOfMessages(db, question.leaveOut), sittings: deletedSittings(db), hits: new Map<string, Hit[]>() };
  const given = { levers, skipped };
  const parts = levers.parts > 0 ? partsOf(question.text) : [];
  return withParts(rankOne(db, question, given), parts.map((text) => rankOne(db, { ...question, text }, given)), levers.parts).slice(0, question.limit);
}

type Given = { levers: Levers; skipped: Skipped };

function rankOne(db: Database, question: Question, { levers, skipped }: Given): Ranked[] {
  const evidence = gatherEvidence(db, question, skipped);
  const candidates = candidatesFor(db, question, { spots: scoreSpots(evidence, levers), skipped: skipped.seqs });
  const related = relatedTo(db, question.view, { candidates, skipped: skipped.seqs });
  const overtaken = overtakenAmong(db, question, { candidates, skipped: skipped.seqs });
  return orderMemories(candidates, { question: question.text, now: question.now, related, overtaken, levers });
}

/** A question about former days wants what was true then. */
function overtakenAmong(db: Database, { text, view }: Question, { candidates, skipped }: { candidates: Candidate[]; skipped: Set<number> }): Map<number, MemoryRow> {
  if (['past', 'former'].includes(readQuestion(text).tense)) return new Map();
  const holders = supersededBy(db, view, candidates.map(({ row }) => row.seq));
  const rows = new Map(memoryRowsAt(db, view, [...new Set(holders.values())]).map((row) => [row.seq, row]));
  return new Map([...holders].flatMap(([seq, holder]) => (rows.has(holder) && !skipped.has(holder) ? [[seq, rows.get(holder)!]] : [])));
}

/** Everything that bears on a question, before anything is weighed. */
export function gatherEvidence(db: Database, question: Question, skipped: Skipped): Evidence {
  const corpus = countCorpus(db);
  const terms = findTerms(db, question, { corpus, skipped });
  const near = findNear(db, question, skipped);
  return { terms, near, corpus, sizes: (sittings) => sittingSizes(db, sittings), earned: question.meanings?.earned ?? 0 };
}

export type Skipped = {
  seqs: Set<number>;
  sittings: Set<number>;
  /** What each word was found in, kept for the question's parts: they share most words. */
  hits?: Map<string, Hit[]>;
};

/** Days on which nothing was said are no help: the words that named them may have been said themselves. */
function wantedOf(db: Database, { text, now }: Pick<Question, 'text' | 'now'>): QuestionTerm[] {
  const asked = datesAsked(text, now);
  const match = asked?.dates.map(quoted).join(' OR ') ?? '';
  const dates = asked && countHolders(db, match, 1) > 0 ? [{ word: asked.dates.join(', '), match }] : [];
  return [...questionTerms(db, asked && dates.length > 0 ? asked.rest : text), ...dates];
}

function findTerms(db: Database, question: Question, { corpus, skipped }: { corpus: Corpus; skipped: Skipped }): Term[] {
  const counted = wantedOf(db, question)
    .map((wanted) => ({ ...wanted, holders: countHolders(db, wanted.match, tooCommon) }))
    .filter(({ holders }) => holders < tooCommon)
    .sort((a, b) => a.holders - b.holders);
  let room = mostHits;
  const terms: Term[] = [];
  for (const { word, match, holders } of counted) {
    const isFirst = terms.length === 0;
    if (holders <= room || isFirst) {
      terms.push({ word, holders, hits: hitsOf(db, question.view, { match, holders, corpus, skipped }) });
      room -= Math.min(room, holders);
    } else terms.push({ word, holders, hits: hitsAmong(db, match, terms) });
    addClaimed(db, { term: terms.at(-1)!, match }, { view: question.view, corpus, skipped });
    const alike = question.meanings?.alike.get(word) ?? [];
    if (alike.length > 0) addAlike(db, { term: terms.at(-1)!, alike }, { view: question.view, corpus, skipped });
  }
  return terms;
}

/** What was understood of a memory is as good as said: "I moved to Porto" is about where one lives. */
function addClaimed(db: Database, { term, match }: { term: Term; match: string }, { view, skipped }: Finding): void {
  const said = new Set(term.hits.map(({ seq }) => seq));
  for (const [seq, sitting, place, asks] of claimPlaces(db, view, { match, limit: mostAlikeHits })) {
    if (!said.has(seq) && !skipped.seqs.has(seq) && !skipped.sittings.has(sitting)) term.hits.push({ seq, sitting, place, asks: asks === 1, strength: 1 });
  }
}

/** A word that is said this often would bring in everything. */
const mostAlikeHits = 500;

type Finding = { view: View; corpus: Corpus; skipped: Skipped };

/** Memories that say the question's word in another way, each as strong as the closest of those words, where it does not say the word itself. */
function addAlike(db: Database, { term, alike }: { term: Term; alike: Alike[] }, { view, corpus, skipped }: Finding): void {
  const found = new Map<number, Hit>();
  const said = new Set(term.hits.map(({ seq }) => seq));
  const rare = rarity(Math.max(1, term.holders), corpus.memories);
  for (const { word, closeness } of alike) {
    const held = wordPlaces(db, view, { match: quoted(word), limit: mostAlikeHits });
    if (held.length === mostAlikeHits) continue;
    // A common word in place of a rare one says less.
    const strength = closeness * Math.min(1, rarity(held.length, corpus.memories) / Math.max(0.1, rare));
    for (const place of held) {
      const { seq, sitting } = place;
      if (said.has(seq) || skipped.seqs.has(seq) || skipped.sittings.has(sitting) || (found.get(seq)?.strength ?? 0) >= strength) continue;
      found.set(seq, { ...place, strength, alike: true });
    }
  }
  term.hits.push(...found.values());
}

function hitsOf(db: Database, view: View, { match, holders, corpus, skipped }: { match: string; holders: number; corpus: Corpus; skipped: Skipped }): Hit[] {
  const known = skipped.hits?.get(match);
  if (known) return [...known];
  // What FTS5 multiplies its score by; dividing it out leaves the part that a word's rarity does not decide. Of words that
  // about half of all memories hold FTS5 leaves nothing to divide.
  const weight = Math.log((corpus.memories - holders + 0.5) / (holders + 0.5));
  const strengthOf = (score: number) => (weight < 0.5 ? 1 : Math.min(strongest, -score / weight));
  const hits = wordHits(db, view, { match, limit: mostHits, strengthOf }).filter(({ seq, sitting }) => !skipped.seqs.has(seq) && !skipped.sittings.has(sitting));
  skipped.hits?.set(match, hits);
  return [...hits];
}

/** Of a frequent word only the memories that rarer words found, each as if it stood there once. */
function hitsAmong(db: Database, match: string, rarer: Term[]): Hit[] {
  const known = new Map(rarer.flatMap(({ hits }) => hits.map((hit) => [hit.seq, hit])));
  return wordHolders(db, match).flatMap((seq) => (known.has(seq) ? [{ ...known.get(seq)!, strength: 1 }] : []));
}

function findNear(db: Database, { meanings, view }: Question, skipped: Skipped): Near[] {
  if (!meanings) return [];
  const places = placesOf(db, view, meanings.near.map(({ id }) => id));
  return meanings.near.flatMap(({ id, distinction }) => {
    const place = places.get(id);
    return place && !skipped.seqs.has(place.seq) && !skipped.sittings.has(place.sitting) ? [{ ...place, distinction }] : [];
  });
}

/** Texts looked at before the order is final: enough that soft boosts cannot lift anything from beyond. */
const candidatesKept = 120;

function candidatesFor(db: Database, question: Question, { spots, skipped }: { spots: Spot[]; skipped: Set<number> }): Candidate[] {
  const kept = mostPromising(spots, question.limit);
  const spotOf = new Map(kept.map((spot) => [`${spot.sitting} ${spot.place}`, spot]));
  return memoriesAt(db, question.view, kept)
    .filter(({ seq }) => !skipped.has(seq))
    .map((row) => ({ row, spot: spotOf.get(`${row.sitting} ${row.place}`)! }));
}

/** The spots whose texts are worth reading. */
export function mostPromising(spots: Spot[], limit: number): Spot[] {
  const rough = (spot: Spot) => spot.sense + 0.4 * spot.prior + 0.6 * spot.nearness + 0.1 * spot.words;
  return spots.sort((a, b) => rough(b) - rough(a)).slice(0, Math.max(candidatesKept, 3 * limit));
}

/** What the candidates stand for, and what corrects that, to the last correction. */
function relatedTo(db: Database, view: View, { candidates, skipped }: { candidates: Candidate[]; skipped: Set<number> }): Map<string, MemoryRow> {
  const related = new Map<string, MemoryRow>();
  const waiting = candidates.flatMap(({ row }) => [...row.cites, ...(row.replacedBy === null ? [] : [row.replacedBy])]);
  const asked = new Set<string>();
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (asked.has(id)) continue;
    asked.add(id);
    const row = memoryRow(db, view, id);
    if (!row || skipped.has(row.seq)) continue;
    related.set(id, row);
    if (row.replacedBy !== null) waiting.push(row.replacedBy);
  }
  return related;
}

/** The ranked memories as citations, marked from 1. */
export function citeRanked(db: Database, question: Pick<Question, 'text' | 'now'>, ranked: Ranked[]): MemoryCitation[] {
  const match = wantedOf(db, question).map((wanted) => wanted.match).join(' OR ');
  return ranked.map((one, index) => toCitation(one, index + 1, match === '' ? [] : wordsMet(db, one.row.seq, match)));
}

/** What a persona may see in a conversation (null: in none); null when it remembers nothing. */
export function viewOf({ id, memoryScope }: Pick<Persona, 'id' | 'memoryScope'>, conversationId: string | null): View | null {
  return memoryScope === 'none' ? null : { personaId: id, shared: memoryScope === 'shared', conversationId };
}
