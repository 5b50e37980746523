import { existsSync } from 'node:fs';
import { inRoot } from './paths.mjs';
import { run } from './spawn.mjs';
import { readStamp, signature, writeStamp } from './stamp.mjs';

const tools = ['resources/scripts/build.mjs', 'resources/scripts/targets.mjs', 'package-lock.json'];

/** What is built, from what, and the file that shows it was. */
export const targets = {
  main: { sources: ['main', ...tools], result: 'dist/main/serve.js' },
  renderer: { sources: ['renderer', 'main/contract', 'vite.config.ts', 'resources/licences', 'resources/scripts/licences.mjs', ...tools], result: 'dist/renderer/index.html' },
  electron: { sources: ['electron', 'main', ...tools], result: 'dist/electron/main.js' },
};

/** Builds those of the named targets whose sources changed since they were built; nothing when none did. */
export async function ensureBuilt(node, names) {
  const stamps = readStamp('build') ?? {};
  const wanted = names.map((name) => ({ name, now: signature(targets[name].sources) }));
  const stale = wanted.filter(({ name, now }) => stamps[name] !== now || !existsSync(inRoot(targets[name].result)));
  if (stale.length === 0) return;

  const started = performance.now();
  const code = await run(node, [inRoot('resources/scripts/build.mjs'), ...stale.map(({ name }) => name)]);
  if (code !== 0) process.exit(code);
  for (const { name, now } of stale) stamps[name] = now;
  writeStamp('build', stamps);
  process.stdout.write(`Built ${stale.map(({ name }) => name).join(', ')} in ${((performance.now() - started) / 1000).toFixed(1)} s.\n`);
}
