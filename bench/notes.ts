/** Notes at the size of a life's: a vault grown from real files, indexed, searched as it is typed, looked through again, changed; beside what others are built of. */
import './fixtures/lanceThreads.ts';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from '../main/contract/contract.ts';
import { withAssistant } from './assistant.ts';
import type { Bench, Figures } from './bench.ts';
import { passagesIn } from './fixtures/passages.ts';
import { inFolder } from './folders.ts';
import { barsOf } from './notes/bars.ts';
import { besideRipgrep, besideWords, sizeOf } from './notes/beside.ts';
import type { Cases } from './notes/cases.ts';
import { growing, type Vault } from './notes/growing.ts';
import { timeChanges, timeIndexing, timeRescans } from './notes/indexing.ts';
import { measureMeaning } from './notes/meaning.ts';
import { countFound, searchOf, timeTyping } from './notes/typing.ts';

const options = {
  data: { type: 'string', multiple: true },
  notes: { type: 'string', default: '10000' },
  seed: { type: 'string', default: '1' },
  keep: { type: 'string' },
  'embed-seconds': { type: 'string', default: '200' },
  'words-only': { type: 'boolean', default: false },
} as const;

export const bench: Bench = {
  name: 'notes',
  about:
    'notes grown from real files: index, keystrokes, changes, beside SQLite, LanceDB, ripgrep: --data <folder> [--data <folder>…] [--notes 10000] [--seed 1] [--words-only] [--embed-seconds 200: wait so long for embeddings] [--keep <folder>: of one run for the next]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options });
    if (!values.data?.length) throw new Error('Name a folder of files to grow notes from: --data <folder>, as often as there are folders.');
    const wanted: Omit<Wanted, 'keep'> = { data: values.data.map((folder) => path.resolve(folder)), notes: Number(values.notes), seed: Number(values.seed), embedSeconds: values['words-only'] ? 0 : Number(values['embed-seconds']) };
    const { keep } = values;
    return keep === undefined ? inFolder((folder) => measure(folder, { ...wanted, keep: false })) : measure(path.resolve(keep), { ...wanted, keep: true });
  },
};

type Wanted = Omit<Vault, 'folder'> & { embedSeconds: number; keep: boolean };

/** Of each kind. */
const known = 40;
const typed = 16;

async function measure(folder: string, { embedSeconds, keep, ...wanted }: Wanted): Promise<Figures> {
  const began = performance.now();
  const tell = (what: string) => console.log(`${((performance.now() - began) / 1_000).toFixed(0)} s: ${what}`);
  const vault: Vault = { ...wanted, folder: path.join(folder, 'vault') };
  const cases = await growing({ ...vault, grow: !standsAlready(folder, vault), known, typed, casesFile: path.join(folder, 'cases.json') });
  tell('the vault is grown');
  const figures = await inFolder(async (data) => {
    const words = await withAssistant(data, (client) => measureWords(client, vault, cases), { loadModels: false });
    tell('search by words is measured');
    const sizes = { notesMegabytes: sizeOf(path.join(data, 'notes.db')) };
    const beside = { sqlite: await besideWords({ folder: data, cases }, passagesIn(data)), ripgrep: besideRipgrep(vault.folder, cases.known) };
    tell('what others find is measured');
    if (embedSeconds === 0) return { ...words, sizes, beside };
    const { keystroke, found, lance, vectorsMegabytes = null, ...others } = await measureMeaning({ data, keep: keep ? path.join(folder, 'embedded') : null, cases, embedSeconds });
    tell('search with meaning is measured');
    return { ...words, sizes: { ...sizes, vectorsMegabytes }, keystroke: merged(words.keystroke, keystroke), found: merged(words.found, found), ...others, beside: { ...beside, lancedb: lance ?? null } };
  });
  return { ...figures, minutes: (performance.now() - began) / 60_000, bars: barsOf(figures) };
}

const merged = (one: Figures[string] | undefined, other: Figures[string] | undefined): Figures => ({ ...(one as Figures), ...(other as Figures | undefined) });

/** Kept from the run before and the same as wanted now; if it is another, it goes. */
function standsAlready(folder: string, vault: Vault): boolean {
  const [file, said] = [path.join(folder, 'grown.json'), JSON.stringify({ ...vault, folder: undefined })];
  if (existsSync(file) && readFileSync(file, 'utf8') === said) return true;
  // Only what an earlier run made.
  if (existsSync(file)) for (const name of ['vault', 'embedded', 'cases.json', 'grown.json']) rmSync(path.join(folder, name), { recursive: true, force: true });
  else if (existsSync(vault.folder)) throw new Error(`${vault.folder} is there and was not grown here. Name another folder to keep things in.`);
  mkdirSync(vault.folder, { recursive: true });
  writeFileSync(file, said);
  return false;
}

async function measureWords(client: Client, { folder, seed }: Vault, cases: Cases): Promise<Figures> {
  const index = await timeIndexing(client, folder);
  const search = searchOf(client, false);
  const keystroke = await timeTyping(cases.typed, search);
  const found = await countFound(cases.known, search);
  return { index, keystroke: { words: keystroke }, found: { words: found }, again: await timeRescans(client), change: await timeChanges(client, { folder, seed }) };
}
