/** The text that a reader makes of a file, block by block, with the place of each. */
import type { Block, BlockKind, NoteLink } from './document.ts';
import type { Limits } from './limits.ts';

export type Written = { kind: BlockKind; text: string; level?: number; page?: number };

/** Thrown through a parser that would go on otherwise: what is written until then is kept, with this sentence. */
export class Full extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'Full';
  }
}

const tooLong = 'Only its beginning was read: it has more text than is read of one file.';

const between = '\n\n';

export class Writing {
  readonly blocks: Block[] = [];
  readonly links: NoteLink[] = [];
  readonly #limits: Limits;
  readonly #texts: string[] = [];
  #length = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Where the next block will begin. */
  get next(): number {
    return this.#length === 0 ? 0 : this.#length + between.length;
  }

  /** What is left of the text. */
  get room(): number {
    return this.#limits.text - this.next;
  }

  /** Blank text is no block. The text is kept to the letter. Throws `Full` when there is no room for more. */
  add({ kind, text, level, page }: Written): void {
    if (text.trim() === '') return;
    if (this.blocks.length >= this.#limits.blocks || this.room <= 0) throw new Full(tooLong);
    const from = this.next;
    const kept = text.slice(0, this.room).replaceAll('\0', ' ');
    if (from > 0) this.#texts.push(between);
    this.#texts.push(kept);
    this.#length = from + kept.length;
    const place = { from, to: this.#length, ...(page === undefined ? {} : { page }) };
    this.blocks.push({ kind, text: kept, place, ...(level === undefined ? {} : { level }) });
    if (kept.length < text.length) throw new Full(tooLong);
  }

  link(link: NoteLink): void {
    if (this.links.length < this.#limits.links) this.links.push(link);
  }

  text(): string {
    return this.#texts.join('');
  }
}

/** Runs it until it is done, or full: the sentence then says so. */
export async function untilFull(work: () => void | Promise<void>): Promise<string | null> {
  try {
    await work();
    return null;
  } catch (error) {
    if (error instanceof Full) return error.message;
    throw error;
  }
}

/** White space of a file's own making is one space. */
export const singleSpaced = (text: string): string => text.replace(/[\s\u{A0}]+/gu, ' ').trim();

/** What of several sentences there is. */
export const marked = (...sentences: (string | null | false)[]): string | null => sentences.filter(Boolean).join(' ') || null;
