/** What of a text was meant by a search: each wanted word or phrase in the forms in which it stands there. Pure. */
import { marksIn } from '../words/marks.ts';
import { parseQuery } from '../words/query.ts';

/** More forms of words than these are not told apart by the eye. */
const mostForms = 200;

export function formsIn(text: string, query: string, now: number): string[] {
  const forms = new Map<string, string>();
  for (const wanted of parseQuery(query, now).wanted) {
    const marks = marksIn(text, [wanted]);
    const words = wanted.words.length;
    for (let at = 0; at + words <= marks.length && forms.size < mostForms; at += words) {
      const form = text.slice(marks[at]![0], marks[at + words - 1]![1]);
      forms.set(form.toLowerCase(), form);
    }
  }
  return [...forms.values()];
}
