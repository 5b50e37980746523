/** Reads LongMemEval's instances: one question each over a haystack of sittings between the owner and an assistant. Not part of this project. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { ConversationFile } from '../../main/contract/conversation.ts';

const Instance = z.object({
  question_id: z.string(),
  question_type: z.string(),
  question: z.string(),
  answer_session_ids: z.array(z.string()),
  complete: z.boolean(),
  sessions: z.array(z.object({ id: z.string(), date: z.string(), turns: z.array(z.object({ role: z.enum(['user', 'assistant']), content: z.string() })) })),
});

export type Haystack = {
  id: string;
  kind: string;
  question: string;
  /** Positions of the sittings that hold the answer. */
  gold: Set<number>;
  sittings: ConversationFile[];
};

const betweenTurnsMs = 20_000;

/** Whole haystacks only. */
export function readLongMemEval(file: string): Haystack[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => Instance.parse(JSON.parse(line)))
    .filter(({ complete }) => complete)
    .map(({ question_id: id, question_type: kind, question, answer_session_ids: answers, sessions }) => ({
      id, kind, question,
      gold: new Set(sessions.flatMap(({ id: session }, index) => (answers.includes(session) ? [index] : []))),
      sittings: sessions.map(({ date, turns }) => sittingOf(Date.parse(date), turns)),
    }));
}

function sittingOf(start: number, turns: { role: 'user' | 'assistant'; content: string }[]): ConversationFile {
  const messages = turns.map(({ role, content }, index) => ({
    id: String(index), parentId: index === 0 ? null : String(index - 1), role, speaker: null, caption: null, text: content, createdAt: start + index * betweenTurnsMs,
  }));
  return { format: 'engram-conversation', version: 1, title: '', createdAt: start, messages };
}
