/** How a note is opened outside: programs and their arguments, never a line for a shell. Pure. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Editor } from '../contract/editor.ts';
import { AppError } from '../contract/errors.ts';

export type Command = { program: string; args: string[] };
/** `file` absolute; `line` from 1, null where the note has none. */
export type Place = { file: string; line: number | null };

/** The ways to open it, best first: the next is tried where a program is not installed. */
export function editorCommands(editor: Editor, place: Place, platform: NodeJS.Platform): Command[] {
  switch (editor.kind) {
    case 'system':
      return isShownByAll(place.file) ? [opening(place.file, platform)] : textEditors(place.file, platform);
    case 'vscode':
      return [...(platform === 'win32' ? [] : [{ program: 'code', args: ['--goto', `${place.file}:${place.line ?? 1}`] }]), opening(vscodeAddress(place), platform)];
    case 'obsidian':
      return [opening(`obsidian://open?path=${encodeURIComponent(place.file)}`, platform)];
    case 'vim':
      return inTerminal(['vim', '--cmd', 'set nomodeline', `+${place.line ?? 1}`, '--', place.file], platform);
    case 'custom':
      return [ownCommand(editor.command, place)];
  }
}

/** Shows it in its folder. */
export function revealCommands(file: string, platform: NodeJS.Platform): Command[] {
  if (platform === 'darwin') return [{ program: 'open', args: ['-R', file] }];
  if (platform === 'win32') return [{ program: 'explorer.exe', args: ['/select,', file] }];
  const show = ['--session', '--print-reply', '--dest=org.freedesktop.FileManager1', '/org/freedesktop/FileManager1', 'org.freedesktop.FileManager1.ShowItems'];
  // A comma would end the address where the list of them is read.
  const address = pathToFileURL(file).href.replaceAll(',', '%2C');
  return [{ program: 'dbus-send', args: [...show, `array:string:${address}`, 'string:'] }, opening(path.dirname(file), platform)];
}

/** With whatever the system opens such a thing. `what`: an absolute path or an address. */
function opening(what: string, platform: NodeJS.Platform): Command {
  if (platform === 'darwin') return { program: 'open', args: [what] };
  // Explorer would read commas in a name as its own, and `start` is a word of the shell's.
  if (platform === 'win32') return { program: 'rundll32.exe', args: ['url.dll,FileProtocolHandler', what] };
  return { program: 'xdg-open', args: [what] };
}

/** What every system shows; anything else might be run by it. */
const shown = new Set('md markdown mdown mkd txt text log pdf docx epub odt rtf csv tsv eml org rst html htm xhtml'.split(' ').map((extension) => `.${extension}`));
const isShownByAll = (file: string) => shown.has(path.extname(file).toLowerCase());

function textEditors(file: string, platform: NodeJS.Platform): Command[] {
  if (platform === 'darwin') return [{ program: 'open', args: ['-t', file] }];
  if (platform === 'win32') return [{ program: 'notepad.exe', args: [file] }];
  return ['gnome-text-editor', 'gedit', 'kate', 'xed', 'mousepad', 'featherpad'].map((program) => ({ program, args: [file] }));
}

function vscodeAddress({ file, line }: Place): string {
  return `vscode://file${pathToFileURL(file).pathname}:${line ?? 1}`;
}

/** Terminals that take a program and its arguments as they are, one by one. */
function inTerminal(command: string[], platform: NodeJS.Platform): Command[] {
  if (platform === 'win32' || platform === 'darwin') {
    throw new AppError('not-allowed', 'Vim is opened in a terminal, which can be done on Linux only. Choose another editor under Settings › Notes, or give a command of your own there.');
  }
  const terminals: [string, ...string[]][] = [['gnome-terminal', '--'], ['konsole', '-e'], ['kitty'], ['alacritty', '-e'], ['foot'], ['xfce4-terminal', '-x'], ['xterm', '-e']];
  return terminals.map(([program, ...before]) => ({ program, args: [...before, ...command] }));
}

function ownCommand(written: string, { file, line }: Place): Command {
  const [program, ...args] = wordsOfCommand(written);
  if (!program) throw new AppError('invalid-input', 'No command is set to open notes with. Write one under Settings › Notes, such as: subl {file}:{line}');
  // Filled in after the words are told apart: a name with blanks or quotation marks stays one argument.
  const filled = args.map((arg) => arg.replace(/\{(file|line)\}/g, (_, name: string) => (name === 'file' ? file : String(line ?? 1))));
  return { program, args: args.some((arg) => arg.includes('{file}')) ? filled : [...filled, file] };
}

/** Words between blanks; quotation marks keep blanks together. Nothing else has a meaning. */
export function wordsOfCommand(written: string): string[] {
  return [...written.matchAll(/(?:"([^"]*)"|'([^']*)'|([^\s"']+))(?:\s+|$)|(\S+)/g)].map(([, double, single, plain, odd]) => double ?? single ?? plain ?? odd ?? '');
}
