import type { Token } from 'node-llama-cpp';
import { expect, test } from 'vitest';
import { createAnswerText, type AnswerTextOptions, type Detokenizer } from './answerText.ts';

/** A tokenizer of bytes: token 0 to 255 is that byte; above, control tokens with these texts. */
const controls = ['<think>', '</think>', '<|im_end|>', '<|odd|>'];
const tokenizer: Detokenizer = {
  detokenize: (tokens, special) =>
    tokens.some((token) => token > 255)
      ? tokens.map((token) => (special ? controls[token - 256] : '')).join('')
      : Buffer.from(tokens as unknown as number[]).toString('utf8'),
  isSpecialToken: (token) => token > 255,
};

const bytes = (text: string) => [...Buffer.from(text)] as Token[];
const control = (text: string) => [256 + controls.indexOf(text)] as Token[];

function read(tokens: Token[], more: Partial<AnswerTextOptions> = {}) {
  const text = createAnswerText(tokenizer, { before: [], markers: { stops: ['<|im_end|>', 'User:'], thought: null }, thinking: false, fresh: true, ...more });
  const pieces: string[] = [];
  for (const token of tokens) {
    const { text: piece, ended } = text.push(token);
    if (piece) pieces.push(piece);
    if (ended) return { shown: pieces.join(''), pieces, ended, exact: text.exactTokens() };
  }
  const rest = text.finish();
  if (rest) pieces.push(rest);
  return { shown: pieces.join(''), pieces, ended: false, exact: text.exactTokens() };
}
const thought = { stops: [], thought: { open: '<think>', close: '</think>' } };

test('a letter of several tokens comes whole, never as a replacement mark', () => {
  const { shown, pieces } = read(bytes('naïve 😀 日本'));
  expect(shown).toBe('naïve 😀 日本');
  expect(pieces.join('|')).not.toContain('\uFFFD');
});

test('bytes that never make a letter do not hold the answer up', () => {
  const { shown } = read([0xff, 0xfe, 0xff, 0xfe, ...bytes(' and on it goes')] as Token[]);
  expect(shown).toContain(' and on it goes');
});

test('a stop text is not shown, not even its beginning', () => {
  const { shown, pieces, ended } = read(bytes('Fine.\nUser: and then'));
  expect(shown).toBe('Fine.\n');
  expect(pieces.some((piece) => piece.includes('U'))).toBe(false);
  expect(ended).toBe(true);
});

test('what only looked like a stop text is shown after all', () => {
  expect(read(bytes('Use <|im and Us')).shown).toBe('Use <|im and Us');
});

test('thoughts are not shown, nor the blank lines after them', () => {
  const tokens = [...control('<think>'), ...bytes('hm, let me see'), ...control('</think>'), ...bytes('\n\nPorto.')];
  const { shown, exact } = read(tokens, { markers: thought });
  expect(shown).toBe('Porto.');
  // Its tokens must not stand for the visible text in the next prompt.
  expect(exact).toBeNull();
});

test('a thought that was opened by the prompt, or spelled out in plain letters, is hidden too', () => {
  expect(read([...bytes('hm</think>Yes')], { markers: thought, thinking: true }).shown).toBe('Yes');
  expect(read(bytes('<think>no</think>Yes'), { markers: thought }).shown).toBe('Yes');
  expect(read(bytes('never closed'), { markers: thought, thinking: true }).shown).toBe('');
});

test('control tokens in the middle are not shown', () => {
  expect(read([...bytes('a'), ...control('<|odd|>'), ...bytes('b')]).shown).toBe('ab');
});

test('white space before the first word goes, inside and for a continued answer it stays', () => {
  expect(read(bytes('\n\n Hello  you')).shown).toBe('Hello  you');
  expect(read(bytes(' and on'), { fresh: false }).shown).toBe(' and on');
});

test('the exact tokens are those whose text was shown', () => {
  expect(read(bytes(' Hello')).exact).toEqual(bytes(' Hello'));
  // Half a letter at the end: shown it is not, so it is not part of the answer.
  expect(read([...bytes('Hi '), 0xe6, 0x97] as Token[]).exact).toEqual(bytes('Hi '));
});
