/** What is known of the owner in at most two hundred tokens. */
import { presentClaims, type Supported } from '../store/claimRecall.ts';
import type { Database } from '../store/database.ts';
import type { View } from '../store/memoryRecall.ts';

/** Two hundred tokens, at 1.33 a word. */
const mostWords = 150;
const mostClaims = 100;

/** A line for each person, the owner first: "You: live in Porto; are allergic to nuts". Empty while nothing is known. */
export const profile = (db: Database, view: View): string => compileProfile(presentClaims(db, view, mostClaims));

/** Pure: the best first, as many as fit. A single-valued slot in dispute shows its latest value. */
export function compileProfile(claims: readonly Supported[]): string {
  const lines = new Map<string, string[]>();
  let room = mostWords;
  for (const { subject, text } of claims) {
    const [who = '', said = ''] = split(text);
    const words = wordsIn(said) + (lines.has(subject) ? 0 : wordsIn(who));
    if (words > room) continue;
    room -= words;
    lines.set(subject, [...(lines.get(subject) ?? [`${who}: `]), said]);
  }
  const sorted = [...lines].sort(([one], [other]) => Number(other === 'you') - Number(one === 'you'));
  return sorted.map(([, [who, ...said]]) => `${who}${said.join('; ')}`).join('\n');
}

function split(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}

/** A character of a script without spaces is as good as a word. */
const wordsIn = (text: string) => (text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu) ?? []).length;
