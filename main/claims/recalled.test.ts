/** Claims as keys of recall: a memory is found by what was understood of it, as long as that holds. */
import { expect, it } from 'vitest';
import { rankMemories } from '../memory/recall.ts';
import type { View } from '../store/memoryRecall.ts';
import { beginReading } from './fixtures/reading.ts';

const day = 86_400_000;
const shared: View = { personaId: 'friendly', shared: true, conversationId: null };

async function told(...texts: string[]) {
  const { store, claims, read } = beginReading();
  const conversationId = store.conversations.create({ personaId: 'friendly' }).id;
  for (const text of texts) {
    store.clock.now += day;
    store.messages.append({ conversationId, role: 'user', text });
    await read();
  }
  const found = (question: string, view = shared) => rankMemories(store.db, { text: question, view, leaveOut: [], limit: 5, meanings: null, now: store.clock.now }).filter(({ spot }) => spot.coverage > 0).map(({ row }) => row.text);
  return { store, claims, found };
}

it('finds by a word that only the claim has', async () => {
  const { found } = await told('The bus was late.', 'I moved to Porto last spring.', 'Soup again.');
  expect(found('Where do I live?')).toEqual(['I moved to Porto last spring.']);
});

it('finds nothing by a claim that was rejected, superseded or is out of view', async () => {
  const { store, claims, found } = await told('I moved to Porto.', 'The bus was late.', 'Soup again.');
  expect(found('Where do I live?', { personaId: 'other', shared: false, conversationId: null })).toEqual([]);
  const id = store.db.prepare('SELECT id FROM claim').pluck().get() as string;
  await claims.reject({ id }, new AbortController().signal);
  expect(found('Where do I live?')).toEqual([]);
});

// Bug: the words of what a claim said before it was edited find it for ever.
it('goes with the wording: an edited claim is found by its new words, one that went by none', async () => {
  const { store } = await told('I moved to Porto.');
  const held = (word: string) => store.db.prepare('SELECT count(*) FROM claim_words WHERE claim_words MATCH ?').pluck().get(word);
  expect([held('live'), held('dwell')]).toEqual([1, 0]);
  store.db.exec(`UPDATE claim SET text = 'You: dwell in Porto'`);
  expect([held('live'), held('dwell')]).toEqual([0, 1]);
  store.db.exec('DELETE FROM claim');
  expect(held('porto')).toBe(0);
});
