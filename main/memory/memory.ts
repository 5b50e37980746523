/** Memory as the rest of the assistant sees it: what a turn needs, and what the window may ask. */
import type { IndexStatus } from '../contract/app.ts';
import type { Handlers } from '../contract/contract.ts';
import type { MemoryCitation } from '../contract/memory.ts';
import type { Persona } from '../contract/persona.ts';
import type { Database } from '../store/database.ts';
import { correctMemory, pinMemory, writeMemory } from '../store/memories.ts';
import { getMemory, listMemories } from '../store/memoryList.ts';
import { latestAndPinned, memoriesAt, type View } from '../store/memoryRecall.ts';
import { markUsed, toPlainCitation } from './cite.ts';
import type { MemoryIndexer } from './indexer.ts';
import type { Ranked } from './order.ts';
import type { Reader } from '../meaning/reader.ts';
import { citeRanked, rankMemories, viewOf, type Question } from './recall.ts';
import { lineRead, withReading } from './reread.ts';
import { bearingOf, selectBearing } from './select.ts';

export type MemoryDependencies = {
  db: Database;
  indexer: MemoryIndexer;
  /** Absent: what was found keeps its order. */
  reader?: Pick<Reader, 'read'>;
  persona(id: string): Persona;
  /** Something of these changed: tell the windows. */
  changed(memoryId: string): void;
  now(): number;
};

export type RecallQuery = {
  question: string;
  persona: Persona;
  /** In which it is asked. */
  conversationId: string;
  /** Messages that the model sees anyway. */
  leaveOut: string[];
  /** About so much text is worth bringing, tokens. */
  tokens: number;
};

/** Citations best first, marked from 1, none of them used yet. */
export type Recalled = { citations: MemoryCitation[]; mode: 'hybrid' | 'words' };

type MemoryHandlers = Pick<Handlers['memory'], 'list' | 'get' | 'remember' | 'correct' | 'pin' | 'recall' | 'index'>;
export type MemoryService = {
  /** What bears on a question, as far as the tokens reach; nothing when nothing does. Words alone while meaning cannot be had. */
  recall(query: RecallQuery, signal: AbortSignal): Promise<Recalled>;
  /** Pinned and written memories, then what the owner said last, best first: for "What do you know about me?". */
  overview(where: { persona: Persona; conversationId: string }, limit: number): MemoryCitation[];
  markUsed(answer: string, question: string, citations: MemoryCitation[]): MemoryCitation[];
  handlers: { memory: MemoryHandlers };
  index(): IndexStatus;
};

/** Enough to choose from; the tokens end it sooner. */
const mostRecalled = 60;

export function createMemory(deps: MemoryDependencies): MemoryService {
  return {
    async recall({ question, persona, conversationId, leaveOut, tokens }, signal) {
      const found = await find(deps, { text: question, persona, conversationId, leaveOut, limit: mostRecalled, meaning: true }, signal);
      const bearing = found ? selectBearing(found.ranked, tokens) : [];
      return { citations: citeRanked(deps.db, { text: question, now: deps.now() }, bearing), mode: found?.mode ?? 'words' };
    },
    overview({ persona, conversationId }, limit) {
      const view = viewOf(persona, conversationId);
      return view ? latestAndPinned(deps.db, view, limit).map((row, index) => toPlainCitation(row, index + 1)) : [];
    },
    markUsed,
    handlers: { memory: memoryHandlers(deps) },
    index: () => deps.indexer.status(),
  };
}

function memoryHandlers(deps: MemoryDependencies): MemoryHandlers {
  const { db, now } = deps;
  const told = <T extends { id: string }>(memory: T): T => {
    deps.indexer.wake();
    deps.changed(memory.id);
    return memory;
  };
  return {
    list: (request) => listMemories(db, request),
    get: ({ id }) => getMemory(db, id),
    remember({ text, scope, personaId }) {
      // Kept for a persona that is not there, it could never be recalled.
      if (personaId !== null) deps.persona(personaId);
      return told(writeMemory(db, { text, scope, personaId, at: now() }));
    },
    correct: ({ id, text }) => told(correctMemory(db, { id, text, at: now() })),
    pin: ({ id, pinned }) => told(pinMemory(db, id, pinned)),
    async recall({ question, personaId, conversationId = null, limit, meaning }, signal) {
      const start = performance.now();
      const found = await find(deps, { text: question, persona: deps.persona(personaId), conversationId, leaveOut: [], limit, meaning }, signal);
      const citations = found ? citeRanked(db, { text: question, now: now() }, found.ranked) : [];
      return { citations, mode: found?.mode ?? 'none', bearing: bearingOf(found?.ranked ?? []), ms: performance.now() - start };
    },
    index: () => deps.indexer.status(),
  };
}

type Find = Pick<Question, 'text' | 'leaveOut' | 'limit'> & { persona: Persona; conversationId: string | null; meaning: boolean };

/** Null when the persona remembers nothing. */
async function find(deps: MemoryDependencies, { persona, conversationId, meaning, ...question }: Find, signal: AbortSignal) {
  const view: View | null = viewOf(persona, conversationId);
  if (!view) return null;
  const meanings = meaning ? await deps.indexer.meaningsFor(question.text, view, signal) : null;
  const found = rankMemories(deps.db, { ...question, view, meanings, now: deps.now() });
  const ranked = meaning ? await readAgain(deps, { ranked: found, question: question.text, view }, signal) : found;
  return { ranked, mode: meanings ? ('hybrid' as const) : ('words' as const) };
}

async function readAgain({ db, reader, now }: MemoryDependencies, { ranked, question, view }: { ranked: Ranked[]; question: string; view: View }, signal: AbortSignal): Promise<Ranked[]> {
  const at = (index: number) => lineRead(ranked[index]!, askedBefore(db, view, ranked[index]!));
  const reading = await reader?.read(question, { count: ranked.length, at }, signal);
  return reading ? withReading(ranked, reading, { question, now: now() }) : ranked;
}

/** The question that a message answers, where it stands right behind one. */
function askedBefore(db: Database, view: View, { row: { sitting, place } }: Ranked): string {
  return memoriesAt(db, view, [{ sitting, place: place - 1 }]).find(({ asks }) => asks === 1)?.text ?? '';
}
