/**
 * What the scripted model makes of mem0's prompt: each statement of the new message is a fact, in its own words, with who said
 * it in front. It loses nothing and invents nothing, which no model does. Pure.
 */

/** Facts of the message that stands under "New Messages" in the prompt. */
export function extract(prompt: string): string[] {
  const message = /## New Messages\n([\s\S]*?)\n\n## Observation Date/u.exec(prompt)?.[1] ?? '';
  const [, role = 'user', said = ''] = /^(\w+): ([\s\S]*)$/u.exec(message.trim()) ?? [];
  const [, name, text = said] = /^(\p{Lu}[\p{L} ]{0,30}): ([\s\S]+)$/u.exec(said) ?? [];
  const who = name ?? (role === 'user' ? 'User' : 'Assistant');
  return sentences(text).filter(isStatement).map((sentence) => `${who}: ${sentence}`);
}

const sentences = (text: string) => text.split(/(?<=[.!?…])\s+|(?<=[。！？])|\n+/u).map((sentence) => sentence.trim()).filter((sentence) => sentence !== '');

/** Greetings and questions hold no facts. Scripts without spaces have no words to count. */
const isStatement = (sentence: string) => !/[?？]$/u.test(sentence) && (sentence.split(/\s+/u).length >= leastWords || /[\p{Script=Han}\p{Script=Hiragana}]/u.test(sentence));

const leastWords = 3;
