/** The filters in what was typed, as text. Pure: what they mean is understood by the assistant. */

/** A filter, or what holds none: a phrase in quotes, a word. */
const part = /(?<filter>-?(?:tag|path|folder|type|before|after|in):(?:"[^"]*"?|[^\s"]+))|-?"[^"]*"?|[^\s"]+/giu;

type Found = { text: string; at: number };

const found = (text: string): Found[] => [...text.matchAll(part)].flatMap(({ groups, index }) => (groups?.['filter'] === undefined ? [] : [{ text: groups['filter'], at: index }]));

/** In the order in which they were typed. */
export const filtersIn = (text: string): string[] => found(text).map((one) => one.text);

const isSame = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();

export const hasFilter = (text: string, wanted: string): boolean => filtersIn(text).some((one) => isSame(one, wanted));

/** Adds it at the end, or takes it out again. What follows is a new word: a filter at the end is still being typed. */
export function toggleFilter(text: string, wanted: string): string {
  const there = found(text).find((one) => isSame(one.text, wanted));
  if (there === undefined) return `${text.trimEnd()}${text.trim() ? ' ' : ''}${wanted} `;
  const [before, after] = [text.slice(0, there.at).trimEnd(), text.slice(there.at + there.text.length).trimStart()];
  return `${before}${before && after ? ' ' : ''}${after}`;
}

/** The words alone, as a question has them. */
export const withoutFilters = (text: string): string => filtersIn(text).reduce(toggleFilter, text).replace(/\s+/gu, ' ').trim();
