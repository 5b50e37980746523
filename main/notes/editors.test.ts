import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { editorCommands, revealCommands, wordsOfCommand } from './editors.ts';
import { launch } from './launch.ts';

const hostile = `/notes/a "b" 'c' $(touch owned); \`x\` & {line}\n-rf %2e.md`;
const at = (file: string, line: number | null = 12) => ({ file, line });
const own = (command: string) => ({ kind: 'custom' as const, command });

describe('what a note is opened with', () => {
  it('gives the name of a file to a program as one argument, whatever stands in it', () => {
    for (const kind of ['system', 'vscode', 'vim'] as const) {
      for (const { args } of editorCommands({ kind, command: '' }, at(hostile), 'linux')) {
        expect(args.some((arg) => arg === hostile || arg === `${hostile}:12` || arg.startsWith('vscode://file/notes/'))).toBe(true);
      }
    }
    expect(editorCommands({ kind: 'obsidian', command: '' }, at(hostile), 'linux')[0]!.args[0]).toBe(`obsidian://open?path=${encodeURIComponent(hostile)}`);
  });

  it('fills an own command in after its words are told apart', () => {
    expect(editorCommands(own('"/opt/my editor/ed" --at {line} {file}:{line}'), at(hostile), 'linux')).toEqual([{ program: '/opt/my editor/ed', args: ['--at', '12', `${hostile}:12`] }]);
    expect(editorCommands(own('ed'), at('/a b.md', null), 'linux')).toEqual([{ program: 'ed', args: ['/a b.md'] }]);
    expect(() => editorCommands(own('  '), at('/a.md'), 'linux')).toThrow(/No command is set/u);
  });

  it('does not leave to the system what it might run', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      for (const file of ['/a/run.sh', '/a/run.desktop', '/a/run.BAT', '/a/run.js', '/a/run']) {
        for (const { program, args } of editorCommands({ kind: 'system', command: '' }, at(file), platform)) {
          expect(['xdg-open', 'rundll32.exe']).not.toContain(program);
          if (program === 'open') expect(args[0]).toBe('-t');
        }
      }
    }
  });

  it('keeps vim from taking a name for an option, and orders in a note for its own', () => {
    const { args } = editorCommands({ kind: 'vim', command: '' }, at('/-c!rm.md'), 'linux')[0]!;
    expect(args.slice(-2)).toEqual(['--', '/-c!rm.md']);
    expect(args).toContain('set nomodeline');
    expect(() => editorCommands({ kind: 'vim', command: '' }, at('/a.md'), 'win32')).toThrow(/Linux only/u);
  });

  it('shows a file in its folder without ending the address at a comma', () => {
    expect(revealCommands('/a, b.md', 'linux')[0]!.args).toContain('array:string:file:///a%2C%20b.md');
    expect(revealCommands('/a.md', 'darwin')).toEqual([{ program: 'open', args: ['-R', '/a.md'] }]);
  });
});

it('tells the words of a command apart as one means them', () => {
  expect(wordsOfCommand(`code  -g '{file}' "two words" x"y z`)).toEqual(['code', '-g', '{file}', 'two words', `x"y`, 'z']);
});

describe('starting a program', () => {
  it('goes on to the next where one is missing, hands arguments over untouched, and uses no shell', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'engram-launch-'));
    const script = path.join(folder, 'told.mjs');
    writeFileSync(script, `import { writeFileSync } from 'node:fs'; writeFileSync(process.argv[2], JSON.stringify(process.argv.slice(3)));`);
    const told = path.join(folder, 'told.json');
    await launch([{ program: 'no-such-editor-here', args: [] }, { program: process.execPath, args: [script, told, hostile, '12'] }]);
    await vi.waitFor(() => expect(JSON.parse(readFileSync(told, 'utf8'))).toEqual([hostile, '12']), { timeout: 5_000 });
  });

  it('says which program is missing, and which found nothing to open it with', async () => {
    await expect(launch([{ program: 'no-such-editor-here', args: [] }, { program: 'false', args: [] }])).rejects.toThrow('no-such-editor-here is not installed here; false found nothing to open it with');
  });
});
