import { expect, it } from 'vitest';
import { sentencesHolding } from './sentencesHolding.ts';

const sentences = (...texts: string[]) => texts.map((text, index) => ({ text, chosen: index === 0 }));

// Bug: Forget beside "like tea" offers to forget the address in the same message, because that is the more telling sentence.
it('chooses the sentences that a claim rests on', () => {
  const said = sentences('I live at 4 Elm Road.', 'I like tea.', 'My sister', 'lives in Porto.');
  expect(sentencesHolding(said, 'I like tea')).toEqual([1]);
  expect(sentencesHolding(said, 'My sister\nlives in Porto.')).toEqual([2, 3]);
  expect(sentencesHolding(said, 'I live at 4 Elm Road')).toBeNull();
  expect(sentencesHolding(said, 'nowhere')).toBeNull();
});
