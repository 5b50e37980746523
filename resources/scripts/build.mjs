// Builds the targets named on the command line (all of them by default) into dist/. Runs on the app's own Node.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { inRoot, root } from './paths.mjs';
import { targets } from './targets.mjs';

const { dependencies } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
/** Everything that ships with native parts stays a package of its own; zod is plain code and loads faster bundled. */
const outside = Object.keys(dependencies).filter((name) => name !== 'zod');

const builders = { main: buildMain, renderer: buildRenderer, electron: buildElectron };

async function buildMain() {
  const entryPoints = { serve: 'main/host/serveProcess.ts', cli: 'main/host/cli.ts', engineWorker: 'main/engine/worker.ts' };
  await bundle({ entryPoints: present(entryPoints), outdir: inRoot('dist/main'), ...forNode });
}

async function buildElectron() {
  await bundle({ entryPoints: { main: 'electron/main.ts', engine: 'electron/engineProcess.ts' }, outdir: inRoot('dist/electron'), ...forNode });
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

const forNode = {
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // What the window does not wait for is imported late, so it must stay a file of its own.
  splitting: true,
  chunkNames: 'part-[hash]',
  external: ['electron', ...outside],
};

async function bundle(options) {
  rmSyncOnce(options.outdir);
  const { build } = await import('esbuild');
  await build({ bundle: true, absWorkingDir: root, sourcemap: 'linked', legalComments: 'none', logLevel: 'warning', ...options });
}

const cleared = new Set();
/** Parts carry a hash in their names, so old ones would pile up. */
function rmSyncOnce(folder) {
  if (cleared.has(folder)) return;
  cleared.add(folder);
  rmSync(folder, { recursive: true, force: true });
}

function present(entryPoints) {
  return Object.fromEntries(Object.entries(entryPoints).filter(([, file]) => existsSync(inRoot(file))));
}

// Last, so that everything above is there by then.
try {
  for (const name of process.argv.length > 2 ? process.argv.slice(2) : Object.keys(targets)) await builders[name]();
} catch (error) {
  // esbuild has printed what is wrong and where; its own stack says no more.
  if (!Array.isArray(error.errors)) throw error;
  process.exitCode = 1;
}
