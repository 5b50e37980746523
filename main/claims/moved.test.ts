/** Claims of a conversation that is kept to itself: what they say counts there, and elsewhere as if it had never been said. */
import { describe, expect, it } from 'vitest';
import { presentClaims, supersededBy } from '../store/claimRecall.ts';
import { keepConversation } from '../store/keeping.ts';
import type { Store } from '../store/fixtures/testing.ts';
import { beginReading } from './fixtures/reading.ts';
import { settleMoved } from './moved.ts';

const day = 86_400_000;
const signal = new AbortController().signal;

function say(store: Store, conversationId: string, text: string): void {
  store.clock.now += day;
  store.messages.append({ conversationId, role: 'user', text });
}

function begin() {
  const begun = beginReading();
  const { store } = begun;
  const [open, kept] = [1, 2].map(() => store.conversations.create({ personaId: 'friendly' }).id) as [string, string];
  const keep = (value: boolean) => store.db.transaction(() => settleMoved(store.db, keepConversation(store.db, kept, value))).immediate();
  const known = (conversationId: string | null) => presentClaims(store.db, { personaId: 'friendly', shared: true, conversationId }, 99).map(({ text }) => text).sort();
  return { ...begun, open, kept, keep, known };
}

/** Every claim, as it stands in the table but for its number. */
const claimsIn = ({ db }: Store) =>
  db.prepare('SELECT memory_id, subject, slot, value, text, quote, status, superseded_by, conflict_with, pinned, merged_from, settled FROM claim ORDER BY asserted_at, slot, value').all();

