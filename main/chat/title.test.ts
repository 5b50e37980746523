import { describe, expect, it } from 'vitest';
import { createScriptedEngine } from '../engine/scripted.ts';
import type { ChatModel } from './chatTypes.ts';
import { isGoodTitle, plainTitle, thinkOfTitle } from './title.ts';

const trusted: ChatModel = { name: 'big.gguf', windowTokens: 4_096, trusted: true, trained: null };
const think = (says: string, model: ChatModel | null, questions: string[]) =>
  thinkOfTitle({ engine: createScriptedEngine({ answer: () => says }), model: () => model }, { questions, answer: 'Bruges is lovely.' }, new AbortController().signal);

describe('a title', () => {
  it('is the model’s where it does it well, without its quotation marks', async () => {
    expect(await think('Title: "Trip to Bruges."', trusted, ['I am planning a trip to Bruges.'])).toBe('Trip to Bruges');
  });

  it('is made of the question where the model rambles, or invents and is not trusted', async () => {
    const question = 'Can you help me to fix the tall lamp?';
    expect(await think('Certainly! Here is a title for this conversation that you might like', trusted, [question])).toBe('Fix the tall lamp');
    const small: ChatModel = { ...trusted, trusted: false, trained: { instructions: 'You are a helpful assistant.', memoryLines: 3, titleInstructions: 'Write a short title.', temperature: 0, historyTurns: 0, trust: { weighs: false, picksNewer: false, general: false } } };
    expect(await think('Email toin', small, [question])).toBe('Fix the tall lamp');
    expect(await think('Fixing the tall lamp', small, [question])).toBe('Fixing the tall lamp');
    expect(await think('', null, [question])).toBe('Fix the tall lamp');
  });

  it('waits until more than a greeting was said', async () => {
    expect(await think('Greeting', trusted, ['Hello!'])).toBeNull();
    expect(await think('', null, ['Hello!', 'where is my bike?'])).toBe('Where is my bike');
  });

  it('is one short line of plain words', () => {
    for (const title of ['', 'a', 'two\nlines', '<b>x</b> y', '{"tool": 1}', 'I would call this one trip', 'one two three four five six seven eight nine', 'w'.repeat(61)]) {
      expect(isGoodTitle(title, title, true), title).toBe(false);
    }
    expect(plainTitle('word '.repeat(100)).length).toBeLessThanOrEqual(60);
    expect(plainTitle('日本語のとても長い文章です。')).toBe('日本語のとても長い文章です。');
    expect(plainTitle('???')).toBe('???');
  });
});
