/** What of a text was meant by a search: each wanted word or phrase in the forms in which it stands there. Pure. */
import { marksIn } from '../words/marks.ts';
import { parseQuery } from '../words/query.ts';

/** More forms of words than these are not told apart by the eye. */
const mostForms = 200;

export function formsIn(text: string, query: string, now: number): string[] {
  const forms = new Map<string, string>();
  const words = wordsOnce(text);
  for (const wanted of parseQuery(query, now).wanted) {
    const place = wanted.words.length === 1 ? words : around(text, wanted.words[0]!);
    const marks = marksIn(place, [wanted]);
    const step = wanted.words.length;
    for (let at = 0; at + step <= marks.length && forms.size < mostForms; at += step) {
      const form = place.slice(marks[at]![0], marks[at + step - 1]![1]);
      forms.set(form.toLowerCase(), form);
    }
  }
  return [...forms.values()];
}

const someWord = /[\p{L}\p{N}\p{M}\p{Co}\u00ad]+/gu;

/** Every word of a text once: a long one says the same few thousand again and again. */
const wordsOnce = (text: string): string => [...new Set(text.match(someWord))].join(' ');

/** Characters before and behind the first word of a phrase that may belong to it, and how many places are looked at. */
const reach = 400;
const mostPlaces = 300;

/** Where a phrase may stand, by the letters that its first word begins with. */
function around(text: string, first: string): string {
  const beginning = new RegExp(first.slice(0, 4).replace(/[^\p{L}\p{N}]/gu, '.'), 'giu');
  const places: string[] = [];
  for (let end = 0; places.length < mostPlaces; ) {
    beginning.lastIndex = end;
    const found = beginning.exec(text);
    if (!found) break;
    end = found.index + reach;
    places.push(text.slice(Math.max(0, found.index - 1), end));
  }
  return places.join(' \u2022 ');
}