describe('when a conversation is kept to itself', () => {
  // Bug: what a hidden claim took the place of stays out of date, and nobody is told where the owner lives.
  it('what its claims took the place of stands again elsewhere, and the reverse', async () => {
    const { store, open, kept, keep, known, read } = begin();
    say(store, open, 'I live in Porto.');
    say(store, kept, 'I moved to Quixholm.');
    await read();
    const before = claimsIn(store);
    expect(known(null)).toEqual(['You: live in Quixholm']);
    keep(true);
    expect(known(null)).toEqual(['You: live in Porto']);
    expect(known(kept)).toContain('You: live in Quixholm');
    keep(false);
    expect(claimsIn(store)).toEqual(before);
  });

  // Bug: in the conversation both are true, and the older one is recalled first.
  it('in itself its claims take the place of what is known elsewhere, and only of what was said before', async () => {
    const { store, open, kept, keep, known, read } = begin();
    say(store, open, 'I live in Porto.');
    keep(true);
    say(store, kept, 'I moved to Quixholm.');
    await read();
    expect([known(null), known(open), known(kept)]).toEqual([['You: live in Porto'], ['You: live in Porto'], ['You: live in Quixholm']]);
    const seqs = store.db.prepare('SELECT seq FROM memory ORDER BY seq').pluck().all() as number[];
    const overtaken = (conversationId: string | null) => [...supersededBy(store.db, { personaId: 'friendly', shared: true, conversationId }, seqs)];
    expect([overtaken(null), overtaken(open), overtaken(kept)]).toEqual([[], [], [[seqs[0], seqs[1]]]]);
    // Another persona that is not told of the conversation's past knows what it knew.
    expect(presentClaims(store.db, { personaId: 'pirate', shared: false, conversationId: kept }, 9)).toEqual([]);
    say(store, open, 'I moved to Lisbon.');
    await read();
    expect(known(kept)).toEqual(['You: live in Lisbon', 'You: live in Quixholm']);
  });

  // Bug: a later claim elsewhere leaves the one in the conversation superseded, which is shown there as no longer true.
  it('what was superseded in it from outside stands in it', async () => {
    const { store, open, kept, keep, read } = begin();
    say(store, kept, 'I live in Quixholm.');
    say(store, open, 'I moved to Porto.');
    await read();
    const before = claimsIn(store);
    keep(true);
    expect(claimsIn(store)).toMatchObject([{ value: 'Quixholm', status: 'active', superseded_by: null }, { value: 'Porto', status: 'active' }]);
    keep(false);
    expect(claimsIn(store)).toEqual(before);
  });

  // Bug: of two values of one day the owner is asked which is right, with the hidden one shown.
  it('no contradiction reaches across, and it is asked about again when it is open', async () => {
    const { store, open, kept, keep, claims, read } = begin();
    say(store, open, 'My dog is called Rex.');
    store.messages.append({ conversationId: kept, role: 'user', text: 'My dog is called Zanzadu.' });
    await read();
    const before = claimsIn(store);
    keep(true);
    expect(await claims.conflicts({}, signal)).toEqual([]);
    keep(false);
    expect(claimsIn(store)).toEqual(before);
  });

  // Bug: "sister" was named by the hidden conversation, and what was said of her elsewhere goes by that name.
  it('nobody is called elsewhere by a name that only it says, and is again when it is open', async () => {
    const { store, open, kept, keep, known, read } = begin();
    say(store, open, 'My sister lives in Porto.');
    await read();
    say(store, kept, 'My sister Zanzadu works as a baker.');
    await read();
    const before = claimsIn(store);
    expect(JSON.stringify(known(null))).toContain('Zanzadu: lives in Porto');
    keep(true);
    expect(JSON.stringify(known(null))).not.toContain('Zanzadu');
    expect(known(null)).toContain('Sister: lives in Porto');
    expect(JSON.stringify(known(kept))).toContain('Zanzadu');
    keep(false);
    expect(claimsIn(store)).toEqual(before);
  });

  it('a name that is said elsewhere too stays', async () => {
    const { store, open, kept, keep, known, read } = begin();
    say(store, open, 'My sister Ana lives in Porto.');
    say(store, kept, 'My sister Ana works as a baker.');
    await read();
    keep(true);
    expect(known(null)).toContain('Sister Ana: lives in Porto');
  });

  // Bug: "I sold my Volvo" ended "a Volvo with the plate QX77", and says so in those words.
  it('what ended something of it elsewhere does not name it', async () => {
    const { store, open, kept, keep, read } = begin();
    say(store, kept, 'I have a blue Zanzadu Volvo.');
    await read();
    say(store, open, 'I sold my Volvo.');
    await read();
    const before = claimsIn(store).map((claim) => ({ ...(claim as object), superseded_by: null }));
    const ended = () => store.db.prepare(`SELECT value FROM claim JOIN memory ON memory.id = claim.memory_id WHERE memory.conversation_id = ?`).pluck().all(open);
    expect(JSON.stringify(ended()), 'it is what this is about').toContain('Zanzadu');
    keep(true);
    expect(JSON.stringify(ended())).not.toContain('Zanzadu');
    keep(false);
    await read();
    expect(claimsIn(store).map((claim) => ({ ...(claim as object), superseded_by: null })), 'and does again when it is open').toEqual(before);
  });

  // Bug: what the owner merged into its words says them elsewhere.
  it('what was merged into its words reads as it was said', async () => {
    const { store, open, kept, keep, claims, known, read } = begin();
    say(store, open, 'I like tea.');
    say(store, kept, 'I like Zanzadu.');
    await read();
    const { claims: all } = await claims.list({ status: 'active', subject: null, text: '', limit: 9, before: null }, signal);
    const [tea, other] = ['tea', 'Zanzadu'].map((value) => all.find((one) => one.value === value)!.id) as [string, string];
    await claims.merge({ id: tea, into: other }, signal);
    expect(known(null)).toEqual(['You: like Zanzadu']);
    keep(true);
    expect(known(null)).toEqual(['You: like tea']);
    await expect(async () => claims.merge({ id: tea, into: other }, signal)).rejects.toThrow(/kept to a conversation/);
  });

  // Bug: what is corrected in the memory screen is written for everybody.
  it('what the owner edits of it stays in it', async () => {
    const { store, kept, keep, claims, known, read } = begin();
    keep(true);
    say(store, kept, 'I live in Quixholm.');
    await read();
    const { claims: all } = await claims.list({ status: 'all', subject: null, text: '', limit: 9, before: null }, signal);
    expect(all).toMatchObject([{ value: 'Quixholm', keptIn: { id: kept, title: '' } }]);
    expect(await claims.edit({ id: all[0]!.id, value: 'Zanzadu' }, signal)).toMatchObject({ value: 'Zanzadu', keptIn: { id: kept } });
    expect([known(null), known(kept)]).toEqual([[], ['You: live in Zanzadu']]);
    keep(false);
    expect(known(null)).toEqual(['You: live in Zanzadu']);
  });
});
