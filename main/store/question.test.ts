import { describe, expect, it } from 'vitest';
import { endsAsking, isQuestion } from './question.ts';

describe('isQuestion', () => {
  it.each([
    'Where does my sister live?',
    'where does my sister live',
    'Hi! Where does my sister live?',
    'What time is it? And where are you?',
    'Do you remember my name',
    'Can you tell me where my sister lives',
    'Tell me about Porto',
    "what's my sister's name",
    'Wo wohnt meine Schwester',
    'Où habite ma sœur ?',
    '¿Dónde vive mi hermana?',
    'Onde mora a minha irmã?',
    'Где живёт моя сестра',
    'Πού μένει η αδερφή μου;',
    '姉はどこに住んでいますか',
    '我姐姐住在哪里？',
    'أين تعيش أختي؟',
  ])('%s', (text) => expect(isQuestion(text)).toBe(true));

  it.each([
    'My sister lives in Porto.',
    // Bug: a statement is hidden among the questions because a question stands beside it.
    'My sister lives in Porto. Do you know it?',
    'Do you know Porto? My sister lives there.',
    'What a day!',
    'When I was young I lived in Porto.',
    'My sister lives in Porto',
    'when i was young i lived in porto',
    'what a day it was',
    'Is this it. I think so.',
    'Hello!',
    '',
    '42',
    'Remember that the key is under the pot',
  ])('not: %s', (text) => expect(isQuestion(text)).toBe(false));
});

it('what ends by asking calls for an answer, though it tells something, too', () => {
  expect(['Where is it?', 'My sister lives in Porto. Do you know it? ', '元気ですか？'].map(endsAsking)).toEqual([true, true, true]);
  expect(['Do you know Porto? My sister lives there.', 'Hello!', ''].map(endsAsking)).toEqual([false, false, false]);
});
