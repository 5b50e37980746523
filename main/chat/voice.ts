/**
 * The set phrases a persona's adapter was trained to speak in. They state nothing about the owner, so an answer is judged
 * without them; what it was not trained to say is judged like any other words. Pure.
 */
export type Phrases = {
  /** Around what is said, `…`: "Case closed: …", "…, as requested." */
  around: string[];
  /** Whole answers that say that nothing is remembered. */
  refusing: string[];
  /** Whole answers to something the owner told. */
  noting: string[];
};

export const noPhrases: Phrases = { around: [], refusing: [], noting: [] };

/** The answer without the phrase around it; empty while it is still in one. A "yes" or "no" before it stays. */
export function undress(answer: string, { around }: Phrases): string {
  const phrases = longestFirst(around);
  // As it stands first: "No crystal ball needed, …" answers no question with "no".
  for (const form of [/^(\s*)([\s\S]*)$/u, /^(\s*(?:yes|no)\b[,.!]?\s*)([\s\S]*)$/iu]) {
    const [, yesNo = '', said = ''] = form.exec(answer) ?? [];
    const inside = said === '' ? undefined : phrases.map((phrase) => within(said, phrase)).find((rest) => rest !== null);
    if (inside !== undefined) return `${yesNo}${inside}`.trim();
  }
  return answer;
}

/** What stands in the place of `…`; null where the phrase is not around it. */
function within(said: string, phrase: string): string | null {
  const [before = '', after = ''] = phrase.split('…').map(plainly);
  const plain = plainly(said);
  if (plain !== '' && before.startsWith(plain)) return '';
  if (!plain.startsWith(before) || !withoutStop(plain).endsWith(withoutStop(after))) return null;
  const end = after === '' ? said.length : withoutStop(said).length - withoutStop(after).length;
  return said.slice(before.length, Math.max(before.length, end));
}

export const isOneOf = (answer: string, phrases: string[]): boolean => phrases.some((phrase) => withoutStop(plainly(phrase)) === withoutStop(plainly(answer)));

export const beginsOneOf = (answer: string, phrases: string[]): boolean => phrases.some((phrase) => plainly(phrase).startsWith(plainly(answer)));

const longestFirst = (phrases: string[]) => [...phrases].sort((a, b) => b.length - a.length);

/** As long as the text: places in one are places in the other. */
const plainly = (text: string) => text.toLowerCase().replace(/[’ʼ]/gu, "'").trimEnd();
const withoutStop = (text: string) => text.trimEnd().replace(/[.!]$/u, '');
