/** Bytes to text, whatever they were written in. Pure. */
import { isUtf8 } from 'node:buffer';
import chardet from 'chardet';
import iconv from 'iconv-lite';

export type Decoded = {
  text: string;
  /** Some bytes spell nothing. */
  broken: boolean;
};
type About = {
  /** The bytes go on, so the last character may be half. */
  cut: boolean;
  /** What the file says of itself. */
  declared: string | null;
};

const sampleBytes = 256 * 1024;

export function decode(bytes: Buffer, { cut, declared }: About): Decoded {
  const marked = byMark(bytes);
  if (marked) return { text: iconv.decode(bytes, marked), broken: false };
  const whole = cut ? bytes.subarray(0, lastWhole(bytes)) : bytes;
  if (isUtf8(whole)) return { text: whole.toString('utf8'), broken: false };
  const wide = wideWithoutMark(bytes);
  if (wide) return { text: iconv.decode(bytes, wide), broken: false };
  if (mostlyUtf8(whole)) return { text: whole.toString('utf8'), broken: true };
  return { text: iconv.decode(bytes, declaredOrGuessed(bytes, declared)), broken: false };
}

/** By the mark at its beginning (a "BOM"), which iconv-lite takes off. */
function byMark(bytes: Buffer): string | null {
  const starts = (...mark: number[]) => mark.every((byte, index) => bytes[index] === byte);
  if (starts(0xef, 0xbb, 0xbf)) return 'utf8';
  if (starts(0xff, 0xfe, 0, 0)) return 'utf-32le';
  if (starts(0, 0, 0xfe, 0xff)) return 'utf-32be';
  if (starts(0xff, 0xfe)) return 'utf-16le';
  return starts(0xfe, 0xff) ? 'utf-16be' : null;
}

/** Where the last whole character of UTF-8 ends. */
function lastWhole(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

/** Text of two bytes a character has its NULs, if any, on one side. */
export function wideWithoutMark(bytes: Buffer): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 4_096);
  const nuls = [0, 0];
  for (let at = sample.indexOf(0); at >= 0; at = sample.indexOf(0, at + 1)) nuls[at % 2]!++;
  const [even = 0, odd = 0] = nuls;
  const many = sample.length * 0.2;
  if (odd > many && even < odd / 20) return 'utf-16le';
  return even > many && odd < even / 20 ? 'utf-16be' : null;
}

/** Damaged in few places: as a text in another encoding it would be wrong in all. */
function mostlyUtf8(bytes: Buffer): boolean {
  const text = bytes.subarray(0, sampleBytes).toString('utf8');
  let broken = 0;
  let wide = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0xfffd) broken++;
    else if (code > 0x7f) wide++;
  }
  return broken <= wide;
}

function declaredOrGuessed(bytes: Buffer, declared: string | null): string {
  if (declared && iconv.encodingExists(declared) && !/^utf-?8$/i.test(declared)) return declared;
  const sample = bytes.subarray(0, sampleBytes);
  const guesses = chardet.analyse(sample).filter(({ name }) => name !== 'UTF-8' && iconv.encodingExists(name));
  const guessed = guesses.find(({ name }) => !isNonsense(iconv.decode(sample, name)))?.name ?? 'ISO-8859-1';
  // Windows writes what calls itself Latin-1, and has letters where that has none.
  return guessed === 'ISO-8859-1' ? 'windows-1252' : guessed;
}

/** Bytes that spell nothing, or half-width katakana, which any letter above ASCII is in Shift-JIS. */
const isNonsense = (text: string) => (text.match(/[\u{FFFD}\u{FF61}-\u{FF9F}]/gu)?.length ?? 0) > text.length * 0.1;
