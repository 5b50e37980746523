/** The parts of a zip, as streams, each up to a limit. Nothing is unpacked to disk, and no name in it becomes a path. */
import yauzl from 'yauzl';
import { AppError } from '../contract/errors.ts';
import { megabytes, type Limits } from './limits.ts';
import { Full } from './writing.ts';

export type Zipped = {
  names: ReadonlySet<string>;
  /** The text of a part, piece by piece. Throws `Full` beyond the limit, whatever the zip says of the part's size; nothing when there is no such part. */
  read(name: string): AsyncIterable<string>;
  /** All of a small part; empty when there is none. */
  text(name: string): Promise<string>;
};

/** `fd` stays open, and is the caller's to close. Fails with `bad-file`. */
export async function openZipped(fd: number, limits: Limits): Promise<Zipped> {
  const zip = await yauzl.fromFdPromise(fd, { autoClose: false, lazyEntries: true }).catch(damaged);
  if (zip.entryCount > limits.entries) throw new AppError('too-large', 'It holds more files than any document does.');
  const entries = new Map<string, yauzl.Entry>();
  try {
    for await (const entry of zip.eachEntry()) if (!entries.has(entry.fileName)) entries.set(entry.fileName, entry);
  } catch (error) {
    damaged(error);
  }
  let total = 0;

  async function* bytesOf(name: string): AsyncGenerator<Buffer> {
    const entry = entries.get(name);
    if (!entry) return;
    if (entry.isEncrypted()) throw new AppError('bad-file', 'It is locked with a password.');
    const stream = await zip.openReadStreamPromise(entry).catch(damaged);
    let read = 0;
    try {
      for await (const bytes of stream as AsyncIterable<Buffer>) {
        read += bytes.length;
        total += bytes.length;
        if (read > limits.part) throw new Full(`Only its beginning was read: it unpacks to more than ${megabytes(limits.part)}.`);
        if (total > limits.whole) throw new Full(`Only its beginning was read: it unpacks to more than ${megabytes(limits.whole)}.`);
        yield bytes;
      }
    } catch (error) {
      if (error instanceof Full) throw error;
      throw new Full('Only its beginning could be read: the rest is damaged.');
    } finally {
      stream.destroy();
    }
  }

  async function* read(name: string): AsyncGenerator<string> {
    let decoder: InstanceType<typeof TextDecoder> | null = null;
    for await (const bytes of bytesOf(name)) {
      decoder ??= new TextDecoder(wide(bytes) ?? 'utf-8');
      yield decoder.decode(bytes, { stream: true });
    }
  }

  return {
    names: new Set(entries.keys()),
    read,
    text: async (name) => {
      let text = '';
      for await (const piece of read(name)) text += piece;
      return text;
    },
  };
}

/** By the mark at its beginning. */
function wide([first, second]: Buffer): string | null {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : null;
}

function damaged(cause: unknown): never {
  throw new AppError('bad-file', 'It is no whole zip file: it may have been cut off while it was copied or fetched.', cause);
}
