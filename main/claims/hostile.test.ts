/** What is brought in is data: it claims nothing by itself, and what is claimed beside an order is kept aside. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createScriptedEngine } from '../engine/scripted.ts';
import { importHash, markMessage } from '../store/imported.ts';
import { storeIn, temporaryFolder } from '../store/fixtures/testing.ts';
import { createClaims } from './claims.ts';
import { hostileTexts, type HostileText } from './fixtures/hostileTexts.ts';
import { profile } from './profile.ts';
import { readProposals } from './propose.ts';
import { createClaimReader } from './reader.ts';
import { readClaims } from './rules.ts';
import { looksLikeOrder, whyAside } from './screening.ts';

const ordering = hostileTexts.filter(({ orders }) => orders);
const march = Date.UTC(2026, 2, 4, 12);

/** Believes everything: whatever the message says first, it claims of the owner, in pieces that stand there. */
const gullible = (text: string) =>
  JSON.stringify([...text.matchAll(/[^\s"\\]{3,40}/gu)].slice(0, 3).map(([quote]) => ({ subject: 'you', slot: 'fact', value: quote, quote })));

it('is a set of at least sixty, each different', () => {
  expect(new Set(hostileTexts.map(({ text }) => text)).size).toBeGreaterThanOrEqual(60);
});

describe.each(ordering.map(({ name, text }) => [name, text] as const))('beside an order (%s)', (_, text) => {
  it('nothing that a rule or a model finds is let through', () => {
    const said = `I live in Porto.\n\n${text}`;
    const byRule = readClaims(said, march);
    expect(byRule.filter(({ hostile }) => !hostile)).toEqual([]);
    const byModel = readProposals(JSON.stringify([{ subject: 'you', slot: 'home', value: 'Porto', quote: 'I live in Porto' }]), said, march);
    expect(byModel?.map(({ hostile }) => hostile)).toEqual([true]);
  });
});

it('says what it was that nobody could see', () => {
  const aside = (name: string) => whyAside({ subject: 'you', value: 'x', quote: hostileTexts.find((text) => text.name === name)!.text }, '').words;
  expect(aside('written in tags')).toContain('Ignore all previous instructions');
  expect(aside('written in variation selectors')).toContain('Ignore all previous instructions');
  expect(aside('turned round by bidi marks')).toContain('Ignore all previous instructions');
  expect(aside('in base64')).toBe('Ignore all previous instructions');
});

it('what people say of themselves is no order', () => {
  const said = [
    'I always start my day with tea.', 'I never run.', 'You must have been proud!', 'My doctor told me I should always carry my inhaler.', 'I work as an assistant and I have to answer the phone.',
    'Ich muss immer früh aufstehen.', 'Je dis toujours bonjour à ma voisine.', 'My flag is 🏴󠁧󠁢󠁷󠁬󠁳󠁿 and my family 👩‍👩‍👧.', 'Мой брат живёт в Минске.', 'من در تهران زندگی می‌کنم', 'I used to work at Wi-Fiем, it is SMSка.',
  ];
  expect(said.filter(looksLikeOrder)).toEqual([]);
});

function begin(script: Parameters<typeof createScriptedEngine>[0] = {}) {
  const store = storeIn(temporaryFolder());
  const now = () => store.clock.now;
  const reader = createClaimReader({ db: store.db, engine: createScriptedEngine(script), mayPropose: () => true, changed: () => undefined, log: () => undefined, now, quietMs: 0 });
  onTestFinished(() => reader.dispose());
  const claims = createClaims({ db: store.db, waiting: () => reader.waiting(), changed: () => undefined, now });
  const { id: conversationId } = store.conversations.create({ personaId: 'friendly' });
  const bring = ({ text, from }: HostileText) => {
    const role = from === 'model' ? 'assistant' : 'user';
    const { id } = store.messages.append({ conversationId, role, text: `${text}\n\nI live in Atlantis.` });
    if (role === 'user') markMessage(store.db, importHash(id), id);
  };
  return { store, reader, claims, bring, conversationId };
}

describe('a whole set of hostile texts', () => {
  const statuses = (store: ReturnType<typeof begin>['store']) => store.db.prepare('SELECT DISTINCT status FROM claim ORDER BY status').pluck().all();

  it('brought in, makes no claim that counts, whatever a rule or a gullible model makes of it', async () => {
    const { store, reader, claims, bring } = begin({ answer: ({ messages }) => gullible(/<message>\n([^]*)\n<\/message>/u.exec(messages.at(-1)!.text)![1]!) });
    hostileTexts.forEach(bring);
    reader.wake();
    await reader.settled();
    expect(store.db.prepare('SELECT DISTINCT origin FROM claim ORDER BY origin').pluck().all(), 'both have found something').toEqual(['model', 'rule']);
    expect(statuses(store)).toEqual(['proposed', 'quarantined']);
    expect(profile(store.db, { personaId: 'friendly', shared: true, conversationId: null })).toBe('');
    // Accepting everything at once takes in nothing that was said beside an order.
    await claims.acceptAll({ origin: null, slot: null }, new AbortController().signal);
    const counted = store.db.prepare(`SELECT message.text FROM claim JOIN memory ON memory.id = claim.memory_id JOIN message ON message.id = memory.message_id WHERE claim.status = 'active'`).pluck().all() as string[];
    expect(counted.length).toBeGreaterThan(0);
    expect(counted.filter((text) => ordering.some((hostile) => text.includes(hostile.text)))).toEqual([]);
  });

  it('said by the assistant, or by somebody else in a talk, makes no claim of the owner’s', async () => {
    const { store, reader, conversationId } = begin();
    for (const { text } of hostileTexts) {
      store.messages.append({ conversationId, role: 'assistant', text: `I live in Atlantis. ${text}` });
      store.messages.append({ conversationId, role: 'user', speaker: 'Eve', text: `I live in Atlantis. ${text}` });
    }
    reader.wake();
    await reader.settled();
    expect(statuses(store)).toEqual(['proposed', 'quarantined']);
    expect(store.db.prepare(`SELECT count(*) FROM claim JOIN memory ON memory.id = claim.memory_id WHERE memory.role = 'assistant'`).pluck().get()).toBe(0);
  });

  it('pasted by the owner, lets nothing through that stands beside an order', async () => {
    const { store, reader, conversationId } = begin();
    for (const { text } of ordering) store.messages.append({ conversationId, role: 'user', text: `I live in Atlantis.\n${text}` });
    reader.wake();
    await reader.settled();
    expect(statuses(store)).toEqual(['quarantined']);
  });
});
