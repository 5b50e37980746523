/** The same passages and questions with what others are built of: SQLite's full-text index alone, LanceDB alone, ripgrep. */
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Figures } from '../bench.ts';
import { lanceHybrid, type EmbeddedPassage, type Embedding } from '../fixtures/lanceHybrid.ts';
import { plainWords, type Passage } from '../fixtures/plainWords.ts';
import { percentile } from '../recall/scores.ts';
import type { Cases, Known } from './cases.ts';
import { countFound, timeTyping } from './typing.ts';

export type Beside = { folder: string; cases: Cases };

const megabytes = (bytes: number) => bytes / 2 ** 20;

/** Of a file, or of all files in a folder; what SQLite keeps beside a file belongs to it. */
export function sizeOf(at: string): number {
  const info = statSync(at, { throwIfNoEntry: false });
  if (!info?.isDirectory()) return [at, `${at}-wal`].reduce((sum, file) => sum + megabytes(statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
  return readdirSync(at, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + megabytes(statSync(path.join(parentPath, name)).size), 0);
}

/** Filters and words left out are ours: others are not asked for them. */
const without = ({ typed, known }: Cases): Cases => ({ known, typed: typed.filter(({ kind }) => kind === 'plain' || kind === 'misspelt') });

export async function besideWords({ folder, cases }: Beside, passages: readonly Passage[]): Promise<Figures> {
  const file = path.join(folder, 'plain.db');
  const from = performance.now();
  const { search, close } = plainWords(file, passages);
  const indexSeconds = (performance.now() - from) / 1_000;
  const { typed, known } = without(cases);
  const figures = { passages: passages.length, indexSeconds, megabytes: sizeOf(file), keystroke: await timeTyping(typed, search), found: await countFound(known, search) };
  close();
  return figures;
}

/** The question's embedding counts, those of the passages do not. */
export async function besideLance({ folder, cases }: Beside, { passages, embed }: { passages: readonly EmbeddedPassage[]; embed: Embedding }): Promise<Figures> {
  const at = path.join(folder, 'lance');
  const from = performance.now();
  const { search, close } = await lanceHybrid(at, { passages, embed });
  const indexSeconds = (performance.now() - from) / 1_000;
  const { typed, known } = without(cases);
  const figures = { passages: passages.length, indexSeconds, megabytes: sizeOf(at), keystroke: await timeTyping(typed.filter((_, index) => index % 3 === 0), search), found: await countFound(known, search) };
  close();
  return figures;
}

const isThere = () => spawnSync('rg', ['--version']).status === 0;
/** Each takes as long as reading all files. */
const mostGrepped = 40;

/** Exact words in their order, and only those: it has no index. Files are listed as it lists them, unranked. */
export function besideRipgrep(vault: string, known: readonly Known[]): Figures | string {
  if (!isThere()) return 'left out: there is no ripgrep on this machine (Debian: apt install ripgrep)';
  const asked = known.filter(({ kind }) => kind === 'exact').slice(0, mostGrepped);
  const times: number[] = [];
  let found = 0;
  for (const { text, path: wanted } of asked) {
    const from = performance.now();
    const { stdout } = spawnSync('rg', ['--files-with-matches', '--ignore-case', '--fixed-strings', '--', text, '.'], { cwd: vault, encoding: 'utf8', maxBuffer: 2 ** 26 });
    times.push(performance.now() - from);
    if (stdout.split('\n').slice(0, 5).some((line) => path.normalize(line) === path.normalize(wanted))) found += 1;
  }
  return { n: asked.length, p50: percentile(times, 0.5), p95: percentile(times, 0.95), exact: found / asked.length, indexSeconds: 0, megabytes: 0 };
}
