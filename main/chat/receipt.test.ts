import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MemoryCitation } from '../contract/memory.ts';
import type { Receipt } from '../contract/receipt.ts';
import type { GenerateRequest } from '../engine/contract.ts';
import { all, bigModel, friendly, grown, lisbon, never, open, porto, saved, starter, type Setup, type Talk } from './fixtures/talk.ts';
import { receiptOf } from './receipt.ts';
import { noPhrases } from './voice.ts';

const asked = 'Where does my sister live?';

function begin(setup: Setup = {}): Talk & { receipt(id: string): Receipt; sent(): GenerateRequest | undefined } {
  const talk = open(setup);
  return { ...talk, receipt: (id: string) => receiptOf({ db: talk.db, messages: talk.messages }, id), sent: () => talk.engine.requests.at(-1) };
}

/** Many lines, each as long as the first. */
const many = (count: number): MemoryCitation[] => Array.from({ length: count }, (_, index) => ({ ...porto, mark: index + 1, memoryId: `m${index}`, messageId: `m${index}`, quote: `${porto.quote} ${'word '.repeat(30)}${index}` }));

describe('what the model was given', () => {
  it('is what was sent, message for message, however long the conversation and whoever reads it', async () => {
    for (const model of [bigModel, grown, starter, { ...bigModel, windowTokens: 300 }]) {
      const talk = begin({ model, citations: [porto, lisbon], script: { answer: () => '[1] Your sister lives in Porto.' } });
      for (let turn = 0; turn < 8; turn += 1) {
        const before = talk.engine.requests.length;
        const answer = await saved(talk.send(`${asked} ${'filler '.repeat(12)}${turn}`));
        const { prompt } = talk.receipt(answer.id);
        expect(prompt?.messages ?? null, `${model.name} ${turn}`).toEqual(talk.engine.requests.length > before ? talk.sent()!.messages : null);
      }
      const early = talk.messages.branch(talk.conversation.id)[1]!;
      expect(talk.receipt(early.id).prompt?.messages ?? talk.engine.requests[0]?.messages, 'long after').toEqual(talk.engine.requests[0]?.messages);
    }
  });

  it('counts the messages of this conversation that had no room', async () => {
    const talk = begin({ model: { ...bigModel, windowTokens: 400 }, script: { answer: () => 'short' } });
    let answer = await saved(talk.send('Say hello to me'));
    expect(talk.receipt(answer.id).prompt?.earlier).toBe(0);
    for (let turn = 0; turn < 10; turn += 1) answer = await saved(talk.send(`Say number ${turn}. ${'filler '.repeat(30)}`));
    const { prompt } = talk.receipt(answer.id);
    expect(prompt!.earlier).toBe(21 - (prompt!.messages.length - 1));
  });

  it('holds what an answer said already when it was continued', async () => {
    const stop = new AbortController();
    const talk = begin({
      script: {
        async *answer({ answerSoFar }) {
          if (answerSoFar !== '') return yield ' to the end.';
          yield 'From the start';
          stop.abort();
          await new Promise(() => {});
        },
      },
    });
    const stopped = await saved(talk.send('Tell me a story now', null, stop.signal));
    const whole = await saved(talk.turns.continue({ conversationId: talk.conversation.id, answerId: stopped.id }, never));
    expect(talk.receipt(whole.id).prompt).toMatchObject({ answerSoFar: 'From the start', messages: talk.sent()!.messages });
  });

  it('is nothing where no model was asked, nor for a question', async () => {
    const talk = begin({ model: null, citations: [porto] });
    const answer = await saved(talk.send(asked));
    expect(talk.receipt(answer.id).prompt).toBeNull();
    expect(() => talk.receipt(answer.parentId!)).toThrow(expect.objectContaining({ code: 'not-found' }) as Error);
  });

  it('is nothing for an answer from before prompts could be shown', async () => {
    const talk = begin();
    const answer = await saved(talk.send('Say hello to me'));
    talk.db.prepare('UPDATE message SET given = ? WHERE id = ?').run('["[1] a line"]', answer.id);
    expect(talk.receipt(answer.id)).toMatchObject({ prompt: null, cut: [] });
    expect(talk.messages.history(answer.id, 1)[0]?.given).toEqual(['[1] a line']);
  });

  it('shows what was forgotten since as forgotten', async () => {
    const talk = begin({ citations: [porto] });
    const answer = await saved(talk.send(asked));
    talk.db.prepare('UPDATE message SET text = ? WHERE id = ?').run('[forgotten]', answer.parentId);
    expect(talk.receipt(answer.id).prompt!.messages.at(-1)!.text).toContain('</remembered>\n\n[forgotten]');
  });
});

