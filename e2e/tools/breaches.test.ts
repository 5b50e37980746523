/**
 * The checks are checked: each breach of a floor, of a project's boundary and of a lint rule is planted in a small copy
 * of the house, where it must be found. A check that reads nothing passes everything.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { floors, owners } from '../../.dependency-cruiser.mjs';

const root = path.resolve(import.meta.dirname, '../..');
/** A fresh one for each kind of check. Inside the repository, so that packages are found where they are installed. */
let copy: string;

beforeEach(() => {
  mkdirSync(path.join(root, 'build'), { recursive: true });
  copy = mkdtempSync(path.join(root, 'build', 'breaches-'));
  const kept = ['package.json', 'tsconfig.json', 'tsconfig.base.json', 'eslint.config.js', '.dependency-cruiser.mjs', 'README.md', 'resources/scripts', 'main/contract'];
  const projects = ['main', 'renderer', 'electron', 'bench', 'e2e'].map((folder) => `${folder}/tsconfig.json`);
  for (const each of [...kept, ...projects]) cpSync(path.join(root, each), path.join(copy, each), { recursive: true });
  for (const folder of floors.flat()) plant(`main/${folder}/planted.ts`, 'export const planted = 1;');
  for (const folder of ['renderer', 'electron', 'bench', 'e2e']) plant(`${folder}/planted.ts`, 'export const planted = 1;');
});
afterEach(() => rmSync(copy, { recursive: true }));

function plant(file: string, text: string): string {
  mkdirSync(path.dirname(path.join(copy, file)), { recursive: true });
  writeFileSync(path.join(copy, file), `${text}\n`);
  return file;
}

