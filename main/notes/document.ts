/** What a reader makes of a file: the seam between readers, chunks and the index. */

/** Where a stretch stands in its note: characters of the note's text as the reader gives it; `page` for what has pages, from 1. */
export type Place = { from: number; to: number; page?: number };

export type BlockKind = 'heading' | 'paragraph' | 'list' | 'table' | 'code' | 'quote';

export type Block = {
  kind: BlockKind;
  /** The words as one reads them, without markup. What stands at `place` may have some. */
  text: string;
  place: Place;
  /** Headings: 1 to 6. */
  level?: number;
  /** Obsidian: what `^id` at its end calls it. */
  id?: string;
};

export type NoteLink = {
  /** As it is written: the name of a note, a path, an address. Empty: this note itself. */
  target: string;
  /** What follows `#`: a heading, or `^id`. */
  heading: string | null;
  shown: string;
  embed: boolean;
  /** Where it begins in the note's text. */
  at: number;
};

/** What a file is, told by its content first. `other` has no text that could be read. */
export const noteTypes = ['markdown', 'text', 'html', 'pdf', 'docx', 'epub', 'odt', 'rtf', 'csv', 'mail', 'code', 'org', 'rst', 'other'] as const;
export type NoteType = (typeof noteTypes)[number];

export type NoteDocument = {
  type: NoteType;
  title: string;
  /** What places count in. For text formats the file's own text, decoded; else what the reader made of it. */
  text: string;
  /** In the order in which they stand; none reaches into the next. */
  blocks: Block[];
  tags: string[];
  /** Other names of the note. */
  aliases: string[];
  /** Front matter and what the file says of itself, flat: for filters. */
  properties: Record<string, string | string[]>;
  links: NoteLink[];
  /** A sentence when something of it could not be read: no text in a PDF, cut at a limit. */
  mark: string | null;
};

/** A passage of a note: `text` stands at `place`, to the letter. */
export type Chunk = { headings: string[]; kind: BlockKind; text: string; place: Place };

export function emptyDocument(type: NoteType, title: string, mark: string | null): NoteDocument {
  return { type, title, text: '', blocks: [], tags: [], aliases: [], properties: {}, links: [], mark };
}
