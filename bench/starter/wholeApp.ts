/**
 * Remembered questions through the whole app: found by its own search, answered in the default persona's voice, held to
 * the trust rule. This is what an owner sees, and what `prompt.trust` in the catalogue is tuned by.
 */
import type { Client } from '../../main/contract/contract.ts';
import type { Message } from '../../main/contract/conversation.ts';
import type { Figures } from '../bench.ts';
import { embedded } from '../assistant.ts';
import { importConversation, withAssistant, type Said } from './assistant.ts';
import type { Case } from './cases.ts';
import { isRefusal, saysValue } from './score.ts';
import { shareOf } from './statistics.ts';

type Told = { given: Case; said: Said[]; question: string };
type Outcome = { given: Case; question: string; message: Message };

/** So many of each of these abilities. */
export async function measureApp(modelsFolder: string, cases: Case[], { each, print }: { each: number; print: boolean }): Promise<Figures> {
  const figures: Figures = {};
  for (const ability of ['grounded.unseenNames', 'grounded.unseenTemplates', 'newer', 'notThere']) {
    const told = cases.filter((given) => given.ability === ability).slice(0, each).flatMap(readCase);
    const outcomes: Outcome[] = [];
    for (const one of told) outcomes.push(await withAssistant(modelsFolder, (client) => tellAndAsk(client, one)));
    if (outcomes.length > 0) figures[ability.replace('grounded.', '')] = score(outcomes, print);
    console.log(`${ability}: ${outcomes.length} questions asked in the app`);
  }
  return figures;
}

/** What the case's lines tell back, as it was said on those days. */
function readCase(given: Case): Told[] {
  const [, question = ''] = /<\/remembered>\n\n([\s\S]*)$/u.exec(given.messages.at(-1)?.text ?? '') ?? [];
  const said = (given.said ?? []).map(({ text, day }): Said => ({ role: 'user', text, at: Date.parse(`${day} 12:00`) }));
  return question === '' || said.length === 0 ? [] : [{ given, said, question }];
}

async function tellAndAsk(client: Client, { given, said, question }: Told): Promise<Outcome> {
  const personaId = (await client.app.settings({})).defaultPersonaId;
  // A conversation each: what was said on other days stands beside nothing.
  for (const one of said) await importConversation(client, personaId, [one]);
  await embedded(client);
  const { id } = await client.conversation.create({ personaId, temporary: false });
  for await (const event of client.chat.send({ conversationId: id, text: question, editOf: null })) {
    if (event.type === 'saved') return { given, question, message: event.message };
  }
  throw new Error('A turn did not end.');
}

function score(outcomes: Outcome[], print: boolean): Figures {
  const kinds = outcomes.map((outcome) => kindOf(outcome));
  if (print) for (const [index, { question, message, given }] of outcomes.entries()) console.log(`${kinds[index]!.padEnd(14)} ${question}\n  expected  ${given.expect}\n  answered  ${message.text}`);
  const share = (kind: Kind) => shareOf(kinds.map((one) => one === kind));
  return { answered: share('answered'), quoted: share('quoted'), quotedOther: share('quoted other'), nothing: share('nothing'), wrong: share('wrong') };
}

/** `answered`: in the model's words, rightly; `quoted`: the right line by the app; `nothing`: not known; `wrong`: the model's words, and not these. */
type Kind = 'answered' | 'quoted' | 'quoted other' | 'nothing' | 'wrong';

function kindOf({ given, message }: Outcome): Kind {
  const isRight = given.value !== null && saysValue(given, message.text);
  if (message.quoted) return isRight ? 'quoted' : 'quoted other';
  if (isRight) return 'answered';
  return isRefusal(message.text, new Set([given.expect])) || /^I (?:remember nothing|keep no memory)/u.test(message.text) ? 'nothing' : 'wrong';
}
