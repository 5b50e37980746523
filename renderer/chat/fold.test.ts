import { describe, expect, it } from 'vitest';
import type { ChatEvent, Message, OpenConversation } from '../../main/contract/conversation.ts';
import { AppError } from '../../main/contract/errors.ts';
import { beginTurn, foldEvent, isSettled, rowsWith, withSaved, type NewTurn } from './fold.ts';

const message = (id: string, role: Message['role'], part: Partial<Message> = {}): Message => ({
  id,
  conversationId: 'c',
  parentId: null,
  role,
  text: id,
  status: 'complete',
  failure: null,
  personaId: null,
  createdAt: 0,
  citations: [],
  quoted: false,
  asks: null,
  stats: null,
  siblings: [id],
  ...part,
});
const start: NewTurn = { conversationId: 'c', after: null, continued: null, asked: 'Why?', personaId: 'witty' };
const question = message('q2', 'user', { text: 'Why?' });
const run = (events: ChatEvent[], from: NewTurn = start) => events.reduce(foldEvent, beginTurn(from, 0));
const texts = (rows: ReturnType<typeof rowsWith>) => rows.map((row) => row.message.text);

describe('foldEvent', () => {
  it('puts deltas together and forgets how far the prompt was read', () => {
    const turn = run([
      { type: 'started', question, answerId: 'a2' },
      { type: 'reading', done: 5, total: 10 },
      { type: 'delta', text: 'Be' },
      { type: 'delta', text: 'cause.' },
    ]);
    expect(turn).toMatchObject({ text: 'Because.', phase: 'writing', reading: null });
  });

  it('shows a quotation instead of what was streamed, not after it', () => {
    expect(run([{ type: 'delta', text: 'Lisbon, I think' }, { type: 'quoted', text: 'She lives in Porto.' }])).toMatchObject({ text: 'She lives in Porto.', quoted: true });
  });

  it('goes on where a stopped answer ended', () => {
    const continued = message('a1', 'assistant', { text: 'One, ', status: 'stopped' });
    expect(run([{ type: 'started', question: null, answerId: 'a1' }, { type: 'delta', text: 'two.' }], { ...start, asked: null, continued }).text).toBe('One, two.');
  });
});

describe('rowsWith', () => {
  const messages = [message('q1', 'user'), message('a1', 'assistant', { parentId: 'q1' })];

  it('shows the question before the assistant has confirmed it', () => {
    const rows = rowsWith(messages, beginTurn({ ...start, after: 'a1' }, 0));
    expect(texts(rows)).toEqual(['q1', 'a1', 'Why?', '']);
    expect(rows.at(-1)?.message).toMatchObject({ status: 'growing', personaId: 'witty' });
  });

  it('hides the old answer while another is written in its place', () => {
    const rows = rowsWith(messages, run([{ type: 'started', question: null, answerId: 'a1b' }, { type: 'delta', text: 'new' }], { ...start, asked: null, after: 'q1' }));
    expect(texts(rows)).toEqual(['q1', 'new']);
  });

  it('hides everything below an edited first question', () => {
    expect(texts(rowsWith(messages, beginTurn(start, 0)))).toEqual(['Why?', '']);
  });

  it('continues a message in its place, in the middle of nothing else', () => {
    const continued = messages[1] as Message;
    const rows = rowsWith(messages, run([{ type: 'delta', text: ' more' }], { ...start, asked: null, after: 'q1', continued }));
    expect(texts(rows)).toEqual(['q1', 'a1 more']);
  });

  it('keeps the rows of settled messages the same, so that they are not drawn again at every frame', () => {
    const first = rowsWith(messages, run([{ type: 'delta', text: 'a' }], { ...start, after: 'a1' }));
    const second = rowsWith(messages, run([{ type: 'delta', text: 'ab' }], { ...start, after: 'a1' }));
    expect(second[0]).toBe(first[0]);
  });

  it('shows the quoted answer once, when it is saved', () => {
    const open = { conversation: {}, messages } as OpenConversation;
    const saved = message('a2', 'assistant', { text: 'Because.' });
    const turn = run([{ type: 'started', question, answerId: 'a2' }, { type: 'delta', text: 'Beca' }, { type: 'saved', message: saved }], { ...start, after: 'a1' });
    expect(withSaved(open, turn).messages.map((one) => one.text)).toEqual(['q1', 'a1', 'Why?', 'Because.']);
  });
});

describe('a failed turn', () => {
  const failed = { ...run([{ type: 'started', question, answerId: 'a2' }, { type: 'delta', text: 'Be' }]), phase: 'failed' as const, failure: new AppError('disconnected', 'Gone.') };

  it('keeps what was seen while the assistant is away', () => {
    expect(rowsWith([], failed).at(-1)?.message).toMatchObject({ text: 'Be', status: 'failed', failure: 'Gone.' });
  });

  it('gives way to what the assistant kept of it', () => {
    const kept = [question, message('a2', 'assistant', { text: 'Becau', status: 'stopped' })];
    expect(isSettled(kept, failed)).toBe(true);
    expect(texts(rowsWith(kept, failed))).toEqual(['Why?', 'Becau']);
  });
});
