/** What research reads, and what it makes of it. */
import type { Stretch } from './stretches.ts';

/** A passage of a note, as searching finds it. */
export type Source = {
  id: string;
  note: { id: string; folderId: string; path: string; title: string; type: string; modifiedAt: number };
  headings: string[];
  kind: string;
  text: string;
  place: { from: number; to: number; page?: number };
  /** 0 to 1, comparable within one search only. */
  score: number;
};

/** What is known of a note beside its passages. */
export type NoteFacts = {
  id: string;
  aliases: string[];
  tags: string[];
  /** Which day its front matter gives it, Unix milliseconds. */
  dated: number | null;
  /** Notes it points to, and that point to it. */
  linked: { id: string; title: string }[];
};

/** The notes, as far as research looks into them: a scope is applied already. */
export type Library = {
  /** What bears on it, best first; in these notes only, where some are given. */
  find(query: { text: string; limit: number; noteIds?: string[] }, signal: AbortSignal): Promise<Source[]>;
  /** Passages of notes of that time. */
  within(stretch: Stretch, limit: number): Source[];
  /** In which a form of each word stands, of the notes written last first. */
  latest(words: readonly (readonly string[])[], limit: number): Source[];
  facts(noteIds: string[]): NoteFacts[];
  /** How many notes there are to look into. */
  count(): number;
};

/** Which days a statement belongs to, and how that is known. */
export type When = { from: number; until: number; by: 'text' | 'heading' | 'title' | 'property' | 'file' };

/** A sentence, a line of a list or a row of a table, by itself. */
export type Statement = {
  source: Source;
  /** Without markup. */
  text: string;
  /** Of the passage's text, [from, to). */
  from: number;
  to: number;
  keys: ReadonlySet<string>;
  when: When;
  /** A line of tasks: done or not; null for all else. */
  done: boolean | null;
  /** "Price: 900 €". */
  pair: { key: string; value: string } | null;
  /** The one before it in the same paragraph. */
  before: Statement | null;
};

/** A sentence that bears on the question. */
export type Finding = Statement & {
  /** The topics it speaks of, by their places; empty where the question is about a time alone. */
  topics: number[];
  /** How plainly, 0 to 1. */
  bears: number;
  /** It reads like an order to an assistant. It is data like all else, and is shown for what it is. */
  isOrder: boolean;
};
