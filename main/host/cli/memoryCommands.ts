import type { Client } from '../../contract/contract.ts';
import { AppError } from '../../contract/errors.ts';
import type { Forgetting, ForgetPreview } from '../../contract/memory.ts';
import { findPersona } from './ask.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** Finds by words and meaning over everything that was said and remembered. */
export async function search(client: Client, terminal: Terminal, options: { text: string; limit: number; json?: boolean }): Promise<ExitCode> {
  const { hits } = await client.search.query({ text: options.text, limit: options.limit }, terminal.signal);
  if (options.json) terminal.out(`${JSON.stringify({ hits })}\n`);
  else for (const hit of hits) terminal.out(`${day.format(hit.at)}  ${hit.title || hit.kind}  ${hit.snippet.replace(/\s+/gu, ' ')}  (${hit.kind} ${hit.id})\n`);
  if (hits.length > 0) return exitCodes.done;
  terminal.say('Nothing was found.\n');
  return exitCodes.nothingFound;
}

export async function remember(client: Client, terminal: Terminal, options: { text: string; persona?: string; json?: boolean }): Promise<ExitCode> {
  const personaId = options.persona === undefined ? null : await findPersona(client, options.persona);
  const memory = await client.memory.remember({ text: options.text, scope: personaId === null ? 'shared' : 'own', personaId });
  terminal.out(options.json ? `${JSON.stringify({ memory })}\n` : `${memory.id}\n`);
  if (!options.json) terminal.say('Remembered.\n');
  return exitCodes.done;
}

export type ForgetOptions = { id: string; yes?: boolean; graceSeconds?: number; json?: boolean };

/** Shows everything that carries the thing, asks, erases, and proves it. */
export async function forget(client: Client, terminal: Terminal, options: ForgetOptions): Promise<ExitCode> {
  const preview = await client.memory.previewForget({ id: options.id });
  if (!options.yes) {
    terminal.say(describe(preview));
    if (!terminal.interactive) throw new AppError('invalid-input', 'Nothing was forgotten: there is nobody here to confirm it. Say --yes to forget all of this.');
    if (!/^y(es)?$/iu.test((await terminal.ask('Forget all of this? [y/N] ')).trim())) {
      terminal.say('Nothing was forgotten.\n');
      return exitCodes.stopped;
    }
  }
  const asked = await client.memory.forget({ id: options.id, carriers: preview.carriers.map(({ key }) => key), graceSeconds: options.graceSeconds ?? null });
  const forgetting = asked.state === 'pending' && asked.erasesAt > Date.now() ? asked : await outcome(client, asked, terminal.signal);
  if (options.json) terminal.out(`${JSON.stringify({ forgetting })}\n`);
  else terminal.out(`${sayOutcome(forgetting)}\n`);
  return forgetting.state === 'failed' ? exitCodes.failed : exitCodes.done;
}

/** Takes back a forgetting whose time has not come. */
export async function undoForget(client: Client, terminal: Terminal, options: { id: string; json?: boolean }): Promise<ExitCode> {
  const forgetting = await client.memory.undoForget({ id: options.id });
  terminal.out(options.json ? `${JSON.stringify({ forgetting })}\n` : 'It is remembered again.\n');
  return exitCodes.done;
}

function describe({ sentence, carriers }: ForgetPreview): string {
  const places = carriers.map(({ kind, where, after }) => `  ${kind}, ${where}: ${after === null ? 'removed' : 'the words are taken out'}`);
  return [`“${sentence}” stands in ${carriers.length === 1 ? 'one place' : `${carriers.length} places`}:`, ...places, ''].join('\n');
}

/** Follows an erasure that has begun to its end. */
async function outcome(client: Client, asked: Forgetting, signal: AbortSignal): Promise<Forgetting> {
  const ended = ({ state }: Forgetting) => state === 'erased' || state === 'failed' || state === 'undone';
  const following = new AbortController();
  const latest = async () => (await client.memory.forgettings({})).find(({ id }) => id === asked.id) ?? asked;
  try {
    for await (const event of client.app.events({}, AbortSignal.any([signal, following.signal]))) {
      // The event may have come before we listened: the list is asked once, with the first event.
      const now = event.type === 'forgetting' && event.forgetting.id === asked.id ? event.forgetting : await latest();
      if (ended(now)) return now;
    }
  } finally {
    following.abort();
  }
  return latest();
}

function sayOutcome({ id, state, check, erasesAt, failure }: Forgetting): string {
  if (state === 'erased') return `Forgotten. ${check?.filesSearched ?? 0} files were searched and it is in none of them.`;
  if (state === 'failed') return failure ?? 'It could not be erased.';
  return `It will be erased on ${new Date(erasesAt).toLocaleString('en-GB')}. Until then: engram forget --undo ${id}`;
}

/** Reads conversations from a file of this machine. */
export async function importFile(client: Client, terminal: Terminal, options: { path: string; json?: boolean }): Promise<ExitCode> {
  const conversations = await client.conversation.importFile({ path: options.path }, terminal.signal);
  if (options.json) terminal.out(`${JSON.stringify({ conversations })}\n`);
  else for (const { id, title, messageCount } of conversations) terminal.out(`${id}  ${title || 'Untitled'}  ${messageCount} messages\n`);
  return exitCodes.done;
}
