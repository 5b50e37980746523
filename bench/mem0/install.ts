/** Puts mem0 beside this bench, in a folder of its own, when it is asked for and not there. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const folder = path.join(import.meta.dirname);
const installed = path.join(folder, 'node_modules', 'mem0ai', 'package.json');
const Versioned = z.object({ version: z.string() });

/** `node`: the program that will run it, for which its SQLite is fetched or compiled. Returns mem0's version. */
export function ensureMem0(node: string): string {
  const wanted = z.object({ dependencies: z.object({ mem0ai: z.string() }) }).parse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'))).dependencies.mem0ai;
  if (versionThere() !== wanted || !loads(node)) install(node, wanted);
  return wanted;
}

const versionThere = () => (existsSync(installed) ? Versioned.parse(JSON.parse(readFileSync(installed, 'utf8'))).version : null);

const loads = (node: string) => spawnSync(node, ['-e', 'new (require("better-sqlite3"))(":memory:")'], { cwd: folder }).status === 0;

function install(node: string, version: string): void {
  console.log(`Installing mem0ai ${version} and what it needs into bench/mem0/node_modules (npm ci, about 60 MB; its SQLite is fetched ready-made, or compiled where it cannot be) …`);
  // What npm told us of our own project must not rule here: it forbids install scripts, which that SQLite needs.
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/iu.test(name)));
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts=false', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: folder, stdio: 'inherit', shell: process.platform === 'win32', env: { ...environment, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ''}` },
  });
  if (status !== 0 || !loads(node)) throw new Error(`mem0ai was not installed so that ${node} can run it: what npm said stands above. --node <path> names another Node.`);
}
