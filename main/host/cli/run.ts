import path from 'node:path';
import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { AppError } from '../../contract/errors.ts';
import { defaultDataFolder } from '../dataFolder.ts';
import { ask, type AskOptions } from './ask.ts';
import { connect, type Connection, type Needs } from './connect.ts';
import { importFile } from './importCommand.ts';
import { forget, remember, undoForget } from './memoryCommands.ts';
import { indexNotes, listFolders } from './noteCommands.ts';
import { search } from './searchCommand.ts';
import { asTyped, separateWords } from './searchWords.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

export type CliOptions = {
  terminal: Terminal;
  version: string;
  /** Serves the window until stopped. */
  serve(options: { data: string; port: number; terminal: Terminal }): Promise<void>;
};

type Shared = { data?: string; json?: boolean };

/** Runs one command and returns the code to exit with. Every failure is a sentence on standard error. */
export async function runCli(parameters: string[], options: CliOptions): Promise<ExitCode> {
  const { terminal } = options;
  let code: ExitCode = exitCodes.done;
  const program = build(options, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(separateWords(parameters), { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
    const failure = AppError.from(error);
    if (terminal.signal.aborted) return exitCodes.stopped;
    terminal.say(`${failure.message}\n`);
    return codeOf(failure);
  }
}

const codeOf = ({ code }: AppError): ExitCode =>
  code === 'conflict' ? exitCodes.inUse : code === 'invalid-input' ? exitCodes.wrongUse : exitCodes.failed;

function build(options: CliOptions, ended: (code: ExitCode) => void): Command {
  const { terminal } = options;
  const program = new Command('engram')
    .description('A personal assistant that runs wholly on this machine.')
    .version(options.version)
    .option('--data <folder>', 'the data folder (default: ENGRAM_DATA, or the usual place of this system)')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', `\nExit codes: 0 done, 1 failed, 2 wrong use, 3 the data folder is in use, 4 nothing found, 130 stopped.\nSettings and everything else: npm start.`)
    .exitOverride()
    .configureOutput({ writeOut: terminal.out, writeErr: terminal.say });

  const shared = () => program.opts<Shared>();
  /** Runs with the assistant open and closes it, whatever happens. */
  const using: Kit['using'] = async (needs, work) => {
    const connection = await connect(shared().data ?? defaultDataFolder(), needs);
    try {
      ended(await work(connection));
    } finally {
      await connection.close();
    }
  };
  const json = (): { json?: true } => (shared().json ? { json: true } : {});

  addAsk(program, { terminal, using, json });
  addSearch(program, { terminal, using, json });
  addNoteCommands(program, { terminal, using, json });
  addMemoryCommands(program, { terminal, using, json });
  program
    .command('import')
    .description('bring in conversations: an export of ChatGPT or Claude, Markdown, a list of messages, or Engram’s own')
    .argument('<file>')
    .action((file: string) => using({ models: false }, ({ client }) => importFile(client, terminal, { path: path.resolve(file), ...json() })));
  program
    .command('serve')
    .description('serve the window to a browser on this machine, until stopped')
    .option('--port <number>', 'a free one by default', toPort, 0)
    .action(({ port }: { port: number }) => options.serve({ data: shared().data ?? defaultDataFolder(), port, terminal }));
  return program;
}

type Kit = { terminal: Terminal; using(needs: Needs, work: (connection: Connection) => Promise<ExitCode>): Promise<void>; json(): { json?: true } };

function addAsk(program: Command, { terminal, using, json }: Kit): void {
  program
    .command('ask')
    .description('ask a question; the words appear as they come, what they rest on afterwards')
    .argument('[text]', 'the question; "-", or nothing, reads standard input')
    .option('--persona <name>', 'who answers')
    .option('--conversation <id>', 'go on with this conversation instead of beginning a new one')
    .option('--temporary', 'keep nothing of it')
    .action(async (text: string | undefined, given: AskOptions) => {
      const question = await textOrInput(terminal, text);
      await using({ models: true }, async ({ client, ready }) => {
        await ready();
        return ask(client, terminal, { ...given, text: question, ...json() });
      });
    });
}

const searchHelp = `
As in the search box: words, "phrases", -word, tag:, path:, folder:, type:, before:, after:, in:. Of several
parameters, one with spaces is a phrase: engram search tag:garden "under the quinces" -figs`;

function addSearch(program: Command, { terminal, using, json }: Kit): void {
  program
    .command('search')
    .description('find in notes, conversations and memories')
    .argument('[text...]', 'what to find; "-", or nothing, reads standard input')
    .option('--limit <number>', 'at most so many notes, and so many of all else', toLimit, 20)
    .option('--notes', 'only notes')
    .option('--meaning', 'notes that say something alike, too (loads the embedder)')
    .addHelpText('after', searchHelp)
    .action(async (words: string[], given: { limit: number; notes?: boolean; meaning?: boolean }) => {
      const text = await textOrInput(terminal, words.length === 0 ? undefined : asTyped(words));
      await using({ models: given.meaning === true }, async ({ client, ready, here }) => {
        await ready();
        // In an Engram that runs the embedder is loaded already.
        return search(client, terminal, { ...given, text, meaning: given.meaning === true || !here, ...json() });
      });
    });
}

function addNoteCommands(program: Command, { terminal, using, json }: Kit): void {
  program
    .command('index')
    .description('read a folder of notes, which is added if it is new, or all of them again; ends when they are found by their words')
    .argument('[folder]')
    .option('--meaning', 'end when they are found by their meaning, too')
    .action((folder: string | undefined, { meaning }: { meaning?: boolean }) =>
      using({ models: meaning === true }, async ({ client, ready, here }) => {
        await ready();
        return indexNotes(client, terminal, { folder: folder === undefined ? null : path.resolve(folder), here, ...(meaning ? { meaning } : {}), ...json() });
      }),
    );
  program
    .command('folders')
    .description('list the folders of notes')
    .option('--remove <folder>', 'take one out; its files stay as they are')
    .action((given: { remove?: string }) => using({ models: false }, ({ client }) => listFolders(client, terminal, { ...given, ...json() })));
}

function addMemoryCommands(program: Command, { terminal, using, json }: Kit): void {
  program
    .command('remember')
    .description('write something down; prints its id')
    .argument('[text]', 'what; "-", or nothing, reads standard input')
    .option('--persona <name>', 'only this persona may recall it')
    .action(async (text: string | undefined, given: { persona?: string }) => {
      const line = await textOrInput(terminal, text);
      await using({ models: false }, ({ client }) => remember(client, terminal, { ...given, text: line, ...json() }));
    });
  program
    .command('forget')
    .description('erase a memory wherever it stands: shows the places, asks, erases, and checks')
    .argument('<id>', 'a memory’s id; with --undo, a forgetting’s')
    .option('--yes', 'do not ask')
    .option('--all', 'also what only looks alike')
    .option('--grace <seconds>', 'how long it can be undone (default: as in the settings)', toCount)
    .option('--undo', 'take back a forgetting whose time has not come')
    .action((id: string, { grace, undo, ...given }: { yes?: boolean; all?: boolean; grace?: number; undo?: boolean }) =>
      // The index is rewritten without what goes; with no embedder it would have to be thrown away and made anew.
      using({ models: true }, async ({ client, ready }) => {
        await ready();
        if (undo) return undoForget(client, terminal, { id, ...json() });
        return forget(client, terminal, { id, ...given, ...(grace === undefined ? {} : { graceSeconds: grace }), ...json() });
      }),
    );
}

async function textOrInput(terminal: Terminal, text: string | undefined): Promise<string> {
  const given = text === undefined || text === '-' ? await terminal.readInput() : text;
  if (given.trim() === '') throw new AppError('invalid-input', 'There is no text. Give it in quotation marks, or through standard input.');
  return given.trim();
}

const toCount = (text: string) => toNumber(text, 0, 1_000_000);
const toLimit = (text: string) => toNumber(text, 1, 200);
const toPort = (text: string) => toNumber(text, 0, 65_535);

function toNumber(text: string, least: number, most: number): number {
  const number = Number(text);
  if (!/^\d+$/u.test(text) || number < least || number > most) throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  return number;
}
