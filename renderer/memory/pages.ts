import type { Memory } from '../../main/contract/memory.ts';

/** How many memories are asked for at a time. */
export const PAGE = 100;
/** The most the assistant gives at once, for asking again for what is already shown. */
export const LARGEST_PAGE = 500;

export type Page = { memories: readonly Memory[]; total: number };
export type Place = { at: number; id: string };

/** Where the next page begins: after the last one shown. */
export function nextPlace(shown: readonly Memory[]): Place | null {
  const last = shown.at(-1);
  return last ? { at: last.createdAt, id: last.id } : null;
}

/** Whether a page was the last one. The total does not tell: a list that begins in the past leaves newer ones out. */
export const isLast = (page: Page, asked: number): boolean => page.memories.length < asked;

/** Where a list begins that goes back from the end of a day, written as a date box writes it; null for now. */
export function endOfDay(date: string | null): Place | null {
  const [year, month, day] = date?.split('-').map(Number) ?? [];
  if (!year || !month || !day) return null;
  // No id comes after this one, so that everything said in the last millisecond is there.
  return { at: new Date(year, month - 1, day + 1).getTime() - 1, id: '\uffff' };
}

/** A page and what was already known beyond it. What the page should have held and does not is gone. */
export function join(first: Page, rest: readonly Memory[]): Memory[] {
  const last = first.memories.at(-1);
  if (!last || isLast(first, PAGE)) return [...first.memories];
  const held = new Set(first.memories.map((memory) => memory.id));
  const beyond = rest.filter((memory) => memory.createdAt <= last.createdAt && !held.has(memory.id));
  return [...first.memories, ...beyond];
}

/** Adds a page at the end; one that came twice is shown once. */
export function append(shown: readonly Memory[], page: Page): Memory[] {
  const held = new Set(shown.map((memory) => memory.id));
  return [...shown, ...page.memories.filter((memory) => !held.has(memory.id))];
}

export const replace = (shown: readonly Memory[], changed: Memory): Memory[] =>
  shown.map((memory) => (memory.id === changed.id ? changed : memory));
