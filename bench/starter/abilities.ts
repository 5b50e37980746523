/** Every ability of the chat base, asked case by case and scored. */
import { titleGrammar } from '../../main/chat/titleGrammar.ts';
import type { Figures } from '../bench.ts';
import type { Answer, Ask } from './asking.ts';
import { linesOf, type Case } from './cases.ts';
import { citesRight, isExact, isRefusal, readToolCall, refusalsOf, ruleFor, saysValue } from './score.ts';
import { shareOf } from './statistics.ts';

/** `unaided`: without the grammar that the app gives this kind of question. */
export type Answered = { given: Case; answer: Answer; unaided?: Answer };

export async function answerAll(cases: Case[], ask: Ask): Promise<Answered[]> {
  const answered: Answered[] = [];
  for (const [index, given] of cases.entries()) {
    const grammar = given.ability === 'title' ? titleGrammar(given.messages.at(-1)?.text ?? '') : null;
    if (grammar === null) answered.push({ given, answer: await ask(given.messages) });
    else answered.push({ given, answer: await ask(given.messages, { grammar }), unaided: await ask(given.messages) });
    if ((index + 1) % 200 === 0) console.log(`${index + 1} of ${cases.length} cases answered`);
  }
  return answered;
}

/** What a remembered line answers: where it must be neither missed nor denied. */
const isAnswerable = ({ ability }: Case) => ability === 'grounded.unseenNames' || ability === 'grounded.unseenTemplates';

/** Shares of right answers by ability, and what goes with them. Abilities without cases are left out. */
export function scoreAbilities(answered: Answered[]): Figures {
  const refusals = refusalsOf(answered.map(({ given }) => given));
  const of = (ability: string) => answered.filter(({ given }) => given.ability === ability);
  const right = (some: Answered[]) => shareOf(some.map(({ given, answer }) => isRight(given, answer.text, refusals) ?? false));
  const answerable = answered.filter(({ given }) => isAnswerable(given));
  const notThere = answered.filter(({ given }) => given.ability.startsWith('notThere'));
  const figures: Figures = {};
  for (const ability of abilitiesOf(answered)) {
    if (ability.startsWith('notThere') || ruleFor(ability, refusals) === null) continue;
    put(figures, ability, right(of(ability)));
  }
  if (notThere.length > 0) put(figures, 'notThere.recall', right(notThere));
  if (answerable.length > 0) {
    put(figures, 'notThere.falseAlarm', shareOf(answerable.map(({ answer }) => isRefusal(answer.text, refusals))));
    const marked = answerable.filter(({ given }) => given.mark !== null);
    figures.cites = shareOf(marked.map(({ given, answer }) => citesRight(given, answer.text)));
    figures.groundedSaysValue = shareOf(answerable.map(({ given, answer }) => saysValue(given, answer.text)));
    figures.groundedByLines = byLines(answerable, right);
  }
  const unaided = answered.flatMap(({ given, unaided: answer }) => (answer ? [{ given, answer }] : []));
  if (unaided.length > 0) figures.titleUnaided = right(unaided);
  Object.assign(figures, formFigures(of));
  if (answered.length > 0) figures.stops = shareOf(answered.map(({ answer }) => answer.stats.end === 'finished'));
  figures.cases = Object.fromEntries(abilitiesOf(answered).map((ability) => [ability, of(ability).length]));
  return figures;
}

/** How an answer is put, beside whether it is right. */
function formFigures(of: (ability: string) => Answered[]): Figures {
  const figures: Figures = {};
  const tools = of('tool');
  if (tools.length > 0) figures.toolValid = shareOf(tools.map(({ answer }) => readToolCall(answer.text) !== null));
  for (const ability of ['yesNo', 'choice', 'general']) {
    const some = of(ability);
    if (some.length > 0) figures[`${ability}Exact`] = shareOf(some.map(({ given, answer }) => isExact(given, answer.text)));
  }
  return figures;
}

const isRight = (given: Case, text: string, refusals: ReadonlySet<string>) => ruleFor(given.ability, refusals)?.(given, text);

const abilitiesOf = (answered: Answered[]) => [...new Set(answered.map(({ given }) => given.ability))].sort();

function byLines(answerable: Answered[], right: (some: Answered[]) => number): Figures {
  const counts = [...new Set(answerable.map(({ given }) => linesOf(given)))].sort((a, b) => a - b);
  return Object.fromEntries(counts.map((lines) => [String(lines), right(answerable.filter(({ given }) => linesOf(given) === lines))]));
}

/** `a.b` becomes a figure within a figure; where `a` is a figure itself, `aB` stands beside it. */
export function put(figures: Figures, key: string, value: number): void {
  const [first = '', ...rest] = key.split('.');
  if (rest.length === 0) {
    figures[typeof figures[first] === 'object' ? `${first}All` : first] = value;
    return;
  }
  const inner = (figures[first] ??= {});
  if (typeof inner === 'object' && inner !== null) put(inner, rest.join('.'), value);
  else figures[`${first}${rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('')}`] = value;
}

const shownFailures = 5;

/** The first few wrong answers of each ability, and with `all` everything that is read rather than scored. */
export function printAnswers(answered: Answered[], all: boolean): void {
  const refusals = refusalsOf(answered.map(({ given }) => given));
  for (const ability of abilitiesOf(answered)) {
    const some = answered.filter(({ given }) => given.ability === ability);
    if (ruleFor(ability, refusals) === null) {
      if (all) printTalk(ability, some);
      continue;
    }
    const wrong = some.filter(({ given, answer }) => isRight(given, answer.text, refusals) === false);
    console.log(`\n${ability}: ${some.length - wrong.length} of ${some.length} right`);
    for (const { given, answer } of wrong.slice(0, all ? wrong.length : shownFailures)) {
      const last = given.messages.at(-1)?.text ?? '';
      console.log(`  ${last.replace(/\n+/gu, '\n  ')}\n    expected  ${given.expect}\n    answered  ${answer.text}`);
    }
  }
}

function printTalk(ability: string, answered: Answered[]): void {
  console.log(`\n${ability}: ${answered.length} answers`);
  for (const { given, answer } of answered) {
    const said = given.messages.filter(({ role }) => role !== 'system');
    for (const { role, text } of said) console.log(`  ${role === 'user' ? '›' : '‹'} ${text}`);
    console.log(`  ‹ ${answer.text}${answer.stats.end === 'finished' ? '' : ' (did not stop)'}\n`);
  }
}
