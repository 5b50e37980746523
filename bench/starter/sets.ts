/** Public evaluation sets, read from a folder of the reader's own: their licences keep them out of this repository. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';

const StsPair = z.object({ year: z.number(), set: z.string(), score: z.number(), s1: z.string(), s2: z.string() });
export type StsPair = z.infer<typeof StsPair>;

const Squad = z.object({
  paragraphs: z.array(z.object({ id: z.union([z.string(), z.number()]).transform(String), text: z.string() })),
  questions: z.array(
    z.object({ pid: z.union([z.string(), z.number()]).transform(String), question: z.string(), is_impossible: z.boolean() }),
  ),
});
export type Paragraph = { id: string; text: string };
export type SquadQuestion = { paragraphId: string; text: string };
export type Squad = { paragraphs: Paragraph[]; questions: SquadQuestion[] };

/** Null, with a sentence on the terminal, where the file is not there. */
export function readSts(folder: string): StsPair[] | null {
  const text = unpack(path.join(folder, 'sts', 'sts12_16_test.jsonl.gz'));
  return text === null ? null : text.split('\n').filter((line) => line.trim() !== '').map((line) => StsPair.parse(JSON.parse(line)));
}

/** Questions that have an answer, and all paragraphs. */
export function readSquad(folder: string): Squad | null {
  const text = unpack(path.join(folder, 'squad_dev', 'squad_dev_v2.json.gz'));
  if (text === null) return null;
  const { paragraphs, questions } = Squad.parse(JSON.parse(text));
  return { paragraphs, questions: questions.filter((one) => !one.is_impossible).map(({ pid, question }) => ({ paragraphId: pid, text: question })) };
}

function unpack(file: string): string | null {
  if (existsSync(file)) return gunzipSync(readFileSync(file)).toString('utf8');
  console.log(`${path.basename(path.dirname(file))} is left out: there is no ${path.basename(file)} in it.`);
  return null;
}
