/** The starter's evaluation cases: written by generators with names and templates that training never saw, committed as files. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PromptMessage } from '../../main/engine/contract.ts';

export const Case = z.object({
  /** `grounded.unseenNames`, `tool`, `smallTalk`, …: see `score.ts` for those with a rule of their own. */
  ability: z.string(),
  /** Everything before the answer. */
  messages: z.array(PromptMessage).min(1),
  expect: z.string(),
  /** Other answers that are as right. */
  accept: z.array(z.string()).default([]),
  /** Of the remembered line that answers. */
  mark: z.number().int().nullable().default(null),
  /** What the answer must name. */
  value: z.string().nullable().default(null),
  /** What was said, of which the remembered lines tell; for asking in the whole app. */
  said: z.array(z.object({ text: z.string(), day: z.iso.date() })).optional(),
});
export type Case = z.infer<typeof Case>;

export const casesFolder = path.resolve(import.meta.dirname, 'cases');

/** Every `*.jsonl` in the folder, one case a line; none where there is no folder. A line that is none throws, by its place. */
export function readCases(folder: string): Case[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .sort()
    .flatMap((file) => readLines(path.join(folder, file)));
}

const readLines = (file: string): Case[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => (line.trim() === '' ? [] : [readLine(line, `${path.basename(file)}:${index + 1}`)]));

function readLine(line: string, place: string): Case {
  try {
    return Case.parse(JSON.parse(line));
  } catch (error) {
    throw new Error(`${place} is no evaluation case: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** `only`: abilities that are this or begin with it and a dot. `limit`: so many of each, in order. */
export function chooseCases(cases: Case[], { only, limit }: { only: string | undefined; limit: number }): Case[] {
  const taken = new Map<string, number>();
  return cases.filter(({ ability }) => {
    if (only !== undefined && ability !== only && !ability.startsWith(`${only}.`)) return false;
    const count = taken.get(ability) ?? 0;
    taken.set(ability, count + 1);
    return count < limit;
  });
}

/** Remembered lines that the case's last message gives. */
export function linesOf({ messages }: Pick<Case, 'messages'>): number {
  const fenced = /<remembered>\n([\s\S]*?)\n<\/remembered>/u.exec(messages.at(-1)?.text ?? '')?.[1] ?? '';
  return fenced.split('\n').filter((line) => /\[\d+\]/u.test(line)).length;
}
