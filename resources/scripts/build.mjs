// Builds the targets named on the command line (all of them by default) into dist/. Runs on the app's own Node.
import { readFileSync, rmSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';
import { targets } from './targets.mjs';

const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
/** Everything that ships with native parts stays a package of its own; zod is plain code and loads faster bundled. */
const outside = Object.keys(dependencies).filter((name) => name !== 'zod');

const builders = { main: buildMain, renderer: buildRenderer, electron: buildElectron };

async function buildMain() {
  const entryPoints = { serve: 'main/host/serveProcess.ts', cli: 'main/host/cli.ts', engineWorker: 'main/engine/worker.ts', readerWorker: 'main/notes/readerWorker.ts' };
  await bundle({ entryPoints, outdir: inRoot('dist/main'), ...forNode });
}

async function buildElectron() {
  await bundle({ entryPoints: { main: 'electron/main.ts' }, outdir: inRoot('dist/electron'), ...forNode });
  // A sandboxed preload script can require nothing but electron, and must be one CommonJS file.
  await bundle({
    entryPoints: { preload: 'electron/preload.ts' },
    outdir: inRoot('dist/electron'),
    outExtension: { '.js': '.cjs' },
    platform: 'browser',
    format: 'cjs',
    external: ['electron'],
  });
}

async function buildRenderer() {
  const { build } = await import('vite');
  await build({ configFile: inRoot('vite.config.ts'), logLevel: 'warn' });
}

/** ES modules for Node; also for Electron, whose main process is one. */
const forNode = {
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // What the window does not wait for is imported late, so it must stay a file of its own.
  splitting: true,
  // Less to read at every start; names stay, for the log's sake.
  minifyWhitespace: true,
  minifySyntax: true,
  chunkNames: 'part-[hash]',
  external: ['electron', ...outside],
};

async function bundle(options) {
  clearOnce(options.outdir);
  const { build } = await import('esbuild');
  await build({ bundle: true, absWorkingDir: root, sourcemap: 'linked', legalComments: 'none', logLevel: 'warning', ...options });
}

const cleared = new Set();
/** Parts carry a hash in their names, so old ones would pile up. */
function clearOnce(folder) {
  if (cleared.has(folder)) return;
  cleared.add(folder);
  rmSync(folder, { recursive: true, force: true });
}

try {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(targets)) await builders[name]();
} catch (error) {
  // esbuild has printed what is wrong and where; its own stack says no more.
  if (!Array.isArray(error.errors)) throw error;
  process.exitCode = 1;
}
