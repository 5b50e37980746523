import type { Client } from '../../contract/contract.ts';
import { AppError } from '../../contract/errors.ts';
import type { Forgetting, ForgetPreview } from '../../contract/memory.ts';
import { findPersona } from './ask.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

export async function remember(client: Client, terminal: Terminal, options: { text: string; persona?: string; json?: boolean }): Promise<ExitCode> {
  const personaId = options.persona === undefined ? null : await findPersona(client, options.persona);
  const memory = await client.memory.remember({ text: options.text, scope: personaId === null ? 'shared' : 'own', personaId });
  terminal.out(options.json ? `${JSON.stringify({ memory })}\n` : `${memory.id}\n`);
  if (!options.json) terminal.say('Remembered.\n');
  return exitCodes.done;
}

export type ForgetOptions = { id: string; yes?: boolean; /** Also what only looks alike. */ all?: boolean; graceSeconds?: number; json?: boolean };

/** Shows everything that carries the thing, asks, erases, and proves it. */
export async function forget(client: Client, terminal: Terminal, options: ForgetOptions): Promise<ExitCode> {
  const preview = await client.memory.previewForget({ id: options.id });
  if (!options.yes) {
    terminal.say(describe(preview, options));
    if (!terminal.interactive) throw new AppError('invalid-input', 'Nothing was forgotten: there is nobody here to confirm it. Say --yes to forget all of this.');
    if (!/^y(es)?$/iu.test((await terminal.ask('Forget all of this? [y/N] ')).trim())) {
      terminal.say('Nothing was forgotten.\n');
      return exitCodes.stopped;
    }
  }
  const carriers = chosen(preview, options).map(({ key }) => key);
  const forgetting = await client.memory.forget({ id: options.id, carriers, graceSeconds: options.graceSeconds ?? null });
  if (options.json) terminal.out(`${JSON.stringify({ forgetting })}\n`);
  else terminal.out(`${sayOutcome(forgetting)}\n`);
  return forgetting.state === 'failed' || stillIn(forgetting).length > 0 ? exitCodes.failed : exitCodes.done;
}

/** Takes back a forgetting whose time has not come. */
export async function undoForget(client: Client, terminal: Terminal, options: { id: string; json?: boolean }): Promise<ExitCode> {
  const forgetting = await client.memory.undoForget({ id: options.id });
  terminal.out(options.json ? `${JSON.stringify({ forgetting })}\n` : 'It is remembered again.\n');
  return exitCodes.done;
}

const chosen = ({ carriers }: ForgetPreview, { all }: ForgetOptions) => carriers.filter(({ certain }) => certain || all);

function describe(preview: ForgetPreview, options: ForgetOptions): string {
  const line = ({ kind, where, after }: ForgetPreview['carriers'][number]) => `  ${kind}, ${where}: ${after === null ? 'removed' : 'the words are taken out'}`;
  const going = chosen(preview, options);
  const left = preview.carriers.length - going.length;
  const others = left > 0 ? [`${left} more only look alike and stay; --all takes them along.`] : [];
  return [`“${preview.sentence}” stands in ${going.length === 1 ? 'one place' : `${going.length} places`}:`, ...going.map(line), ...others, ''].join('\n');
}

/** Files in which the check found it after all. */
const stillIn = ({ check }: Forgetting): string[] => check?.found ?? [];

function sayOutcome(forgetting: Forgetting): string {
  const { id, state, check, erasesAt, failure } = forgetting;
  if (stillIn(forgetting).length > 0) return `It was erased where it was confirmed, but its bytes still stand in ${stillIn(forgetting).join(', ')}.`;
  if (state === 'erased') return `Forgotten. ${check?.filesSearched ?? 0} files were searched and it is in none of them.`;
  if (state === 'failed') return failure ?? 'It could not be erased.';
  return `It will be erased on ${new Date(erasesAt).toLocaleString('en-GB')}. Until then: engram forget --undo ${id}`;
}
