/** A file to what stands in it, one conversation at a time. */
import type { ImportKind, LeftOutReason } from '../contract/importing.ts';
import { isOwnMarkdown } from '../store/conversationFiles.ts';
import type { FoundConversation } from './found.ts';
import { jsonEntries, largestEntry, type Entry } from './jsonEntries.ts';
import { fromPlainMarkdown } from './markdown.ts';
import { recognise } from './recognise.ts';
import { fromRoleList } from './roleList.ts';
import type { Source } from './source.ts';
import type { Part } from './zip.ts';

export type Finding =
  | { type: 'conversation'; kind: ImportKind; found: FoundConversation }
  /** Engram's own file, to be read whole by who knows it. */
  | { type: 'engram' }
  | { type: 'leftOut'; why: LeftOutReason }
  | { type: 'cut' };

/** `onBytes` is told how much was read, each time. */
export async function* readConversations(source: Source, onBytes: (bytes: number) => void): AsyncGenerator<Finding> {
  if (source.form === 'engram') yield { type: 'engram' };
  else if (source.form === 'markdown') yield* readMarkdown(source, onBytes);
  else for (const part of source.parts) yield* readJson(part, onBytes);
}

async function* readJson(part: Part, onBytes: (bytes: number) => void): AsyncGenerator<Finding> {
  const bytes = new Measured(part, onBytes);
  const list = new SingleList();
  for await (const entry of jsonEntries(bytes.read())) yield* findingsIn(entry, list);
  yield* list.finding();
  if (bytes.failed) yield { type: 'cut' };
}

function* findingsIn(entry: Entry, list: SingleList): Generator<Finding> {
  if (entry.type === 'cut') yield entry;
  else if (entry.type === 'broken') yield { type: 'leftOut', why: entry.why };
  else {
    const known = recognise(entry.value);
    if (known === null) yield { type: 'leftOut', why: 'broken' };
    else if (known.kind === 'engram') yield { type: 'engram' };
    else if (known.kind === 'message') list.add(entry.value, entry.bytes);
    else for (const found of known.conversations) yield { type: 'conversation', kind: known.kind, found };
  }
}

/** A part's bytes until they end or cannot be read on, which is not the end of what was read before. */
class Measured {
  failed = false;
  readonly #part: Part;
  readonly #onBytes: (bytes: number) => void;

  constructor(part: Part, onBytes: (bytes: number) => void) {
    this.#part = part;
    this.#onBytes = onBytes;
  }

  async *read(): AsyncGenerator<Uint8Array> {
    try {
      for await (const chunk of await this.#part.read()) {
        this.#onBytes(chunk.length);
        yield chunk;
      }
    } catch {
      this.failed = true;
    }
  }
}

/** Messages that are the file's own entries: they are one conversation, no larger than others may be. */
class SingleList {
  readonly #messages: unknown[] = [];
  #bytes = 0;

  add(message: unknown, bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= largestEntry) this.#messages.push(message);
  }

  *finding(): Generator<Finding> {
    if (this.#messages.length > 0) yield { type: 'conversation', kind: 'list', found: fromRoleList({}, this.#messages) };
    if (this.#bytes > largestEntry) yield { type: 'cut' };
  }
}

async function* readMarkdown({ parts }: Source, onBytes: (bytes: number) => void): AsyncGenerator<Finding> {
  for (const part of parts) {
    if (part.bytes > largestEntry) {
      yield { type: 'leftOut', why: 'too-large' };
      continue;
    }
    const bytes = new Measured(part, onBytes);
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes.read()) chunks.push(chunk);
    yield* markdownFindings(Buffer.concat(chunks));
  }
}

function* markdownFindings(bytes: Buffer): Generator<Finding> {
  const text = bytes.toString('utf8').replace(/^\ufeff/, '');
  if (isOwnMarkdown(text)) yield { type: 'engram' };
  else {
    const found = fromPlainMarkdown(text);
    if (found) yield { type: 'conversation', kind: 'markdown', found };
  }
}
