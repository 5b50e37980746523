/** A file as its reader gets it: bytes up to a limit, and the text they spell. Opened for reading only. */
import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';
import { decode } from './decode.ts';
import { megabytes, type Limits } from './limits.ts';
import { marked } from './writing.ts';

export type Given = {
  /** The file's name without its extension: the title of what names none. */
  title: string;
  /** In lower case, with its dot; empty when it has none. */
  extension: string;
  fd: number;
  bytes: number;
  limits: Limits;
  /** Only what the index keeps is wanted: words of a block may come with their markup, but for those of headings. */
  brief: boolean;
  /** Milliseconds of `performance.now()` at which a patient reader stops. */
  until: number;
  head(): Buffer;
  /** Of its bytes; of a file larger than is ever read whole, of its beginning and its size. */
  hash(): string;
  /** Fails with `too-large`. */
  whole(): Buffer;
  /** So many bytes of its beginning; the mark says when there are more. */
  first(most: number): { bytes: Buffer; mark: string | null };
  /** The first `limits.text` bytes, decoded. `declared`: an encoding that the file names itself. */
  text(declared?: string): { text: string; mark: string | null };
  close(): void;
};

const headBytes = 64 * 1024;
/** A file up to this size is read once, whatever is asked of it; a larger one is hashed in parts of it. */
const heldBytes = 1024 ** 2;

/** Looks at the file and opens it. Fails with `not-found` or `bad-file`. Who opens, closes. */
export function openGiven(file: string, limits: Limits, brief = false): Given {
  const fd = opened(file);
  const stat = fstatSync(fd);
  if (!stat.isFile()) {
    closeSync(fd);
    throw new AppError('bad-file', 'This is no file that could be read.');
  }
  const extension = path.extname(file).toLowerCase();
  const bytes = stat.size;
  let held: Buffer | null = null;
  const beginning = (most: number) => (bytes <= heldBytes ? (held ??= readUpTo(fd, bytes)).subarray(0, most) : readUpTo(fd, Math.min(bytes, most)));
  const first = (most: number) => ({ bytes: beginning(most), mark: bytes > most ? `Only its first ${megabytes(most)} were read.` : null });
  return {
    title: path.basename(file, path.extname(file)),
    extension,
    fd,
    bytes,
    limits,
    brief,
    until: performance.now() + limits.patience,
    head: () => beginning(headBytes),
    hash: () => hashOf(bytes <= heldBytes ? [beginning(bytes)] : [...partsOf(fd, Math.min(bytes, limits.whole)), ...(bytes > limits.whole ? [Buffer.from(String(bytes))] : [])]),
    whole: () => {
      if (bytes > limits.whole) throw new AppError('too-large', `It is larger than ${megabytes(limits.whole)}, which is more than is read of one file of its kind.`);
      return beginning(bytes);
    },
    first,
    text: (declared) => {
      const { bytes: beginning, mark } = first(limits.text);
      const { text, broken } = decode(beginning, { cut: mark !== null, declared: declared ?? null });
      // No store of text keeps a NUL; the places of the others stay.
      return { text: text.replaceAll('\0', ' '), mark: marked(mark, broken && 'Some of its bytes are no text in any encoding known here; they are shown as \u{FFFD}.') };
    },
    close: () => closeSync(fd),
  };
}

function opened(file: string): number {
  try {
    // A pipe would keep us waiting for somebody to write.
    return openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EACCES' || code === 'EPERM') throw new AppError('not-allowed', 'You may not read this file: its permissions forbid it.', error);
    if (code === 'ELOOP') throw new AppError('bad-file', 'It is a link that leads in a circle.', error);
    throw new AppError('not-found', 'It could not be opened: it is gone, or its drive is.', error);
  }
}

function hashOf(parts: Iterable<Buffer>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('base64url');
}

function* partsOf(fd: number, most: number): Generator<Buffer> {
  for (let from = 0; from < most; from += heldBytes) yield readUpTo(fd, Math.min(heldBytes, most - from), from);
}

function readUpTo(fd: number, most: number, from = 0): Buffer {
  const bytes = Buffer.allocUnsafe(most);
  let length = 0;
  while (length < most) {
    const read = readSync(fd, bytes, length, most - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
