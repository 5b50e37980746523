/** LoCoMo's questions with everything that bears on them, gathered once by the product's own parts, so that levers can be tried on them. */
import path from 'node:path';
import { createMemoryIndexer } from '../../main/memory/indexer.ts';
import type { Levers } from '../../main/memory/levers.ts';
import { orderMemories } from '../../main/memory/order.ts';
import { scoreSpots, type Evidence } from '../../main/memory/rank.ts';
import { gatherEvidence, mostPromising } from '../../main/memory/recall.ts';
import type { Candidate } from '../../main/memory/signals.ts';
import { closeDatabase, openDatabase, type Database } from '../../main/store/database.ts';
import { importConversation } from '../../main/store/conversationHandlers.ts';
import { rememberMessage } from '../../main/store/memories.ts';
import { memoriesAt, type MemoryRow } from '../../main/store/memoryRecall.ts';
import { createStores } from '../../main/store/stores.ts';
import { createVectors } from '../../main/vectors/vectors.ts';
import { inFolder } from '../folders.ts';
import { withEmbedder, type EmbedderEngine } from './embedder.ts';
import { conversationOf, type LocomoTurn, type Sample } from './locomo.ts';
import { tokensOf, type Ranking } from './scores.ts';

/** A question of conversation `sample`, ready to be ranked any number of times. */
export type LabCase = {
  sample: number;
  category: number;
  evidence: Set<string>;
  question: string;
  found: Evidence;
  rowAt(sitting: number, place: number): MemoryRow | undefined;
  turnOf(row: MemoryRow): LocomoTurn;
};

const personaId = 'measured';
const view = { personaId, shared: true, conversationId: null };
/** Deep enough for the largest token budget. */
const depth = 100;

/** Every conversation in a store of its own, embedded, and asked. */
export const gather = (samples: Sample[]): Promise<LabCase[]> =>
  withEmbedder(null, async (engine) => {
    const cases: LabCase[] = [];
    for (const [sample, { turns, questions }] of samples.entries()) {
      cases.push(...(await inFolder((folder) => gatherSample(folder, { sample, turns, questions, engine }))));
      console.log(`conversation ${sample + 1} of ${samples.length} gathered`);
    }
    return cases;
  });

type Given = Sample & { sample: number; engine: EmbedderEngine };

async function gatherSample(folder: string, { sample, turns, questions, engine }: Given): Promise<LabCase[]> {
  const db = openDatabase(folder);
  const indexer = createMemoryIndexer({ db, vectors: createVectors(path.join(folder, 'vectors')), engine, log: console.log });
  try {
    const stores = createStores(db, { remember: rememberMessage });
    const { id } = importConversation(db, stores, { file: conversationOf(turns), personaId });
    const messages = stores.messages.branch(id);
    const turnOf = new Map(messages.map((message, index) => [message.id, turns[index]!]));
    indexer.wake();
    await indexer.settled();
    const rows = rowsOf(db);
    const signal = new AbortController().signal;
    const cases: LabCase[] = [];
    for (const { text, category, evidence } of questions) {
      const meanings = await indexer.meaningsFor(text, view, signal);
      if (!meanings) throw new Error('The embedder gave nothing.');
      const found = gatherEvidence(db, { text, view, leaveOut: [], limit: depth, meanings, now: Date.now() }, { seqs: new Set(), sittings: new Set() });
      const sizes = found.sizes([...new Set([...rows.values()].map((row) => row.sitting))]);
      cases.push({ sample, category, evidence, question: text, found: { ...found, sizes: () => sizes }, rowAt: (sitting, place) => rows.get(`${sitting} ${place}`), turnOf: (row) => turnOf.get(row.messageId!)! });
    }
    return cases;
  } finally {
    await indexer.dispose();
    closeDatabase(db);
  }
}

function rowsOf(db: Database): Map<string, MemoryRow> {
  const places = db.prepare('SELECT sitting, place FROM memory').all() as { sitting: number; place: number }[];
  return new Map(memoriesAt(db, view, places).map((row) => [`${row.sitting} ${row.place}`, row]));
}

/** The order that these levers give; `meaning` false leaves out all that the embedder says. */
export function rank(asked: LabCase, levers: Levers, meaning = true): Ranking {
  const { category, evidence, question, turnOf } = asked;
  const ordered = orderMemories(candidatesOf(asked, levers, meaning), { question, now: Date.now(), related: new Map(), overtaken: new Map(), levers }).slice(0, depth);
  const turns = ordered.map(({ row }) => turnOf(row));
  return { category, evidence, found: turns.map(({ id }) => id), tokens: turns.map(tokensOf) };
}

export function candidatesOf({ found, rowAt }: LabCase, levers: Levers, meaning = true): Candidate[] {
  return mostPromising(scoreSpots(meaning ? found : wordsAlone(found), levers), depth).flatMap((spot) => {
    const row = rowAt(spot.sitting, spot.place);
    return row ? [{ row, spot }] : [];
  });
}

const wordsAlone = (found: Evidence): Evidence => ({ ...found, near: [], earned: 0 });
