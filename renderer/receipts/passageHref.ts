import { trailOf, type NoteCitation } from '../../main/contract/memory.ts';

type Cited = Pick<NoteCitation, 'note'> & Partial<Pick<NoteCitation, 'telling'>>;

/** Where a passage stands in its note: the sentence that tells, else all of it. `id`: what the note is called now. */
export function hrefOfPassage({ note, telling = null }: Cited, id: string): string {
  const { from, to } = note.place;
  const [start, end] = telling ? [from + telling[0], from + telling[1]] : [from, to];
  return `#/notes/${encodeURIComponent(id)}?${new URLSearchParams({ from: String(start), to: String(Math.min(end, to)) }).toString()}`;
}

export const placeOf = ({ note }: Cited): string => trailOf(note);

/** Of the passage what tells, in short. */
export function telling({ quote, telling: range }: NoteCitation): string {
  const text = (range ? quote.slice(...range) : quote).replace(/\s+/gu, ' ').trim();
  return text.length > 240 ? `${text.slice(0, 238).trimEnd()}…` : text;
}
