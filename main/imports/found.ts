/** What the readers of every format agree on, and the small tools they share: nothing of a foreign file is believed. */
import type { LeftOut, LeftOutReason } from '../contract/importing.ts';

export type FoundMessage = {
  /** As the export names it. Null: it has no name, and is known by what was said up to it. */
  id: string | null;
  /** Which message of `messages` it follows: one before it, or none. */
  follows: number | null;
  role: 'user' | 'assistant';
  caption: string | null;
  text: string;
  /** Unix time, milliseconds. Null: the export does not say. */
  at: number | null;
};

export type FoundConversation = {
  source: 'chatgpt' | 'claude' | 'list' | 'markdown';
  /** As the export names it. Null: it has no name. */
  id: string | null;
  title: string;
  at: number | null;
  /** What is followed stands before what follows. */
  messages: FoundMessage[];
  /** Whose branch the export shows; null: the last one's. */
  shown: number | null;
  /** Messages that are not here, counted by why. */
  leftOut: LeftOut;
};

/** What a reader makes of one message of an export. */
export type Read = Omit<FoundMessage, 'id' | 'follows'> | { leftOut: LeftOutReason };

/** Messages in the order in which they are met. What is left out stands for the message before it. */
export class Collected {
  readonly messages: FoundMessage[] = [];
  readonly leftOut: LeftOut = {};
  /** By the export's id: the message it became, or else the one before it. */
  readonly #places = new Map<string, number | null>();
  #last: number | null = null;

  /** `parent`: what it follows, if that was met; null: nothing. An unknown one means the message before. */
  add(id: string | null, parent: string | null | undefined, read: Read): void {
    const place = parent === null ? null : this.placeOf(parent);
    const follows = place === undefined ? this.#last : place;
    if (id !== null && this.#places.has(id)) count(this.leftOut, 'broken');
    else if ('leftOut' in read) this.skip(id, follows, read.leftOut);
    else {
      this.#last = this.messages.push({ id, follows, ...read }) - 1;
      if (id !== null) this.#places.set(id, this.#last);
    }
  }

  /** Nothing is said there. */
  skip(id: string | null, follows: number | null, why: LeftOutReason | null): void {
    if (why) count(this.leftOut, why);
    if (id !== null) this.#places.set(id, follows);
  }

  /** Undefined: never met. */
  placeOf(id: string | undefined): number | null | undefined {
    return id === undefined ? undefined : this.#places.get(id);
  }
}

export type Json = Record<string, unknown>;

export const isRecord = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
export const recordOf = (value: unknown): Json => (isRecord(value) ? value : {});
export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The first of these keys that holds a text or a number, as text; null when none does. */
export function nameOf(value: Json, keys: readonly string[]): string | null {
  const found = keys.map((key) => value[key]).find((each) => (typeof each === 'string' && each !== '') || typeof each === 'number');
  return found === undefined ? null : String(found);
}

const latestTime = 8.64e15;
/** Seconds until the year 5138, and milliseconds from March 1973 on. */
const largestSeconds = 1e11;

/** Seconds or milliseconds since 1970, or a date as text. Null for what no calendar holds. */
export function timeOf(value: unknown): number | null {
  const time = typeof value === 'number' ? fromNumber(value) : typeof value === 'string' ? fromText(value) : NaN;
  return Number.isFinite(time) && Math.abs(time) <= latestTime ? Math.round(time) : null;
}

const fromNumber = (value: number) => (Math.abs(value) < largestSeconds ? value * 1_000 : value);
const fromText = (value: string) => (/^\d+(\.\d+)?$/.test(value) ? fromNumber(Number(value)) : Date.parse(value));

/** A longer message is no message; characters. */
const longestText = 2_000_000;

/** Why a text cannot stand as a message; null: it can. */
export function refusalOf(text: string, caption: string | null): LeftOutReason | null {
  if (text.length > longestText) return 'too-large';
  return text.trim() === '' && (caption ?? '') === '' ? 'empty' : null;
}

/** Without what no text holds: SQLite ends a text at a NUL. */
export const cleaned = (text: string): string => text.replaceAll('\0', '').replaceAll('\r\n', '\n').trim();

export function count(leftOut: LeftOut, reason: LeftOutReason, times = 1): void {
  if (times > 0) leftOut[reason] = (leftOut[reason] ?? 0) + times;
}

/** Names of pictures and files that were shared, in place of them; a message that is nothing else says so itself. */
export function withPlaceholder(text: string, names: readonly string[]): { text: string; caption: string | null } {
  const caption = names.map((name) => cleaned(name).replace(/\s+/g, ' ').slice(0, 200)).filter((name) => name !== '').slice(0, 20).join(', ');
  if (caption === '') return { text, caption: null };
  return text.trim() === '' ? { text: `[${caption}]`, caption: null } : { text, caption };
}
