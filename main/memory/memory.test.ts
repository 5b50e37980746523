import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScriptedEngine, type Script } from '../engine/scripted.ts';
import { temporaryFolder } from '../store/fixtures/testing.ts';
import { createVectors } from '../vectors/vectors.ts';
import { converse, persona, storeWithPersona } from './fixtures/told.ts';
import { createMemoryIndexer } from './indexer.ts';
import { createMemory } from './memory.ts';

const signal = new AbortController().signal;

function begin(script: Script = {}) {
  const told = storeWithPersona();
  const { db, clock } = told.store;
  const engine = createScriptedEngine(script);
  const indexer = createMemoryIndexer({ db, vectors: createVectors(join(temporaryFolder(), 'vectors')), engine, log: () => undefined });
  onTestFinished(() => indexer.dispose());
  const changed: string[] = [];
  const memory = createMemory({ db, indexer, persona: (id) => persona(id, id === 'blank' ? 'none' : 'shared'), changed: (id) => changed.push(id), now: () => clock.now });
  const recall = (question: string, tokens = 300) => memory.recall({ question, persona: told.friendly, conversationId: 'any', leaveOut: [], tokens }, signal);
  return { ...told, indexer, memory, changed, recall };
}

describe('recall', () => {
  it('goes by words and meaning once there are embeddings, by words where there is no embedder', async () => {
    const both = begin();
    converse(both, ['My sister lives in Porto.', 'I see.']);
    both.indexer.wake();
    await both.indexer.settled();
    expect(await both.recall('Where does my sister live?')).toMatchObject({ mode: 'hybrid', citations: [{ mark: 1, quote: 'My sister lives in Porto.', used: false }] });

    const words = begin({ loaded: { chat: true, embedder: false } });
    converse(words, ['My sister lives in Porto.', 'I see.']);
    expect(await words.recall('Where does my sister live?')).toMatchObject({ mode: 'words', citations: [{ quote: 'My sister lives in Porto.' }] });
    expect(words.memory.index()).toMatchObject({ state: 'words-only', embedded: 0, total: 2 });
  });

  it('keeps to the tokens, and brings nothing when the talk was of something else', async () => {
    const begun = begin();
    for (const place of ['Porto', 'Braga', 'Lisbon', 'Faro']) converse(begun, [`My sister travelled to ${place} by train in summer.`, 'Nice.']);
    expect((await begun.recall('Where did my sister travel by train?', 30)).citations).toHaveLength(2);
    expect((await begun.recall('Where did my sister travel by train?', 0)).citations).toEqual([]);
    expect((await begun.recall('Which wine goes with oysters and lemon?')).citations).toEqual([]);
  });

  it('over the wire tells how, and nothing to a persona without memory', async () => {
    const begun = begin();
    converse(begun, ['My sister lives in Porto.', 'I see.']);
    begun.indexer.wake();
    await begun.indexer.settled();
    const ask = (personaId: string, meaning: boolean) => begun.memory.handlers.memory.recall({ question: 'Where does my sister live?', personaId, limit: 5, meaning }, signal);
    expect((await ask('friendly', true)).mode).toBe('hybrid');
    expect((await ask('friendly', false)).mode).toBe('words');
    expect(await ask('blank', true)).toMatchObject({ mode: 'none', citations: [] });
  });
});

it('finds a line the owner writes at once, and tells that something changed', async () => {
  const begun = begin();
  const { handlers } = begun.memory;
  const written = await handlers.memory.remember({ text: 'The alarm code is 9021.', scope: 'shared', personaId: null }, signal);
  const corrected = await handlers.memory.correct({ id: written.id, text: 'The alarm code is 7733.' }, signal);
  expect(begun.changed).toEqual([written.id, corrected.id]);
  expect((await begun.recall('What is the alarm code?')).citations.map(({ quote }) => quote)).toEqual(['The alarm code is 7733.']);
});

it('gives an overview: pinned, written, then the latest; statements only', async () => {
  const begun = begin();
  const { handlers } = begun.memory;
  const { ids } = converse(begun, ['I have a cat.', 'Lovely.', 'Do you like cats?', 'I do.']);
  converse(begun, ['I play the cello.', 'Since when?']);
  await handlers.memory.remember({ text: 'I am left-handed.', scope: 'shared', personaId: null }, signal);
  await handlers.memory.pin({ id: ids[0]!, pinned: true }, signal);
  expect(begun.memory.overview({ persona: begun.friendly, conversationId: 'any' }, 10).map(({ quote }) => quote)).toEqual(['I have a cat.', 'I am left-handed.', 'I play the cello.']);
  expect(begun.memory.overview({ persona: begun.friendly, conversationId: 'any' }, 1)).toHaveLength(1);
  expect(begun.memory.overview({ persona: persona('blank', 'none'), conversationId: 'any' }, 5)).toEqual([]);
});
