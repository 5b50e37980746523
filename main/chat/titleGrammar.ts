import { contentWords } from './words.ts';

const fewest = 2;
const most = 6;
const longest = 58;

/**
 * What a title may be, as a GBNF grammar: two to six words of the text as they stand there, one after another within a sentence,
 * the last a word that names something. A small model then only chooses which; it cannot misspell, ramble or break off.
 * Null where the text has no two such words.
 */
export function titleGrammar(text: string): string | null {
  const rules = new Map<string, string>();
  const starts: string[] = [];
  for (const words of text.split(/[.,;:!?…)]+(?=\s|$)|[\n(]|\s[-–—]\s/u).map((part) => part.split(/\s+/u).filter(Boolean))) {
    for (const at of words.keys()) {
      const run = words.slice(at, at + most);
      const rest = tail(run, 1, run[0]?.length ?? 0);
      if (rest === null) continue;
      const name = `r${starts.length}`;
      starts.push(name);
      rules.set(name, `${literal(run[0] ?? '')} ${rest}`);
    }
  }
  if (starts.length === 0) return null;
  return [`root ::= " "? (${starts.join(' | ')})`, ...[...rules].map(([name, rule]) => `${name} ::= ${rule}`)].join('\n');
}

/** What may follow the first `from` words of the run; null where no title can end after them. */
function tail(run: string[], from: number, length: number): string | null {
  const word = run[from];
  if (word === undefined || length + 1 + word.length > longest) return null;
  const ends = from + 1 >= fewest && contentWords(word).length > 0;
  const rest = tail(run, from + 1, length + 1 + word.length);
  if (rest === null) return ends ? literal(` ${word}`) : null;
  return `${literal(` ${word}`)} ${ends ? `(${rest})?` : rest}`;
}

const literal = (text: string) => `"${text.replace(/[\\"]/gu, String.raw`\$&`)}"`;
