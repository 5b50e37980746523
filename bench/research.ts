/** Research over notes with no model: what its reports hold, and how long it takes among very many notes. */
import { libraryOf, today } from '../main/chat/research/fixtures/library.ts';
import { questions } from '../main/chat/research/fixtures/questions.ts';
import { research } from '../main/chat/research/fixtures/research.ts';
import { vault, type VaultNote } from '../main/chat/research/fixtures/vault.ts';
import type { Library } from '../main/chat/research/sources.ts';
import { median, type Bench, type BenchOptions, type Figures } from './bench.ts';

export const bench: Bench = {
  name: 'research',
  about: 'reports over forty invented notes, by what they must and must not say; time among many [--notes 10000]',
  run: measure,
};

async function measure({ arguments: given }: BenchOptions): Promise<Figures> {
  const at = given.indexOf('--notes');
  const notes = at < 0 ? 10_000 : Number(given[at + 1]);
  const few = await libraryOf(vault);
  const failed = await failing(few.library);
  few.db.close();
  const many = await libraryOf([...vault, ...grown(notes - vault.length)]);
  const times = await timed(many.library);
  many.db.close();
  return { questions: questions.length, right: questions.length - failed.length, failed: failed.join('; ') || 'none', notes, ms: { p50: median(times), longest: Math.max(...times) } };
}

async function failing(library: Library): Promise<string[]> {
  const failed: string[] = [];
  for (const { ask, kind, must, not = [] } of questions) {
    const { plan, text } = await research(ask, { library, now: today });
    if (plan.kind !== kind || must.some((pattern) => !pattern.test(text)) || not.some((pattern) => pattern.test(text))) failed.push(ask);
  }
  return failed;
}

async function timed(library: Library): Promise<number[]> {
  const times: number[] = [];
  for (const { ask } of questions) {
    const from = performance.now();
    await research(ask, { library, now: today });
    times.push(performance.now() - from);
  }
  return times;
}

/** Lines of the invented notes in other orders: each topic stands in very many of them. */
function grown(count: number): VaultNote[] {
  const lines = vault.flatMap(({ text }) => text.split('\n').filter((line) => /^[\p{L}-]/u.test(line) && !line.startsWith('---')));
  return Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(2024, 0, 1 + (index % 1_000))).toISOString().slice(0, 10);
    const text = Array.from({ length: 6 }, (__, place) => lines[(index * 31 + place * 17 + ((index * place) % 13)) % lines.length]!).join('\n\n');
    return { path: `Grown/${index}.md`, day, text: `# Page ${index}\n\n${text}\n${index % 3 === 0 ? '' : `\n[[${index - 1}]]\n`}` };
  });
}
