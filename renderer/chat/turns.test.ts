import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChatEvent, Message } from '../../main/contract/conversation.ts';
import { AppError } from '../../main/contract/errors.ts';
import type { Transport } from '../../main/contract/transport.ts';
import { api, attachTransport, callCache } from '../api.ts';
import { runTurn, runningTurn, stopTurn } from './turns.ts';

let answer: (path: string, signal: AbortSignal) => AsyncIterable<unknown>;
const transport: Transport = (path, _input, signal) => answer(path, signal);
attachTransport(transport);

const message = (id: string, role: Message['role'], text: string) => ({ id, role, text, status: 'complete', citations: [], siblings: [id] }) as unknown as Message;
const question = message('q', 'user', 'Why?');
const started: ChatEvent = { type: 'started', question, answerId: 'a' };
const start = { conversationId: 'c', after: null, continued: null, asked: 'Why?', personaId: null };
const send = (signal: AbortSignal) => api.chat.send({ conversationId: 'c', text: 'Why?', editOf: null }, signal);
const key = callCache.keyOf('conversation.open', { id: 'c' });
const texts = () => (callCache.read(key).data as { messages: Message[] }).messages.map((one) => one.text);

beforeEach(async () => {
  // Out of sight, the window folds on a timer: there are no frames here.
  vi.stubGlobal('document', { hidden: true });
  answer = async function* open() {
    yield { conversation: { id: 'c' }, messages: [] };
  };
  callCache.subscribe(key, () => {});
  await vi.waitFor(() => expect(callCache.read(key).data).toBeDefined());
});

describe('a turn', () => {
  it('ends in the conversation, even while nobody looks, and is gone from the running ones', async () => {
    answer = async function* turn(path) {
      if (path !== 'chat.send') return;
      yield started;
      yield { type: 'delta', text: 'Beca' };
      yield { type: 'saved', message: message('a', 'assistant', 'Because.') };
    };
    await runTurn(start, send);
    await vi.waitFor(() => expect(runningTurn('c')).toBeNull());
    expect(texts()).toEqual(['Why?', 'Because.']);
  });

  it('gives the question back when it never reached the disk', async () => {
    answer = async function* refuse(path) {
      if (path === 'conversation.open') yield { conversation: { id: 'c' }, messages: [] };
      throw new AppError('conflict', 'An answer is being written.');
    };
    await expect(runTurn(start, send)).rejects.toMatchObject({ code: 'conflict' });
    expect(runningTurn('c')).toBeNull();
  });

  it('shows what the assistant kept of an answer that failed', async () => {
    answer = async function* fail(path) {
      if (path === 'conversation.open') yield { conversation: { id: 'c' }, messages: [question, message('a', 'assistant', 'Becau')] };
      if (path !== 'chat.send') return;
      yield started;
      yield { type: 'delta', text: 'Be' };
      throw new AppError('engine-stopped', 'It stopped.');
    };
    await runTurn(start, send);
    await vi.waitFor(() => expect(runningTurn('c')).toBeNull());
    expect(texts()).toEqual(['Why?', 'Becau']);
  });

  it('keeps what was seen in sight while the assistant is away', async () => {
    answer = async function* vanish(path) {
      if (path === 'chat.send') {
        yield started;
        yield { type: 'delta', text: 'Be' };
      }
      throw new AppError('disconnected', 'Gone.');
    };
    await runTurn(start, send);
    await vi.waitFor(() => expect(runningTurn('c')).toMatchObject({ phase: 'failed', text: 'Be', failure: { message: 'Gone.' } }));
  });

  it('is stopped through its signal and still hears what was saved', async () => {
    answer = async function* untilStopped(path, signal) {
      if (path !== 'chat.send') return;
      yield started;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      yield { type: 'saved', message: { ...message('a', 'assistant', 'Half'), status: 'stopped' } };
    };
    await runTurn(start, send);
    stopTurn('c');
    await vi.waitFor(() => expect(runningTurn('c')).toBeNull());
    expect(texts()).toEqual(['Why?', 'Half']);
  });
});
