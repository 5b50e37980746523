/** Reads conversations in LoCoMo's format. The data set is not part of this project: its licence forbids shipping it. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { ConversationFile } from '../../main/contract/conversation.ts';

const Turn = z.object({ speaker: z.string(), dia_id: z.string(), text: z.string(), blip_caption: z.string().nullish() });
const Question = z.object({ question: z.string(), evidence: z.array(z.string()).nullish(), category: z.number().int() });
const File = z.array(z.object({ conversation: z.record(z.string(), z.unknown()), qa: z.array(Question) }));
const Corrected = z.object({ conv: z.number().int(), qa: z.number().int(), evidence: z.array(z.string()) });

export type LocomoTurn = { id: string; sitting: number; speaker: string; text: string; caption: string | null; at: number };
export type LocomoQuestion = { text: string; category: number; evidence: Set<string> };
export type Sample = { turns: LocomoTurn[]; questions: LocomoQuestion[] };

/** `evidenceFile`: corrected evidence, one JSON object a line. Questions without any evidence in the conversation are left out. */
export function readLocomo(file: string, evidenceFile: string | undefined): Sample[] {
  const corrected = new Map(evidenceFile === undefined ? [] : readLines(evidenceFile).map(({ conv, qa, evidence }) => [`${conv} ${qa}`, evidence]));
  return File.parse(JSON.parse(readFileSync(file, 'utf8'))).map((sample, conv) => {
    const turns = readTurns(sample.conversation);
    const known = new Set(turns.map(({ id }) => id));
    const questions = sample.qa
      .map(({ question, evidence, category }, qa) => ({
        text: question,
        category,
        evidence: new Set((corrected.get(`${conv} ${qa}`) ?? evidence ?? []).flatMap(turnIds).filter((id) => known.has(id))),
      }))
      .filter(({ evidence }) => evidence.size > 0);
    return { turns, questions };
  });
}

const readLines = (file: string) =>
  readFileSync(file, 'utf8').split('\n').filter((line) => line.trim() !== '').map((line) => Corrected.parse(JSON.parse(line)));

/** Evidence is written in several ways: "D1:3", "D:1:3", "D8:6; D9:17". */
const turnIds = (evidence: string) => [...evidence.matchAll(/D:?(\d+):(\d+)/gu)].map(([, sitting, turn]) => `D${Number(sitting)}:${Number(turn)}`);

function readTurns(conversation: Record<string, unknown>): LocomoTurn[] {
  const sittings = Object.keys(conversation)
    .flatMap((key) => /^session_(\d+)$/u.exec(key)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
  return sittings.flatMap((sitting) => {
    const start = readTime(z.string().parse(conversation[`session_${sitting}_date_time`]));
    return z.array(Turn).parse(conversation[`session_${sitting}`]).map((turn, index) => ({
      id: turn.dia_id,
      sitting,
      speaker: turn.speaker,
      text: turn.text,
      caption: turn.blip_caption ?? null,
      at: start + index * betweenTurnsMs,
    }));
  });
}

/** The whole conversation as a file of the app's. */
export function conversationOf(turns: LocomoTurn[]): ConversationFile {
  const messages = turns.map(({ id, speaker, caption, text, at }, index) => ({
    id, parentId: turns[index - 1]?.id ?? null, role: 'user' as const, speaker, caption, text, createdAt: at,
  }));
  return { format: 'engram-conversation', version: 1, title: 'Imported', createdAt: turns[0]?.at ?? 0, messages };
}

const betweenTurnsMs = 20_000;
const months = ['january', 'february', 'march', 'april', 'may', 'june', 'july', 'august', 'september', 'october', 'november', 'december'];

/** "1:56 pm on 8 May, 2023", in the machine's time zone, as the app writes dates. */
function readTime(text: string): number {
  const [, hour, minute, half, day, month = '', year] = /(\d+):(\d+) (am|pm) on (\d+) (\w+), (\d+)/u.exec(text) ?? [];
  const index = months.indexOf(month.toLowerCase());
  if (index < 0) throw new Error(`“${text}” is no date in LoCoMo's manner.`);
  return new Date(Number(year), index, Number(day), (Number(hour) % 12) + (half === 'pm' ? 12 : 0), Number(minute)).getTime();
}
