import type { Client } from '../../contract/contract.ts';
import type { ChatEvent, Message } from '../../contract/conversation.ts';
import { AppError } from '../../contract/errors.ts';
import { isOfNote, trailOf, type Citation } from '../../contract/memory.ts';
import { exitCodes, type ExitCode, type Terminal } from './terminal.ts';

export type AskOptions = { persona?: string; conversation?: string; temporary?: boolean; json?: boolean };

/** Asks one question; words appear as they come, and what they rest on afterwards. */
export async function ask(client: Client, terminal: Terminal, { text, ...options }: AskOptions & { text: string }): Promise<ExitCode> {
  const conversationId = await conversationFor(client, options);
  const events = client.chat.send({ conversationId, text, editOf: null }, terminal.signal);
  const answer = await follow(events, options.json ? () => {} : terminal.out);
  if (options.json) terminal.out(`${JSON.stringify({ conversationId, answer })}\n`);
  else for (const citation of answer.citations.filter(({ used }) => used)) terminal.say(`${receipt(citation)}\n`);
  return answer.status === 'stopped' ? exitCodes.stopped : exitCodes.done;
}

/** What was shown cannot be taken back: a quotation in its place stands on a line of its own. */
async function follow(events: AsyncIterable<ChatEvent>, out: (text: string) => void): Promise<Message> {
  let answer: Message | null = null;
  let begun = false;
  for await (const event of events) {
    if (event.type === 'saved') answer = event.message;
    if (event.type !== 'delta' && event.type !== 'quoted') continue;
    out(event.type === 'quoted' && begun ? `\n${event.text}` : event.text);
    begun = true;
  }
  if (begun) out('\n');
  if (!answer) throw new AppError('disconnected', 'The answer did not come to its end.');
  return answer;
}

async function conversationFor(client: Client, options: AskOptions): Promise<string> {
  const personaId = options.persona === undefined ? null : await findPersona(client, options.persona);
  if (options.conversation !== undefined) {
    const { conversation } = await client.conversation.open({ id: options.conversation });
    if (personaId !== null) await client.conversation.setPersona({ id: conversation.id, personaId });
    return conversation.id;
  }
  const { defaultPersonaId } = await client.app.settings({});
  return (await client.conversation.create({ personaId: personaId ?? defaultPersonaId, temporary: options.temporary ?? false })).id;
}

/** By name, whatever its case, or by id. */
export async function findPersona(client: Client, wanted: string): Promise<string> {
  const personas = await client.persona.list({});
  const found = personas.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase());
  if (!found) throw new AppError('not-found', `There is no persona “${wanted}”. There are: ${personas.map(({ name }) => name).join(', ')}.`);
  return found.id;
}

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

const receipt = (citation: Citation) => {
  const from = isOfNote(citation) ? trailOf(citation.note) : `${day.format(citation.saidAt)}${citation.conversationTitle ? `, ${citation.conversationTitle}` : ''}`;
  return `[${citation.mark}] ${from}: ${citation.quote.replace(/\s+/gu, ' ').slice(0, 200)}`;
};
