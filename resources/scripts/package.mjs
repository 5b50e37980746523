// npm run package: the app for this system in release/. --dir stops before the installers; --runtime <folder> takes
// Electron's files from there instead of downloading them.
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'electron-builder';
import { inRoot, root } from './paths.mjs';
import { giveUp } from './spawn.mjs';

const { values } = parseArgs({ options: { dir: { type: 'boolean', default: false }, runtime: { type: 'string' }, output: { type: 'string' } } });

/** npm leaves out what it has no package for, and the pack would go through without it. */
const needed = ['node_modules/better-sqlite3', `node_modules/@node-llama-cpp/${platformName()}`, `node_modules/@lancedb/lancedb-${process.platform}-${process.arch}${libc()}`];
const missing = needed.filter((folder) => !existsSync(inRoot(folder)));
if (missing.length > 0) giveUp(`These native parts are not installed for this system, so the app would not start: ${missing.join(', ')}.`);

await build({
  projectDir: root,
  dir: values.dir,
  config: {
    extends: 'resources/electron-builder.yml',
    ...(values.runtime ? { electronDist: values.runtime } : {}),
    ...(values.output ? { directories: { output: values.output, buildResources: 'resources' } } : {}),
  },
});

function platformName() {
  const system = { linux: 'linux', darwin: 'mac', win32: 'win' }[process.platform];
  return process.platform === 'darwin' && process.arch === 'arm64' ? 'mac-arm64-metal' : `${system}-${process.arch}`;
}

function libc() {
  return { linux: '-gnu', win32: '-msvc' }[process.platform] ?? '';
}
