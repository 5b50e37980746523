import { expect, it } from 'vitest';
import { sumOf } from './sum.ts';

it.each([
  ['37 * 12', '37*12'],
  [' 1,204+3.5 =', '1204+3.5'],
  ['4 ÷ 11', '4/11'],
  ['650 - 543 × 308', '650-543*308'],
  ['12 x 4', '12*4'],
  ['twenty-seven divided by sixty-two', '27/62'],
  ['One hundred and twenty-five multiplied by one hundred and one', '125*101'],
  ['five hundred and thirty-two and nine', '532+9'],
  ['two hundred and three hundred', '200+300'],
  ['a thousand less twelve', '1000-12'],
  ['two thousand and five take away 7', '2005-7'],
  ['twelve thousand three hundred and four over 2', '12304/2'],
  ['18% of 1093', '1093*18/100'],
  ['18 per cent of 1093', '1093*18/100'],
  ['15% tip on 80', '80*15/100'],
  ['20 percent off 50', '50-50*20/100'],
  ['50 plus 20% tax', '50+50*20/100'],
  ['(3 + 4) * 2', '(3+4)*2'],
])('reads %s', (said, sum) => {
  expect(sumOf(said)).toBe(sum);
});

it.each(['', 'the weather', 'how many', '2 + two apples', 'process.exit()', 'x'])('finds no sum in %s', (said) => {
  expect(sumOf(said)).toBeNull();
});
