/** The order of what was found, once its first lines have been read again together with the question. Pure. */
import { readQuestion } from './asked.ts';
import { usualLevers, type Levers } from './levers.ts';
import { withNewerAbove } from './newer.ts';
import type { Ranked } from './order.ts';
import type { Reading } from '../meaning/reader.ts';

export type RereadOptions = { question: string; now: number; levers?: Levers };

/** Lines that were not read keep their places behind those that were; what is newer stands above what it replaces, as before. */
export function withReading(ranked: Ranked[], { tells, earned }: Reading, { question, now, levers = usualLevers }: RereadOptions): Ranked[] {
  const read = ranked.slice(0, tells.length).map((one, index) => {
    const told = tells[index]!;
    return { ...one, scores: { ...one.scores, told, total: one.scores.total + levers.told * earned * told } };
  });
  read.sort((a, b) => b.scores.total - a.scores.total);
  const best = read[0]?.scores.total || 1;
  const all = [...read, ...ranked.slice(tells.length)];
  return withNewerAbove(all, readQuestion(question, now), levers.newer).map((one) => ({ ...one, scores: { ...one.scores, total: one.scores.total / best } }));
}

/** A message as it is read: what it answers goes before it. */
export const lineRead = ({ row }: Ranked, asked: string): string => {
  const said = [row.speaker === null ? '' : `${row.speaker} : `, row.text, row.caption === null ? '' : ` (${row.caption})`].join('');
  return asked === '' ? said : `${asked.slice(-longestAsked)} / ${said}`;
};

const longestAsked = 120;
