import type { Client } from '../../contract/contract.ts';
import type { ImportEvent, LeftOut } from '../../contract/importing.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

type Done = Extract<ImportEvent, { type: 'done' }>;

const sayEveryMs = 2_000;

/** Brings in conversations from a file of this machine, whoever exported it. Ctrl-C keeps what is in. */
export async function importFile(client: Client, terminal: Terminal, options: { path: string; json?: boolean }): Promise<ExitCode> {
  let said = performance.now();
  for await (const event of client.conversation.importPast({ path: options.path }, terminal.signal)) {
    if (event.type === 'done') return end(terminal, event, options.json === true);
    if (event.type !== 'progress' || performance.now() - said < sayEveryMs) continue;
    said = performance.now();
    terminal.say(`${event.figures.messages.added + event.figures.messages.known} messages so far\n`);
  }
  return exitCodes.failed;
}

function end(terminal: Terminal, done: Done, json: boolean): ExitCode {
  const { figures, stopped, cut, firstId } = done;
  if (json) terminal.out(`${JSON.stringify({ figures, stopped, cut, firstId })}\n`);
  else terminal.out(`${linesOf(done).join('\n')}\n`);
  return stopped ? exitCodes.stopped : exitCodes.done;
}

function linesOf({ figures: { conversations, messages }, stopped, cut }: Done): string[] {
  return [
    `Conversations: ${conversations.added} new, ${conversations.grown} grown, ${conversations.known} known already${besides(conversations.leftOut)}.`,
    `Messages: ${messages.added} new, ${messages.known} known already${besides(messages.leftOut)}.`,
    ...(cut ? ['The file ends in the middle: what stood before that is here.'] : []),
    ...(stopped ? ['Stopped. Import the file again to go on.'] : []),
  ];
}

function besides(leftOut: LeftOut): string {
  const parts = Object.entries(leftOut).map(([reason, count]) => `${count} ${reason}`);
  return parts.length > 0 ? `; left out: ${parts.join(', ')}` : '';
}
