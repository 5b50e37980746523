/** Evaluation sets as their folders have them: what is to be found among, what is asked, what answers. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

export type Item = { id: string; text: string };
/** `gold`: items and how relevant each is, 1 or more; none where nothing answers. */
export type Query = { text: string; gold: Map<string, number> };
export type EvaluationSet = { items: Item[]; queries: Query[] };

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');
const read = (file: string) => (file.endsWith('.gz') ? gunzipSync(readFileSync(file)).toString('utf8') : readFileSync(file, 'utf8'));

type SquadFile = { paragraphs: { id: number; text: string }[]; questions: { pid: number; question: string; is_impossible: boolean }[] };

/** Every paragraph is an item; of impossible questions the paragraph is about the matter and has no answer. */
export function readSquad(folder: string): EvaluationSet & { impossible: Query[] } {
  const { paragraphs, questions } = JSON.parse(read(path.join(folder, 'squad_dev_v2.json.gz'))) as SquadFile;
  const queries = (impossible: boolean) =>
    questions.filter((one) => one.is_impossible === impossible).map(({ question, pid }): Query => ({ text: question, gold: new Map([[String(pid), 1]]) }));
  return { items: paragraphs.map(({ id, text }) => ({ id: String(id), text })), queries: queries(false), impossible: queries(true).map(({ text }) => ({ text, gold: new Map() })) };
}

/** Abstracts; judgements of 1 and more are relevant. */
export function readCranfield(folder: string): EvaluationSet {
  const items = linesOf(read(path.join(folder, 'docs.jsonl.gz'))).map((line) => JSON.parse(line) as { id: string | number; title: string; text: string });
  const judged = new Map<string, Map<string, number>>();
  for (const line of linesOf(read(path.join(folder, 'qrels.tsv')))) {
    const [query, item, grade] = line.split('\t');
    if (Number(grade) < 1) continue;
    const gold = judged.get(query!) ?? new Map<string, number>();
    judged.set(query!, gold.set(item!, Number(grade)));
  }
  const queries = linesOf(read(path.join(folder, 'queries.jsonl'))).map((line) => JSON.parse(line) as { id: string | number; text: string });
  return {
    items: items.map(({ id, title, text }) => ({ id: String(id), text: `# ${title}\n\n${text}` })),
    queries: queries.map(({ id, text }) => ({ text, gold: judged.get(String(id)) ?? new Map<string, number>() })).filter(({ gold }) => gold.size > 0),
  };
}
