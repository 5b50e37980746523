/** Forgetting reaches claims: with the text they rest on, in back-ups too, and back again by undo. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createForget } from '../memory/forget.ts';
import { createBackups } from '../store/backups.ts';
import { eraseAll } from '../store/eraseAll.ts';
import { beginReading } from './fixtures/reading.ts';

const day = 86_400_000;
const signal = new AbortController().signal;

function begin(proposal = '[]') {
  const { folder, store, now, reader, claims, read } = beginReading(proposal);
  const backups = createBackups({ db: store.db, folder, kept: () => 9, now });
  const forget = createForget({ db: store.db, folder, backups, eraseVectors: async () => undefined, graceSeconds: () => 3_600, now });
  const conversationId = store.conversations.create({ personaId: 'friendly' }).id;
  return {
    folder, store, backups, forget, reader, claims,
    async said(text: string) {
      store.clock.now += day;
      const { id } = store.messages.append({ conversationId, role: 'user', text });
      await read();
      return id;
    },
    lines: () => store.db.prepare('SELECT text FROM claim ORDER BY asserted_at, seq').pluck().all(),
    rows: () => store.db.prepare('SELECT * FROM claim ORDER BY id').all(),
    async forgetNow(id: string, graceSeconds: number) {
      const { carriers } = await forget.preview({ id });
      return { carriers, result: await forget.forget({ id, carriers: carriers.map(({ key }) => key), graceSeconds }) };
    },
    /** Names of files under the data folder that hold the word, in whatever case. */
    holding: (word: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).toString('latin1').toLowerCase().includes(word.toLowerCase()))
        .map(({ name }) => name),
  };
}

describe('forgetting', () => {
  it('takes the claims along, in back-ups too, and leaves no byte of them', async () => {
    const all = begin();
    const said = await all.said('My sister Ana lives in Zamora. She likes tea.');
    await all.said('I live in Porto.');
    await all.backups.make('asked');
    expect(all.holding('zamora')).toHaveLength(2);
    const { carriers, result } = await all.forgetNow(said, 0);
    expect(carriers.map(({ kind }) => kind)).toEqual(['message', 'backup']);
    expect(result.check?.found).toEqual([]);
    expect(all.holding('zamora')).toEqual([]);
    all.reader.wake();
    await all.reader.settled();
    // Nobody can tell any more who "she" is.
    expect(all.lines()).toEqual(['You: live in Porto']);
    // A back-up that was cleaned brings nothing back.
    all.store.clock.now += 1_000;
    await all.backups.restore(all.backups.list().find(({ reason }) => reason === 'asked')!.name);
    all.reader.wake();
    await all.reader.settled();
    expect(all.lines()).not.toContain('');
    expect(all.lines().join()).not.toMatch(/zamora|forgotten/iu);
  });

  // Bug: the name goes from the message, and stands in a claim of the same sentence that does not repeat the chosen words.
  it('takes every claim that rested on the sentence', async () => {
    const all = begin();
    const said = await all.said('I play the cello and I live in Zamora.');
    expect(all.lines()).toEqual(['You: play cello', 'You: live in Zamora']);
    await all.forgetNow(said, 0);
    expect([all.lines(), all.store.db.prepare('SELECT count(*) FROM memory').pluck().get(), all.holding('cello')]).toEqual([[], 0, []]);
  });

  it('is undone with everything as it stood, the owner’s decisions too', async () => {
    const all = begin();
    await all.said('I live in Porto.');
    const said = await all.said('I moved to Zamora. I like tea.');
    await all.said('I moved to Graz.');
    const tea = all.store.db.prepare(`SELECT id FROM claim WHERE slot = 'likes'`).pluck().get() as string;
    await all.claims.reject({ id: tea }, signal);
    const before = all.rows();
    const { result } = await all.forgetNow(said, 3_600);
    expect(all.lines()).not.toContain('You: live in Zamora');
    expect(all.store.db.prepare(`SELECT count(*) FROM claim AS old JOIN claim AS new ON new.id = old.superseded_by WHERE old.value = 'Porto' AND new.value = 'Graz'`).pluck().get()).toBe(1);
    all.reader.wake();
    await all.reader.settled();
    all.forget.undo(result.id);
    expect(all.rows()).toEqual(before);
    all.reader.wake();
    await all.reader.settled();
    expect(all.rows()).toEqual(before);
  });

  it('shows a claim that says it in words its text does not', async () => {
    const all = begin(JSON.stringify([{ subject: 'you', slot: 'fact', value: 'lives near Zamora', quote: 'my town is small' }]));
    const said = await all.said('My aunt is moving to Zamora soon.');
    await all.said('As you know my town is small and quiet.');
    expect(all.lines()).toEqual(['You: lives near Zamora']);
    const { carriers, result } = await all.forgetNow(said, 0);
    expect(carriers.map(({ kind, before, certain }) => [kind, before, certain])).toContainEqual(['claim', 'You: lives near Zamora', true]);
    expect([result.check?.found, all.lines(), all.holding('zamora')]).toEqual([[], [], []]);
  });

  it('leaves the claims of a place that the owner left', async () => {
    const all = begin();
    const said = await all.said('My aunt lives in Zamora.');
    const kept = await all.said('My uncle lives in Zamora.');
    await all.forget.preview({ id: said });
    await all.forget.forget({ id: said, carriers: [`message:${said}`], graceSeconds: 0 });
    expect(all.lines()).toEqual(['Uncle: lives in Zamora']);
    expect(all.store.messages.get(kept).text).toContain('Zamora');
  });

  it('of twenty memories leaves nothing, whatever their claims became', async () => {
    const all = begin();
    const places = Array.from({ length: 20 }, (_, index) => `Qx${'abcdefghijklmnopqrst'.charAt(index)}ville`);
    const ids: string[] = [];
    for (const place of places) ids.push(await all.said(`I moved to ${place}.`));
    await all.backups.make('asked');
    for (const id of ids) await all.forgetNow(id, 0);
    expect([all.lines(), places.flatMap((place) => all.holding(place))]).toEqual([[], []]);
  });
});

it('erasing everything empties claims and jobs', async () => {
  const all = begin();
  await all.said('I live in Zamora.');
  all.store.messages.append({ conversationId: all.store.conversations.list({ archived: false })[0]!.id, role: 'user', text: 'I like tea.' });
  eraseAll(all.store.db);
  expect([all.rows(), all.store.db.prepare('SELECT count(*) FROM job').pluck().get(), all.holding('zamora')]).toEqual([[], 0, []]);
});
