import { z } from 'zod';

/** A folder of the owner's whose files are read, never written. */
export const NoteFolder = z.object({
  id: z.string(),
  /** Absolute. */
  path: z.string(),
  name: z.string(),
  kind: z.enum(['plain', 'obsidian']),
  /** 'away': its drive has vanished; its notes stay findable. */
  state: z.enum(['present', 'away']),
  paused: z.boolean(),
  notes: z.number().int(),
  chunks: z.number().int(),
  /** Files that are still to be read. */
  waiting: z.number().int(),
  /** Notes of which something could not be read. */
  marked: z.number().int(),
  addedAt: z.number(),
  /** When it was last looked through from end to end. */
  scannedAt: z.number().nullable(),
  /** Lines as in `.gitignore`, beside those files themselves, which count too. */
  ignore: z.array(z.string().max(1_000)).max(1_000),
  /** Files and folders whose names begin with a dot are read, too. */
  hidden: z.boolean(),
  /** Larger files are left out. */
  largestMb: z.number().int().min(1).max(100_000),
});
export type NoteFolder = z.infer<typeof NoteFolder>;

export const NotesStatus = z.object({
  /** 'waiting': it steps aside, `why` says for what (battery, a busy machine, an answer being written). */
  state: z.enum(['idle', 'looking', 'reading', 'embedding', 'waiting', 'paused']),
  /** A sentence where the state needs one. */
  why: z.string().nullable(),
  /** Notes read, of how many known. */
  read: z.number().int(),
  notes: z.number().int(),
  marked: z.number().int(),
  /** Chunks that have an embedding, of how many. */
  embedded: z.number().int(),
  chunks: z.number().int(),
  /** Of what it is doing, notes or chunks a second; null before it is known. */
  perSecond: z.number().nullable(),
  secondsLeft: z.number().nullable(),
  /** Whether meaning can be had: an embedder is loaded, and the index of another embedder answers while its own is built. */
  meaning: z.enum(['ready', 'building', 'none']),
});
export type NotesStatus = z.infer<typeof NotesStatus>;

/** Characters of the note's text as the reader gives it, [from, to); `page` from 1 for what has pages. */
export const NotePlace = z.object({ from: z.number().int(), to: z.number().int(), page: z.number().int().optional() });
export type NotePlace = z.infer<typeof NotePlace>;

export const BlockKind = z.enum(['heading', 'paragraph', 'list', 'table', 'code', 'quote']);
export type BlockKind = z.infer<typeof BlockKind>;

export const NoteBlock = z.object({
  kind: BlockKind,
  /** Without markup; what stands at `place` may have some. */
  text: z.string(),
  place: NotePlace,
  level: z.number().int().optional(),
  id: z.string().optional(),
});
export type NoteBlock = z.infer<typeof NoteBlock>;

/** What a file is, told by its content first. `other` has no text that could be read; empty before it was read. */
export const Note = z.object({
  id: z.string(),
  folderId: z.string(),
  /** From its folder, with '/'. */
  path: z.string(),
  title: z.string(),
  type: z.string(),
  size: z.number(),
  modifiedAt: z.number(),
  state: z.enum(['waiting', 'read', 'failed']),
  /** A sentence, where something of it could not be read. */
  mark: z.string().nullable(),
  tags: z.array(z.string()),
  aliases: z.array(z.string()),
});
export type Note = z.infer<typeof Note>;

export const NoteLinkTo = z.object({
  /** Null where no such note is there. */
  noteId: z.string().nullable(),
  target: z.string(),
  heading: z.string().nullable(),
  shown: z.string(),
  embed: z.boolean(),
  /** Where it begins in the note's text. */
  at: z.number().int(),
});
export type NoteLinkTo = z.infer<typeof NoteLinkTo>;

/** A note as it stands on the disk now, to be read. */
export const OpenNote = z.object({
  note: Note,
  /** Absolute, to be shown and opened. */
  file: z.string(),
  /** What places count in. For text formats the file's own text; else what its reader made of it. */
  text: z.string(),
  blocks: z.array(NoteBlock),
  properties: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  links: z.array(NoteLinkTo),
  /** Notes that point to this one. */
  backlinks: z.array(z.object({ noteId: z.string(), title: z.string(), shown: z.string(), at: z.number().int() })),
  /** More stands in the file than is shown. */
  shortened: z.boolean(),
  /** The file is not as it was when it was last read for the index: places from a search may have moved. */
  changed: z.boolean(),
  /** What of the text was meant by the query it was opened with, as it stands there. */
  words: z.array(z.string()),
});
export type OpenNote = z.infer<typeof OpenNote>;

const marks = z.array(z.tuple([z.number().int(), z.number().int()]));

export const NotePassage = z.object({
  id: z.string(),
  headings: z.array(z.string()),
  kind: z.string(),
  text: z.string(),
  place: NotePlace,
  /** Character ranges of `text` to highlight: [start, end). */
  marks,
});
export type NotePassage = z.infer<typeof NotePassage>;

/** A note that was found, with its best passage. */
export const NoteHit = z.object({
  id: z.string(),
  folderId: z.string(),
  path: z.string(),
  title: z.string(),
  type: z.string(),
  modifiedAt: z.number(),
  mark: z.string().nullable(),
  titleMarks: marks,
  /** Null where nothing could be read of it. */
  passage: NotePassage.nullable(),
  /** How many of its passages hold what was wanted. */
  count: z.number().int(),
});
export type NoteHit = z.infer<typeof NoteHit>;

/** What the hits could be narrowed to: a click adds `filter` to what was typed. */
export const NoteFacet = z.object({ kind: z.enum(['folder', 'type', 'tag', 'path']), label: z.string(), filter: z.string(), count: z.number().int() });
export type NoteFacet = z.infer<typeof NoteFacet>;

/** How many there are; `more`: counted so far. */
export const Counted = z.object({ count: z.number().int(), more: z.boolean() });
export type Counted = z.infer<typeof Counted>;

/** A word that stands nowhere, and what was searched for in its place. */
export const Taken = z.object({ typed: z.string(), words: z.array(z.string()) });
export type Taken = z.infer<typeof Taken>;

export const NoteResults = z.object({
  hits: z.array(NoteHit),
  facets: z.array(NoteFacet),
  taken: z.array(Taken),
  mode: z.enum(['hybrid', 'words']),
  /** No note has all of the words: these come nearest. */
  near: z.boolean(),
});
export type NoteResults = z.infer<typeof NoteResults>;

/** Where an answer is to be looked for. Empty lists do not narrow; all of those that are given must hold. */
export const NoteScope = z.object({ folderIds: z.array(z.string()).max(1_000), tags: z.array(z.string()).max(1_000), noteIds: z.array(z.string()).max(1_000) });
export type NoteScope = z.infer<typeof NoteScope>;

/** A note, or a file read for this alone, that goes with a question. */
export const Attachment = z.object({
  id: z.string(),
  /** Null for a file that is not among the notes: what was read of it is kept with the conversation. */
  noteId: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  /** A sentence, where something of it could not be read. */
  mark: z.string().nullable(),
  passages: z.number().int(),
  /** How many of them the last answer was given; null before one was. */
  given: z.number().int().nullable(),
});
export type Attachment = z.infer<typeof Attachment>;
