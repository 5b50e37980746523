/** A vault and what is typed to find its notes, made in a process of its own: what it needs is no part of what is measured. */
import { fork } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { casesOf, type Cases, type VaultNote } from './cases.ts';
import { growVault } from './grow.ts';
import { readMaterial } from './material.ts';

export type Vault = { data: string[]; folder: string; notes: number; seed: number };
type Task = Vault & { grow: boolean; known: number; typed: number; casesFile: string };

/** `grow: false` where the vault stands already. */
export async function growing(task: Task): Promise<Cases> {
  const child = fork(import.meta.filename, [JSON.stringify(task)]);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  if (code !== 0) throw new Error('No vault was grown: what is wrong stands above.');
  return JSON.parse(readFileSync(task.casesFile, 'utf8')) as Cases;
}

async function work(task: Task): Promise<void> {
  if (task.grow) growVault(await readMaterial(task.data), task);
  writeFileSync(task.casesFile, JSON.stringify(casesOf(notesIn(task.folder), { seed: task.seed, knownOfEach: task.known, typedOfEach: task.typed })));
}

function notesIn(folder: string): VaultNote[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.md'));
  const paths = files.map(({ parentPath, name }) => path.join(parentPath, name)).sort();
  return paths.map((file) => {
    const text = readFileSync(file, 'utf8');
    return { path: path.relative(folder, file).split(path.sep).join('/'), text, tags: tagsIn(text) };
  });
}

/** As grown notes have them. */
const tagsIn = (text: string) => [...(/^---\n.*?\ntags:\n(.*?)\n(?:\S.*?\n)?---\n/su.exec(text.slice(0, 1_000))?.[1] ?? '').matchAll(/^ {2}- (\S+)$/gmu)].map((found) => found[1]!);

// At the end: what is called stands above.
if (process.argv[1] === import.meta.filename) await work(JSON.parse(process.argv[2]!) as Task);
