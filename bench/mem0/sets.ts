/** What both are told and asked: conversations of LoCoMo's form, or our own histories. */
import path from 'node:path';
import { readHistories } from '../memory/histories.ts';
import { readLocomo } from '../recall/locomo.ts';

export type Told = { id: string; conversation: number; role: 'user' | 'assistant'; speaker: string | null; caption: string | null; text: string; at: number };
export type Put = { text: string; evidence: Set<string> };
export type Trial = { name: string; told: Told[]; asked: Put[] };

export function locomoSets(file: string, count: number): Trial[] {
  return readLocomo(file, undefined).slice(0, count).map(({ turns, questions }, index) => ({
    name: `conversation ${index + 1}`,
    told: turns.map(({ id, speaker, caption, text, at }) => ({ id, conversation: 0, role: 'user' as const, speaker, caption, text, at })),
    asked: questions.map(({ text, evidence }) => ({ text, evidence })),
  }));
}

const betweenLinesMs = 20_000;

/** Told to one persona, what is to be forgotten left out; questions that something answers. */
export function historySets(only: string | undefined): Trial[] {
  return readHistories(path.join(import.meta.dirname, '..', 'data', 'memory')).filter(({ name }) => only === undefined || only.split(',').includes(name)).map(({ name, conversations, questions, forgotten }) => ({
    name,
    told: conversations.flatMap(({ at, lines }, conversation) => lines.map(({ id, by, text }, index) => ({
      id, conversation, role: by === 'owner' ? ('user' as const) : ('assistant' as const), speaker: null, caption: null, text, at: Date.parse(at) + index * betweenLinesMs,
    }))).filter(({ id }) => !forgotten.includes(id)),
    asked: questions.filter(({ evidence }) => evidence.length > 0).map(({ text, evidence }) => ({ text, evidence: new Set(evidence) })),
  }));
}

/** What stands in mem0's message: who speaks and what a picture shows, as in Engram's key; with `dated`, the day as well. */
export function contentOf({ speaker, caption, text, at }: Told, dated: boolean): string {
  const said = `${speaker === null ? '' : `${speaker}: `}${text}${caption === null ? '' : ` [${caption}]`}`;
  return dated ? `(${day.format(at)}) ${said}` : said;
}

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
