/** The parts of a question that asks several things at once, each a question of its own. Pure. */

/** What joins two things, in a few languages, with a comma before it or without. */
const joined = String.raw`(?:\s*,\s*(?:(?:and|und|et|y|e)\s+)?|\s+(?:and|und|et|y|e|&)\s+)`;
const asks = String.raw`(?:who|whom|whose|what|which|when|where|why|how|wer|wem|wen|was|welche[rsmn]?|wann|wo|wohin|woher|warum|wie|qui|que|quoi|quel(?:le)?s?|quand|où|pourquoi|comment|combien|quién(?:es)?|qué|cuál(?:es)?|cuándo|dónde|cómo|cuánt[oa]s?)`;
const clauses = new RegExp(String.raw`[?;,]?\s+(?:and|und|et|y|e)\s+(?=${asks}(?!\p{L}))|(?<=\?)\s+(?=\S)`, 'gu');
/** A name, or the asking person. */
const one = String.raw`(?:\p{Lu}[\p{L}’'-]+(?:\s\p{Lu}[\p{L}’'-]+)?|me)`;
const list = new RegExp(String.raw`(?<![\p{L}])${one}(?:${joined}${one})+(?![\p{L}])`, 'u');
const mostParts = 4;
/** A longer message tells something, whatever it asks at its end. */
const longest = 400;

/** None when the question is of one piece. */
export function partsOf(question: string): string[] {
  if (question.length > longest) return [];
  const parts = byClause(question).flatMap((clause) => byName(clause));
  return parts.length < 2 ? [] : parts.slice(0, mostParts);
}

const someone = /(?<!\p{L})(?:he|she|they|it|his|her|him|their|them|er|sie|ihr|ihm|ihre|il|elle|ils|elles|lui|él|ella|ellos|ellas)(?!\p{L})/iu;

/** A clause without any name, or that says "she", is about the names of the first. */
function byClause(question: string): string[] {
  const said: string[] = [];
  for (const clause of question.split(clauses).map((text) => text?.trim() ?? '').filter((text) => text !== '')) {
    const names = namesIn(clause);
    const before = said.length > 0 && (names.length === 0 || someone.test(clause)) ? namesIn(said[0]!) : [];
    said.push([clause, ...before].join(' '));
  }
  return said;
}

/** What is asked of several people is asked of each. */
function byName(clause: string): string[] {
  const found = list.exec(clause);
  if (!found) return [clause];
  const names = found[0].split(new RegExp(joined, 'u')).filter((name) => name !== '');
  return names.map((name) => `${clause.slice(0, found.index)}${name}${clause.slice(found.index + found[0].length)}`);
}

const namesIn = (text: string): string[] => text.match(/(?<=[\p{Ll},]\s)\p{Lu}[\p{L}’'-]+/gu) ?? [];
