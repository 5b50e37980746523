/** npm run bench -- <name> [options] [--json]: prints a table and, with --json, one JSON object on the last line. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Bench, Figures } from './bench.ts';

const [name, ...given] = process.argv.slice(2);
const benches = await findBenches();
const bench = benches.find((each) => each.name === name);

if (bench) await run(bench);
else list();

async function run({ run: measure }: Bench): Promise<void> {
  const json = given.includes('--json');
  const figures = await measure({ json, arguments: given.filter((each) => each !== '--json') });
  printTable(figures);
  if (json) console.log(JSON.stringify(figures));
  // What a measurement started may have left handles open; the figures are out.
  process.exit(0);
}

function list(): void {
  console.log(`npm run bench -- <name> [options] [--json]\n\n${benches.map((each) => `  ${each.name.padEnd(10)} ${each.about}`).join('\n')}`);
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
}

/** Every file here that exports a bench is one. */
async function findBenches(): Promise<Bench[]> {
  const files = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && file !== 'index.ts');
  const modules = await Promise.all(files.sort().map((file) => import(pathToFileURL(path.join(import.meta.dirname, file)).href) as Promise<{ bench?: Bench }>));
  return modules.flatMap((module) => module.bench ?? []);
}

function printTable(figures: Figures): void {
  const rows = flatten(figures);
  const width = Math.max(0, ...rows.map(([key]) => key.length));
  for (const [key, value] of rows) console.log(`${key.padEnd(width)}  ${show(value)}`);
}

function flatten(figures: Figures, before = ''): [key: string, value: Exclude<Figures[string], Figures>][] {
  return Object.entries(figures).flatMap(([key, value]) => (typeof value === 'object' && value !== null ? flatten(value, `${before}${key}.`) : [[`${before}${key}`, value]]));
}

/** Four significant figures say what a measurement can say. */
function show(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}
