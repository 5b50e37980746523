import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Client } from '../main/contract/contract.ts';
import type { Bench } from './bench.ts';
import { embedded, reading, withAssistant } from './assistant.ts';
import { readHistories, type History } from './memory/histories.ts';
import { scoreMemory, type Answered } from './memory/score.ts';
import { inFolder } from './folders.ts';

export const bench: Bench = {
  name: 'memory',
  about: 'our own histories through the product: updates, negation, scopes, deletion, abstention, five languages [--held] [--kept] [--only <name>] [--words] [--print]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { held: { type: 'boolean' }, kept: { type: 'boolean' }, only: { type: 'string' }, words: { type: 'boolean' }, print: { type: 'boolean' } } });
    const histories = readHistories(path.join(import.meta.dirname, 'data', values.held ? 'memory-held' : values.kept ? 'memory-kept' : 'memory')).filter(({ name }) => values.only === undefined || name === values.only);
    const answered: Answered[] = [];
    for (const history of histories) {
      answered.push(...(await inFolder((folder) => withAssistant(folder, (client) => askHistory(client, history, !values.words)))));
      console.log(`${history.name}: ${history.questions.length} questions over ${history.conversations.flatMap(({ lines }) => lines).length} lines`);
    }
    if (values.print) printMisses(histories, answered);
    return scoreMemory(answered);
  },
};

const depth = 100;
const betweenLinesMs = 20_000;

/** Tells the history, has forgotten what is to be forgotten, and asks. */
async function askHistory(client: Client, history: History, meaning: boolean): Promise<Answered[]> {
  const personas = await personasOf(client);
  const lineOf = new Map<string, string>();
  const places = new Map<string, string>();
  const keptFirst = history.conversations.find(({ kept }) => kept);
  for (const conversation of history.conversations) {
    const { at, persona, lines } = conversation;
    const start = Date.parse(at);
    const messages = lines.map(({ id, by, text }, index) => ({
      id, parentId: lines[index - 1]?.id ?? null, role: by === 'owner' ? ('user' as const) : ('assistant' as const), speaker: null, caption: null, text, createdAt: start + index * betweenLinesMs,
    }));
    const { id } = await client.conversation.import({ file: { format: 'engram-conversation', version: 1, title: '', createdAt: start, kept: conversation === keptFirst, messages }, personaId: personas[persona]! });
    for (const line of lines) places.set(line.id, id);
    (await client.conversation.open({ id })).messages.forEach((message, index) => lineOf.set(message.id, lines[index]!.id));
  }
  await forgetLines(client, history, lineOf);
  for (const { kept, lines } of history.conversations) if (kept) await client.conversation.keep({ id: places.get(lines[0]!.id)!, kept: true });
  await embedded(client);
  await reading(client);
  while ((await client.claims.waiting({})).count > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const answered: Answered[] = [];
  for (const question of history.questions) {
    const { citations, bearing } = await client.memory.recall({ question: question.text, personaId: personas[question.persona]!, conversationId: places.get(question.within ?? '') ?? null, limit: depth, meaning });
    answered.push({ history: history.name, language: history.language, question, found: citations.flatMap(({ messageId }) => lineOf.get(messageId ?? '') ?? []), bearing });
  }
  return answered;
}

/** The built-in ones by their names; the caring one keeps to itself here. */
async function personasOf(client: Client): Promise<Record<string, string>> {
  const personas = await client.persona.list({});
  const caring = personas.find(({ name }) => name === 'Caring')!;
  const { name, instructions, sampling, adapters } = caring;
  const own = await client.persona.create({ name: `${name} (own)`, instructions, sampling, adapters, memoryScope: 'own' });
  return { ...Object.fromEntries(personas.map((persona) => [persona.name.toLowerCase(), persona.id])), caring: own.id };
}

async function forgetLines(client: Client, { forgotten }: History, lineOf: Map<string, string>): Promise<void> {
  const { memories } = await client.memory.list({ filter: 'all', text: '', personaId: null, limit: 500, before: null });
  for (const { id, messageId } of memories) {
    if (!forgotten.includes(lineOf.get(messageId ?? '') ?? '')) continue;
    const all = await client.memory.previewForget({ id });
    const sentences = all.sentences.map((_, index) => index);
    const { carriers } = await client.memory.previewForget({ id, sentences });
    await client.memory.forget({ id, sentences, carriers: carriers.filter(({ certain }) => certain).map(({ key }) => key), graceSeconds: 0 });
  }
}

/** Answers that were not among the first five, and old values above present ones. */
function printMisses(histories: History[], answered: Answered[]): void {
  const textOf = new Map(histories.flatMap(({ name, conversations }) => conversations.flatMap(({ lines }) => lines.map(({ id, text }) => [`${name} ${id}`, text] as const))));
  for (const { history, question, found, bearing } of answered) {
    const placeOf = (id: string) => (found.includes(id) ? found.indexOf(id) + 1 : Infinity);
    const best = Math.min(...question.evidence.map(placeOf));
    if (best <= 5 && !question.stale.some((id) => placeOf(id) < best)) continue;
    const line = (id: string) => textOf.get(`${history} ${id}`)?.slice(0, 160) ?? '';
    console.log(`\n${history} ${question.id} ${question.kind} bearing ${bearing.toFixed(2)}: ${question.text}`);
    for (const id of question.evidence) console.log(`  wanted at ${placeOf(id)}: ${line(id)}`);
    for (const id of found.slice(0, 3)) console.log(`  found ${question.stale.includes(id) ? '(stale) ' : ''}${line(id)}`);
  }
}