/** Runs a program of this Node in the copy; gives what it printed. */
function run(...given: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { cwd: copy, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

type Planted = { file: string; rule: string };

describe('floors', () => {
  /** One file for each pair of floors and for each pair of neighbours. */
  function plantFloors(): Planted[] {
    return floors.flatMap((names, number) =>
      names.flatMap((name) => [
        ...floors.slice(number + 1).flat().map((above) => importing(name, above, `${names[0]}-floor-looks-down`)),
        ...(names.includes('services') ? [] : names.filter((other) => other !== name).map((other) => importing(name, other, `${name}-keeps-to-itself`))),
      ]),
    );
  }

  function importing(name: string, other: string, rule: string): Planted {
    const file = plant(`main/${name}/to-${other}.ts`, `import { planted } from '../${other}/planted.ts';\nexport const breach = planted;`);
    return { file, rule };
  }

  /** Each package with an owner, imported by everybody else. */
  function plantOwners(): Planted[] {
    const folders = ['main/contract', 'main/store', 'main/vectors', 'main/engine', 'main/chat', 'main/host', 'renderer', 'electron', 'bench', 'e2e'];
    return Object.entries(owners).flatMap(([name, owner]) => {
      const label = name.replace(/^@/, '').replaceAll('/', '-');
      return folders
        .filter((folder) => folder !== owner)
        .map((folder) => ({ file: plant(`${folder}/uses-${label}.ts`, `import * as package_ from '${name}';\nexport const breach = package_;`), rule: `${label}-only-in-` }));
    });
  }

  function plantBoundaries(): Planted[] {
    plant('main/chat/two.ts', "import { one } from './one.ts';\nexport const two = (): unknown => one;");
    const from = (file: string, target: string, rule: string) => ({ file: plant(file, `import { planted } from '${target}';\nexport const breach = planted;`), rule });
    return [
      from('renderer/to-store.ts', '../main/store/planted.ts', 'window-knows-only-the-contract'),
      from('renderer/to-shell.ts', '../electron/planted.ts', 'window-knows-only-the-contract'),
      from('main/host/to-shell.ts', '../../electron/planted.ts', 'assistant-knows-no-shell'),
      from('main/host/to-window.ts', '../../renderer/planted.ts', 'assistant-knows-no-shell'),
      from('electron/to-window.ts', '../renderer/planted.ts', 'shell-knows-no-window'),
      from('main/chat/nowhere.ts', './not-there.ts', 'nothing-unresolved'),
      { file: plant('renderer/node.ts', "import { readFileSync } from 'node:fs';\nexport const breach = readFileSync;"), rule: 'window-has-no-node' },
      { file: plant('main/chat/tool.ts', "import { build } from 'esbuild';\nexport const breach = build;"), rule: 'no-development-packages' },
      { file: plant('main/contract/node.ts', "import path from 'node:path';\nexport const breach = path;"), rule: 'contract-imports-only-zod' },
      { file: plant('main/chat/one.ts', "import { two } from './two.ts';\nexport const one = (): unknown => two;"), rule: 'no-cycles' },
    ];
  }

  it('finds each planted breach', () => {
    const planted = [...plantFloors(), ...plantOwners(), ...plantBoundaries()];
    const { code, output } = run('resources/scripts/floors.mjs');
    const missed = planted.filter(({ file, rule }) => !output.split('\n').some((line) => line.startsWith(rule) && line.includes(`${file} →`)));
    expect(missed).toEqual([]);
    expect(planted.length).toBeGreaterThan(100);
    expect(code).toBe(1);
  });

  it('fails when it has read nothing', () => {
    const empty = mkdtempSync(path.join(root, 'build', 'empty-'));
    for (const each of ['package.json', 'tsconfig.base.json', '.dependency-cruiser.mjs', 'README.md', 'resources/scripts']) cpSync(path.join(root, each), path.join(empty, each), { recursive: true });
    for (const folder of ['main', 'renderer', 'electron', 'bench', 'e2e']) mkdirSync(path.join(empty, folder));
    const { status, stderr } = spawnSync(process.execPath, ['resources/scripts/floors.mjs'], { cwd: empty, encoding: 'utf8' });
    rmSync(empty, { recursive: true });
    expect(status).not.toBe(0);
    expect(stderr).toContain('read no modules');
  });
});

describe('projects', () => {
  const breaches: [file: string, text: string, error: RegExp][] = [
    ['main/contract/dom.ts', 'export const breach = document.title;', /document/],
    ['main/contract/node-global.ts', 'export const breach = process.pid;', /process/],
    ['main/store/dom.ts', 'export const breach = document.title;', /document/],
    ['main/chat/window.ts', 'export const breach = window.innerWidth;', /window/],
    ['main/store/jsx.ts', "import { planted } from '../../renderer/planted.ts';\nexport const breach = planted;", /TS6(307|059)/],
    ['renderer/node-global.ts', 'export const breach = process.pid;', /process/],
    ['renderer/buffer.ts', "export const breach = Buffer.from('x');", /Buffer/],
    ['renderer/dirname.ts', 'export const breach = import.meta.dirname;', /dirname/],
    ['renderer/services.ts', "import { planted } from '../main/chat/planted.ts';\nexport const breach = planted;", /TS6(307|059)/],
    ['electron/window.ts', "import { planted } from '../renderer/planted.ts';\nexport const breach = planted;", /TS6(307|059)/],
    ['bench/dom.ts', 'export const breach = document.title;', /document/],
    ['main/chat/enum.ts', 'export enum Breach { one }', /TS1294/],
    ['main/chat/undefined.ts', 'export const breach: { one?: number } = { one: undefined };', /TS2375/],
    ['main/chat/index.ts', 'export const breach = [1][0] + 1;', /TS2532|TS18048/],
  ];

  it('finds each planted breach', () => {
    for (const [file, text] of breaches) plant(file, text);
    const { code, output } = run(path.join(root, 'node_modules/typescript/bin/tsc'), '-b', '--pretty', 'false', '--force');
    const missed = breaches.filter(([file, , error]) => !output.split('\n').some((line) => line.startsWith(`${file}(`) && error.test(line)));
    expect(missed.map(([file]) => file)).toEqual([]);
    expect(code).not.toBe(0);
  });
});

describe('lint', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `export const line${index} = ${index};`).join('\n');
  const breaches: [rule: string, file: string, text: string][] = [
    ['max-lines', 'main/chat/long-file.ts', lines(301)],
    ['max-lines-per-function', 'main/chat/long-function.ts', `export function long(): void {\n${"  'x'.trim();\n".repeat(61)}}`],
    ['complexity', 'main/chat/branches.ts', `export function many(n: number): number {\n${Array.from({ length: 11 }, (_, i) => `  if (n === ${i}) return ${i};`).join('\n')}\n  return 0;\n}`],
    ['max-params', 'main/chat/parameters.ts', 'export const four = (a: number, b: number, c: number, d: number): number => a + b + c + d;'],
    ['no-restricted-syntax', 'main/chat/default.ts', 'const thing = 1;\nexport default thing;'],
    ['no-console', 'main/chat/console.ts', "console.log('x');"],
    ['id-denylist', 'main/chat/word.ts', 'export const context = 1;'],
    ['no-restricted-globals', 'renderer/global.ts', 'export const breach: unknown = process;'],
    ['@typescript-eslint/no-explicit-any', 'main/chat/any.ts', 'export const loose = (value: any): unknown => value;'],
    ['@typescript-eslint/no-floating-promises', 'main/chat/floating.ts', 'export function start(): void {\n  Promise.resolve(1);\n}'],
    ['@typescript-eslint/switch-exhaustiveness-check', 'main/chat/switch.ts', "export function say(word: 'yes' | 'no'): number {\n  switch (word) {\n    case 'yes':\n      return 1;\n  }\n  return 0;\n}"],
    ['react-hooks/rules-of-hooks', 'renderer/Hook.tsx', "import { useState } from 'react';\nexport function Hook({ on }: { on: boolean }) {\n  if (on) useState(1);\n  return null;\n}"],
  ];

  it('finds each planted breach', () => {
    for (const [, file, text] of breaches) plant(file, text);
    const { code, output } = run(path.join(root, 'node_modules/eslint/bin/eslint.js'), '--format', 'json', ...breaches.map(([, file]) => file));
    const results = JSON.parse(output) as { filePath: string; messages: { ruleId: string }[] }[];
    const missed = breaches.filter(([rule, file]) => !results.some(({ filePath, messages }) => filePath.endsWith(file) && messages.some(({ ruleId }) => ruleId === rule)));
    expect(missed.map(([rule]) => rule)).toEqual([]);
    expect(code).toBe(1);
  });
});
