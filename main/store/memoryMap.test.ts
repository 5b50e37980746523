import { describe, expect, it } from 'vitest';
import { keepConversation } from './keeping.ts';
import { correctMemory, rememberMessage, removeMemory, writeMemory } from './memories.ts';
import { memoryMap, type View } from './memoryMap.ts';
import { countCorpus, sittingSizes, wordHits, wordPlaces } from './memoryRecall.ts';
import { storeIn, temporaryFolder, type Store } from './fixtures/testing.ts';

const view: View = { personaId: 'friendly', shared: true, conversationId: null };

type Row = { seq: number; sitting: number; place: number; asks: number; scope: string; persona_id: string | null; kept_in: string | null };

/** What the map says beside what stands in the table. */
function compare({ db }: Pick<Store, 'db'>, seen: View = view): void {
  const map = memoryMap(db);
  const rows = db.prepare('SELECT seq, sitting, place, asks, scope, persona_id, kept_in FROM memory ORDER BY seq').all() as Row[];
  const isSeen = map.isSeen(seen);
  const inView = rows.filter(({ scope, persona_id, kept_in }) => ((scope === 'shared' && seen.shared) || (scope === 'own' && persona_id === seen.personaId)) && (kept_in === null || kept_in === seen.conversationId));
  const last = rows.at(-1)?.seq ?? 0;
  expect(Array.from({ length: last + 3 }, (_, seq) => seq).filter(isSeen)).toEqual(inView.map(({ seq }) => seq));
  expect(inView.map(({ seq }) => map.placeOf(seq))).toEqual(inView.map(({ seq, sitting, place, asks }) => ({ seq, sitting, place, asks: asks === 1 })));
  const sizes = new Map<number, number>();
  for (const { sitting } of rows) sizes.set(sitting, (sizes.get(sitting) ?? 0) + 1);
  expect(Array.from({ length: last + 3 }, (_, sitting) => map.sizeOf(sitting))).toEqual(Array.from({ length: last + 3 }, (_, sitting) => sizes.get(sitting) ?? 0));
}

describe('the map of memories', () => {
  it('follows everything that is told, changed, corrected, taken back and removed', () => {
    const store = storeIn(temporaryFolder());
    const { id: conversationId } = store.conversations.create({ personaId: 'friendly' });
    const say = (text: string) => store.messages.append({ conversationId, role: 'user', text }).id;
    compare(store);
    const ids = ['My sister lives in Porto.', 'She has a cat.', 'Where was I?'].map(say);
    compare(store);
    // It asks now, and stays where it was.
    store.db.prepare('UPDATE message SET text = ? WHERE id = ?').run('Does she have a cat?', ids[1]);
    rememberMessage(store.db, ids[1]!);
    compare(store);
    expect(wordPlaces(store.db, view, { match: '"cat"', limit: 9 })).toEqual([expect.objectContaining({ place: 1, asks: true })]);
    const written = writeMemory(store.db, { text: 'The cat is called Biscuit.', scope: 'shared', personaId: null, at: store.clock.now });
    correctMemory(store.db, { id: written.id, text: 'The cat is called Crumb.', at: store.clock.now });
    compare(store);
    expect(() => store.db.transaction(() => { say('The cat ran away.'); throw new Error('full'); })()).toThrow('full');
    compare(store);
    // Bug: SQLite gives the number of the last row again once that is gone, and another memory is taken for it.
    const last = say('One more?');
    compare(store);
    removeMemory(store.db, last);
    say('No, nothing.');
    compare(store);
    store.conversations.delete(conversationId);
    store.db.prepare('DELETE FROM conversation').run();
    compare(store);
  });

  it('shows no persona what another keeps to itself, whenever it was told', () => {
    const store = storeIn(temporaryFolder());
    const write = (text: string, personaId: string | null) => writeMemory(store.db, { text, scope: personaId === null ? 'shared' : 'own', personaId, at: store.clock.now });
    const views: View[] = [view, { personaId: 'caring', shared: false, conversationId: null }, { personaId: 'nobody', shared: false, conversationId: null }];
    for (const round of [1, 2]) {
      for (const personaId of ['friendly', 'caring', null]) write(`The tide is high, ${round}.`, personaId);
      for (const seen of views) compare(store, seen);
    }
    store.db.prepare(`UPDATE memory SET scope = 'none' WHERE seq = 1`).run();
    store.db.prepare(`UPDATE memory SET persona_id = 'caring' WHERE seq = 4`).run();
    for (const seen of views) compare(store, seen);
    const hits = (seen: View, limit = 9) => wordHits(store.db, seen, { match: '"tide"', limit, strengthOf: (score) => -score }).map(({ seq }) => seq);
    expect(views.map((seen) => hits(seen))).toEqual([[6, 3], [5, 4, 2], []]);
    expect(hits(view, 1)).toEqual([6]);
    const places = (seen: View, limit: number) => wordPlaces(store.db, seen, { match: '"tide"', limit }).map(({ seq }) => seq);
    // Bug: the first few are another persona's, and what is in view behind them is not looked for.
    expect(views.map((seen) => places(seen, 2))).toEqual([[3, 6], [2, 4], []]);
  });

  it('shows what is kept to a conversation in no other, whoever looks, whenever it was set', () => {
    const store = storeIn(temporaryFolder());
    const [one, two] = [1, 2].map(() => store.conversations.create({ personaId: 'friendly' }).id) as [string, string];
    const views = ['friendly', 'caring'].flatMap((personaId) => [true, false].flatMap((shared) => [null, one, two, 'tmp-1'].map((conversationId): View => ({ personaId, shared, conversationId }))));
    const compareAll = () => views.forEach((seen) => compare(store, seen));
    // Looked at before anything is kept: a scope that nobody had is not seen for another.
    compareAll();
    for (const conversationId of [one, two, one]) {
      const { id } = store.messages.append({ conversationId, role: 'user', text: 'The tide is high.' });
      if (conversationId === one) store.db.prepare(`UPDATE memory SET scope = 'own', persona_id = 'caring' WHERE id = ? AND seq > 1`).run(id);
    }
    for (const [id, kept] of [[one, true], [two, true], [one, false], [one, true], [two, false]] as const) {
      keepConversation(store.db, id, kept);
      store.messages.append({ conversationId: id, role: 'user', text: 'It is high still.' });
      compareAll();
    }
  });

  it('grows with many, and knows sittings by their size', () => {
    const store = storeIn(temporaryFolder());
    compare(store);
    const { id: conversationId } = store.conversations.create({ personaId: 'friendly' });
    store.db.transaction(() => {
      for (let line = 0; line < 3_000; line += 1) {
        if (line % 100 === 0) store.clock.now += 3_600_000;
        store.messages.append({ conversationId, role: 'user', text: `Line ${line}.` });
      }
    })();
    compare(store);
    expect(countCorpus(store.db)).toMatchObject({ memories: 3_000, sittings: 30 });
    expect(sittingSizes(store.db, [1, 101, 2, 99_999])).toEqual(new Map([[1, 100], [101, 100], [2, 0], [99_999, 0]]));
  });
});
