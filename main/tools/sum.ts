/**
 * What is to be worked out, as people say it: "twenty-seven times 1,204", "4 ÷ 11", "18% off 90". A small model is asked only to
 * find the sum in a message and hand it over as it stands; reading it is ours, and is never wrong about a digit.
 */

const units = 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(' ');
const tens = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const scales = new Map([['hundred', 100], ['thousand', 1_000], ['million', 1_000_000]]);

const signs: [RegExp, string][] = [
  [/\b(?:plus|added to)\b/gu, ' + '],
  [/\b(?:minus|less|take away)\b|[−–]/gu, ' - '],
  [/\b(?:times|multiplied by)\b|[×·]|(?<=\d)\s*x\s*(?=\d)/gu, ' * '],
  [/\b(?:divided by|over)\b|÷/gu, ' / '],
  [/\s*(?:\bper\s?cent\b|%)/gu, '% '],
];

/** Digits and signs only, without spaces; null where it is no sum. */
export function sumOf(said: string): string | null {
  const plain = said.toLowerCase().replace(/[\s=?.]+$/u, '').replace(/(\d),(?=\d{3}\b)/gu, '$1').replace(/(ty)-(?=[a-z])/gu, '$1 ');
  const written = inDigits(signs.reduce((text, [form, sign]) => text.replace(form, sign), plain));
  const sum = percentage(written) ?? written.replace(/ and /gu, '+').replace(/ /gu, '');
  return /^-?\(*\d[\d.+\-*/()^]*$/u.test(sum) ? sum : null;
}

/** "18% of 90", "18% off 90", "90 plus 18%". */
function percentage(text: string): string | null {
  const share = /^(?:a )?([\d.]+)% (of|off|(?:tip )?on) ([\d.]+)$/u.exec(text);
  if (share) return `${share[2] === 'off' ? `${share[3]}-` : ''}${share[3]}*${share[1]}/100`;
  const more = /^([\d.]+) ?([+-]) ?([\d.]+)%/u.exec(text);
  return more ? `${more[1]}${more[2]}${more[1]}*${more[3]}/100` : null;
}

/** Number words become digits, with one space between any two words: "one hundred and five" is 105, "five and six" stays two. */
function inDigits(text: string): string {
  const words = text.trim().split(/\s+/u);
  const done: string[] = [];
  let number: string[] = [];
  const end = () => {
    if (number.length > 0) done.push(String(valueOf(number)));
    number = [];
  };
  words.forEach((word, at) => {
    if (isNumber(word) || (word === 'a' && scales.has(words[at + 1] ?? ''))) number.push(word);
    else if (!(word === 'and' && scales.has(number.at(-1) ?? '') && isRest(words.slice(at + 1)))) {
      end();
      done.push(word);
    }
  });
  end();
  return done.join(' ');
}

const isNumber = (word: string) => units.includes(word) || tens.slice(2).includes(word) || scales.has(word);

/** Below a hundred: what follows "hundred and". A scale after it would make it a number of its own. */
function isRest(words: string[]): boolean {
  const length = words.findIndex((word) => !isNumber(word));
  const number = length < 0 ? words : words.slice(0, length);
  return number.length > 0 && !number.some((word) => scales.has(word));
}

function valueOf(words: string[]): number {
  let total = 0;
  let current = 0;
  for (const word of words) {
    const scale = scales.get(word);
    if (scale === undefined) current += Math.max(units.indexOf(word), 0) + 10 * Math.max(tens.indexOf(word), 0);
    else current = Math.max(current, 1) * scale;
    if (scale !== undefined && scale > 100) [total, current] = [total + current, 0];
  }
  return total + current;
}
