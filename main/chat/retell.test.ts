import { expect, it } from 'vitest';
import { retell } from './retell.ts';

it.each([
  ['My sister lives in Porto.', 'Your sister lives in Porto.'],
  ['By the way, my sister lives in Porto', 'Your sister lives in Porto'],
  ['Oh, and I should tell you that I’m allergic to nuts.', "You're allergic to nuts."],
  ['Please remember that our flat was mine before we met.', 'Your flat was yours before you met.'],
  ['I was born in Ghent, and I am 40.', 'You were born in Ghent, and you are 40.'],
  ['Iris told me about the US.', 'Iris told you about the US.'],
  ["i live in Porto and i've a cat, but i am not alone", "You live in Porto and you've a cat, but you are not alone"],
  ['I wrote about World War I.', 'You wrote about World War I.'],
  ['Kot i pies.', 'Kot i pies.'],
  ['Hello!', 'Hello!'],
  ['So what.', 'So what.'],
  ['Meine Schwester wohnt in Wien.', 'Meine Schwester wohnt in Wien.'],
])('tells back %s', (said, told) => {
  expect(retell(said)).toBe(told);
});
