/** What a text says to whoever reads it in another way than people do: with its hidden letters, or through its disguise. Pure. */

/** A flag of a region is written in tags, and nothing else is. */
const flag = /\u{1F3F4}[\u{E0020}-\u{E007E}]+\u{E007F}/gu;
const tags = /[\u{E0020}-\u{E007E}]+/u;
const selectors = /[\uFE00-\uFE0F\u{E0100}-\u{E01EF}]{3,}/u;
/** Marks that turn the direction of what follows whatever its letters are. */
const turned = /[\u202D\u202E][^\n]*/u;

/** What a text holds that nobody can see, or that stands in another order than it is shown in; undefined: nothing. */
export function hiddenIn(text: string): string | undefined {
  const [tagged] = tags.exec(text.replace(flag, '')) ?? [];
  if (tagged !== undefined) return [...tagged].map((tag) => String.fromCodePoint(tag.codePointAt(0)! - 0xe0000)).join('');
  const [bytes] = selectors.exec(text) ?? [];
  if (bytes !== undefined) return Buffer.from([...bytes].map((letter) => byteOf(letter.codePointAt(0)!))).toString();
  const [back] = turned.exec(text) ?? [];
  return back === undefined ? undefined : [...shown(back)].reverse().join('');
}

const byteOf = (selector: number) => (selector < 0xe0100 ? selector - 0xfe00 : selector - 0xe0100 + 16);

/** Each way the text may be read, without what shows nothing; its plain form first, the same one once. */
export function readings(text: string): string[] {
  const plain = shown(text);
  const bare = plain.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  return [...new Set([plain, bare, unmasked(bare), ...decoded(plain)])];
}

/** Wide and mathematical letters as plain ones; without marks and joiners that show nothing. */
const shown = (text: string) => text.normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, '');

const masks = new Map([...'аеорсухіјѕһԁԛԝοαενρικτ'].map((letter, index) => [letter, [...'aeopcyxijshdqwoaevpikt'][index]!]));

/** Letters of other alphabets that look Latin, where Latin ones stand in the same word. */
const unmasked = (text: string) =>
  text.replace(/[\p{L}]+/gu, (word) => (/\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word) ? [...word].map((letter) => masks.get(letter) ?? letter).join('') : word));

const mostDecoded = 8;

/** Runs that are base64 of something to be read. */
const decoded = (text: string): string[] =>
  [...text.matchAll(/[A-Za-z0-9+/_-]{24,}={0,2}/gu)]
    .slice(0, mostDecoded)
    .map(([run]) => Buffer.from(run, 'base64').toString('utf8'))
    .filter((found) => /^[\p{L}\p{N}\p{P}\p{S}\p{Z}\n\t]+$/u.test(found) && /\p{L}{3}/u.test(found));
