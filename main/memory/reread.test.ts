import { expect, it } from 'vitest';
import { converse, persona, storeWithPersona } from './fixtures/told.ts';
import { rankMemories, viewOf } from './recall.ts';
import { lineRead, withReading } from './reread.ts';

function found(...lines: string[]) {
  const told = storeWithPersona();
  for (const line of lines) converse(told, [line, 'I see.']);
  return rankMemories(told.store.db, { text: 'Where does my sister live now?', view: viewOf(persona('friendly'), null)!, leaveOut: [], limit: 10, meanings: null, now: told.store.clock.now });
}
const options = { question: 'Where does my sister live now?', now: 0 };
const texts = (ranked: ReturnType<typeof found>) => ranked.map(({ row }) => row.text);

it('what reads as the answer stands first, and what was not read keeps its order behind', () => {
  const ranked = found('The house in which my sister lives is in Porto.', 'The house in which my sister lives is yellow.', 'The house of my sister has a cat.');
  const place = texts(ranked).indexOf('The house in which my sister lives is in Porto.');
  const reread = withReading(ranked, { tells: ranked.map((_, index) => Number(index === place)), earned: 1 }, options);
  expect(place).toBeGreaterThan(0);
  expect(reread[0]!.scores).toMatchObject({ told: 1, total: 1 });
  expect(texts(reread)[0]).toBe('The house in which my sister lives is in Porto.');
  const one = withReading(ranked, { tells: [0], earned: 1 }, options);
  expect(texts(one)).toEqual(texts(ranked));
  expect(one[1]!.scores.told).toBeUndefined();
});

it('a reader that knows nothing changes nothing', () => {
  const ranked = found('My sister lives in Porto.', 'My sister plays the cello.');
  expect(texts(withReading(ranked, { tells: [0, 1], earned: 0 }, options))).toEqual(texts(ranked));
});

it('a line is read with the question that it answers', () => {
  const [one] = found('My sister lives in Porto.');
  expect(lineRead(one!, 'And your sister?')).toBe('And your sister? / My sister lives in Porto.');
  expect(lineRead(one!, '')).toBe('My sister lives in Porto.');
});