describe('what is forgotten', () => {
  it('is gone from prompts that were given, from their instructions too, and no byte of it is left', async () => {
    const talk = begin({ citations: [{ ...porto, quote: 'My sister lives in Zamora.' }], part: { acting: async () => ({ persona: { ...friendly, instructions: 'You know that Zamora is nice.' }, overlay: [], phrases: noPhrases }) } });
    const told = await saved(talk.send('My sister lives in Zamora.'));
    const answer = await saved(talk.send(asked));
    expect(JSON.stringify(talk.receipt(answer.id).prompt)).toContain('Zamora is nice');
    const { forget } = talk.deps.keeping;
    const { carriers } = await forget.preview({ id: told.parentId! });
    const forgetting = await forget.forget({ id: told.parentId!, carriers: carriers.map(({ key }) => key), graceSeconds: 0 });
    expect(forgetting).toMatchObject({ state: 'erased', check: { found: [] } });
    const prompt = talk.receipt(answer.id).prompt!;
    expect(JSON.stringify(prompt)).not.toContain('Zamora');
    expect(prompt.messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    const folder = path.dirname(talk.db.name);
    const holding = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && readFileSync(path.join(entry.parentPath, entry.name)).toString('latin1').toLowerCase().includes('zamora'));
    expect(holding).toEqual([]);
  });
});

describe('what was left out', () => {
  it('is what had no room, best first, and how many more', async () => {
    const talk = begin({ citations: many(40), model: { ...bigModel, windowTokens: 1_200 } });
    const answer = await saved(talk.send(asked));
    const { cut, cutMore } = talk.receipt(answer.id);
    const given = answer.citations.length;
    expect(given).toBeGreaterThan(1);
    expect(cut.map(({ memoryId, reason }) => [memoryId, reason])).toEqual(many(40).slice(given, given + 20).map(({ memoryId }) => [memoryId, 'room']));
    expect(cutMore).toBe(20 - given);
  });

  it('is what a small model cannot tell apart, and what does not bear on the question', async () => {
    const said = ['My sister lives in Porto.', 'My sister moved to Lisbon.', 'My sister left Faro.', 'My sister loves Braga.'];
    const told = said.map((quote, index) => ({ ...porto, mark: index + 1, memoryId: `m${index}`, messageId: `m${index}`, quote, saidAt: porto.saidAt + index }));
    const answered: MemoryCitation = { ...porto, mark: 5, memoryId: 'answer', role: 'assistant' };
    const talk = begin({ model: grown, citations: [...told, answered], script: { answer: () => '[1] Your sister lives in Porto.' } });
    const answer = await saved(talk.send(asked));
    expect(answer.citations).toHaveLength(3);
    expect(talk.receipt(answer.id).cut.map(({ memoryId, reason }) => [memoryId, reason])).toEqual([
      ['m3', 'lines'],
      ['answer', 'unrelated'],
    ]);
  });

  it('is told with its text as it reads now, and without one once it is forgotten', async () => {
    const talk = begin({ model: null });
    await all(talk.send('My dog is called Rex and sleeps a lot.')).catch(() => undefined);
    const rex = talk.messages.branch(talk.conversation.id)[0]!;
    const found = [porto, { ...porto, mark: 2, memoryId: rex.id, quote: rex.text }, { ...porto, mark: 3, memoryId: 'gone', quote: 'Gone.' }];
    const other = begin({ model: null, citations: found, part: { recall: async () => ({ citations: found, mode: 'words' }) } });
    const answer = await saved(other.send(asked));
    const { cut } = receiptOf({ db: talk.db, messages: other.messages }, answer.id);
    expect(cut.map(({ text, reason }) => [text, reason])).toEqual([
      [rex.text, 'quoted'],
      [null, 'quoted'],
    ]);
  });
});
