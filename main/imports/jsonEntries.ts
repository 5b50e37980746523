/**
 * Takes a JSON file of any size apart into its entries, one at a time: the elements of a list, or the values that
 * stand one after another (as in JSON Lines). Only where an entry begins and ends is found here; the platform's own
 * parser reads it, so that a broken one costs itself and nothing else.
 */
import { isUtf8 } from 'node:buffer';

export type Entry =
  | { type: 'value'; value: unknown; bytes: number }
  | { type: 'broken'; why: 'broken' | 'too-large' }
  /** The file ends in the middle. Comes last. */
  | { type: 'cut' };

/** A conversation of more is none: it would have to be held whole. Bytes. */
export const largestEntry = 128 * 1024 * 1024;

export async function* jsonEntries(bytes: AsyncIterable<Uint8Array>, largest = largestEntry): AsyncGenerator<Entry> {
  const splitter = new Splitter(largest);
  for await (const chunk of bytes) yield* splitter.push(chunk);
  yield* splitter.end();
}

const code = { quote: 0x22, backslash: 0x5c, comma: 0x2c, openList: 0x5b, closeList: 0x5d, openRecord: 0x7b, closeRecord: 0x7d };
const deeper = (byte: number) => Number(byte === code.openRecord || byte === code.openList) - Number(byte === code.closeRecord || byte === code.closeList);
const isSpace = (byte: number) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
const byteOrderMark = [0xef, 0xbb, 0xbf];

class Splitter {
  readonly #largest: number;
  /** Pieces of the entry that is open, from the chunks before this one. */
  #parts: Uint8Array[] = [];
  #size = 0;
  #tooLarge = false;
  #open = false;
  /** A number or a word, which nothing but its end closes. */
  #bare = false;
  #inText = false;
  #escaped = false;
  /** Brackets open within the entry. */
  #depth = 0;
  #inList = false;
  #read = 0;

  constructor(largest: number) {
    this.#largest = largest;
  }

  *push(chunk: Uint8Array): Generator<Entry> {
    let from = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (!this.#open) {
        if (this.#opens(byte)) from = at;
        continue;
      }
      const end = this.#closes(byte);
      if (end === null) continue;
      this.#keep(chunk.subarray(from, at + end));
      yield this.#take();
      if (end === 0 && byte === code.closeList) this.#inList = false;
    }
    this.#read += chunk.length;
    if (this.#open) this.#keep(chunk.subarray(from));
  }

  *end(): Generator<Entry> {
    const whole = this.#open && this.#bare && !this.#inList;
    if (whole) yield this.#take();
    else if (this.#open || this.#inList) yield { type: 'cut' };
  }

  /** Whether an entry begins with this byte. */
  #opens(byte: number): boolean {
    if (isSpace(byte) || byte === code.comma || (this.#read < 3 && byteOrderMark.includes(byte))) return false;
    if (byte === code.openList && !this.#inList) {
      this.#inList = true;
      return false;
    }
    if (byte === code.closeList) {
      this.#inList = false;
      return false;
    }
    this.#open = true;
    this.#inText = byte === code.quote;
    this.#depth = Number(byte === code.openRecord || byte === code.openList);
    this.#bare = !this.#inText && this.#depth === 0;
    return true;
  }

  /** How many bytes of this one and what is before it end the entry: 1 with it, 0 before it. Null: it goes on. */
  #closes(byte: number): 0 | 1 | null {
    if (this.#inText) return this.#closesText(byte);
    if (this.#bare) return isSpace(byte) || byte === code.comma || byte === code.closeList ? 0 : null;
    if (byte === code.quote) {
      this.#inText = true;
      return null;
    }
    this.#depth += deeper(byte);
    return this.#depth === 0 ? 1 : null;
  }

  #closesText(byte: number): 1 | null {
    if (this.#escaped) this.#escaped = false;
    else if (byte === code.backslash) this.#escaped = true;
    else if (byte === code.quote) {
      this.#inText = false;
      return this.#depth === 0 ? 1 : null;
    }
    return null;
  }

  /** Of an entry that is too large, only that is kept. */
  #keep(part: Uint8Array): void {
    this.#size += part.length;
    if (this.#size > this.#largest) {
      this.#tooLarge = true;
      this.#parts = [];
    } else if (!this.#tooLarge) this.#parts.push(part);
  }

  #take(): Entry {
    const entry: Entry = this.#tooLarge ? { type: 'broken', why: 'too-large' } : parsed(Buffer.concat(this.#parts));
    this.#parts = [];
    this.#size = 0;
    this.#tooLarge = this.#open = this.#bare = this.#inText = this.#escaped = false;
    this.#depth = 0;
    return entry;
  }
}

function parsed(bytes: Buffer): Entry {
  if (!isUtf8(bytes)) return { type: 'broken', why: 'broken' };
  try {
    return { type: 'value', value: JSON.parse(bytes.toString('utf8')) as unknown, bytes: bytes.length };
  } catch {
    return { type: 'broken', why: 'broken' };
  }
}
