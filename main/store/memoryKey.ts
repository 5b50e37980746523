/** What a memory is found by: its parts, each of which a question may name. */
export type KeyParts = {
  /** "You", a persona's name, or whoever spoke in an imported conversation. */
  speaker: string;
  /** Unix time, milliseconds. */
  at: number;
  caption: string | null;
  text: string;
};

/** The text that `memory_words` holds for a memory: speaker, date in words, caption, text. */
export function memoryKey(parts: KeyParts): string {
  const lines = [parts.speaker, dateInWords(parts.at), parts.caption ?? '', parts.text];
  return spaceOut(lines.filter((line) => line !== '').join('\n'));
}

const format = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });

/** "Monday 8 May 2023", in the machine's time zone. */
export function dateInWords(at: number): string {
  return format.format(at).replace(',', '');
}

/** Scripts written without spaces between words: the tokenizer would take a whole sentence for one word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;

/** Where those scripts are, and little else: a look that costs a tenth. */
export const perhapsUnspaced = /[\u0e00-\u1fff\u2e80-\uffff]/;

/** Makes each character of a script without spaces a word of its own. */
export const spaceOut = (text: string): string => (perhapsUnspaced.test(text) ? text.replace(unspaced, ' $& ') : text);
