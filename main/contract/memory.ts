import { z } from 'zod';
import { NotePlace } from './note.ts';

/** Where a memory may be recalled: everywhere, or only with one persona. */
export const MemoryScope = z.enum(['shared', 'own']);
export type MemoryScope = z.infer<typeof MemoryScope>;

/** The only conversation in which something is recalled. Of what draws on several of those, both are null: it is recalled in none. */
export const KeptIn = z.object({ id: z.string().nullable(), title: z.string().nullable() });
export type KeptIn = z.infer<typeof KeptIn>;

/** Something kept about the owner: a pointer to the message that said it, or a line they wrote themselves. */
export const Memory = z.object({
  id: z.string(),
  kind: z.enum(['said', 'written']),
  /** The message's text, or the written line. */
  text: z.string(),
  role: z.enum(['user', 'assistant']),
  /** Questions are kept and findable, but rank below statements and are hidden by default. */
  question: z.boolean(),
  messageId: z.string().nullable(),
  conversationId: z.string().nullable(),
  conversationTitle: z.string().nullable(),
  scope: MemoryScope,
  personaId: z.string().nullable(),
  keptIn: KeptIn.nullable().default(null),
  pinned: z.boolean(),
  createdAt: z.number(),
  /** The written memory that corrects this one; a replaced memory is no longer recalled as current. */
  replacedBy: z.string().nullable(),
  replaces: z.string().nullable(),
});
export type Memory = z.infer<typeof Memory>;

/** Why a memory ranked where it did, each between 0 and 1 and comparable within one recall only. */
export const RecallScores = z.object({
  words: z.number(),
  meaning: z.number(),
  neighbours: z.number(),
  sitting: z.number(),
  total: z.number(),
  /** How far it tells the answer, read again together with the question, 0 to 1; absent where no reranker read it. */
  told: z.number().optional(),
});
export type RecallScores = z.infer<typeof RecallScores>;

/** A mark in an answer that points to a memory it rests on. The quote is copied, so a receipt survives renames. */
export const MemoryCitation = z.object({
  /** The number shown, from 1. */
  mark: z.number().int(),
  memoryId: z.string(),
  messageId: z.string().nullable(),
  conversationId: z.string().nullable(),
  conversationTitle: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  quote: z.string(),
  /** When it was said. */
  saidAt: z.number(),
  scores: RecallScores,
  /** Plain words: "shares 'sister', 'live'", "close in meaning", "said just after a match". */
  why: z.array(z.string()),
  /** Whether the answer drew on it (its words occur there), or it was only given to the model. */
  used: z.boolean(),
});
export type MemoryCitation = z.infer<typeof MemoryCitation>;

/** Where a passage stands: title and path as they were then, for when the note has gone. */
export const CitedNote = z.object({
  /** Null for a file that was only attached to the conversation. */
  id: z.string().nullable(),
  folderId: z.string().nullable(),
  title: z.string(),
  path: z.string(),
  headings: z.array(z.string()),
  place: NotePlace,
});
export type CitedNote = z.infer<typeof CitedNote>;

/** A mark that points to a passage of a note. */
export const NoteCitation = z.object({
  /** The number shown, from 1. */
  mark: z.number().int(),
  /** The passage. */
  id: z.string(),
  note: CitedNote,
  quote: z.string(),
  /** Of the quote what bears most on the question: [start, end), characters. */
  telling: z.tuple([z.number().int(), z.number().int()]).nullable(),
  /** How well it was found, 0 to 1, the best having 1. */
  score: z.number(),
  why: z.array(z.string()),
  used: z.boolean(),
});
export type NoteCitation = z.infer<typeof NoteCitation>;

/** A mark in an answer that points to what it rests on. */
export const Citation = z.union([NoteCitation, MemoryCitation]);
export type Citation = z.infer<typeof Citation>;

export const isOfNote = (citation: Citation): citation is NoteCitation => 'note' in citation;
export const isOfMemory = (citation: Citation): citation is MemoryCitation => 'memoryId' in citation;

/** Quinces › Cooking: a note’s own first heading often says its title once more. */
export const trailOf = ({ title, headings }: Pick<CitedNote, 'title' | 'headings'>): string => [title, ...(headings[0] === title ? headings.slice(1) : headings)].join(' › ');

export const ofMemory = (citations: readonly Citation[]): MemoryCitation[] => citations.filter(isOfMemory);
export const ofNotes = (citations: readonly Citation[]): NoteCitation[] => citations.filter(isOfNote);

/** One place that carries what is to be forgotten, and what would happen to it. */
export const Carrier = z.object({
  /** `kind:id`, stable between preview and forget. */
  key: z.string(),
  kind: z.enum(['message', 'answer', 'title', 'draft', 'memory', 'claim', 'citation', 'attachment', 'persona', 'profile', 'backup']),
  where: z.string(),
  before: z.string(),
  /** The text as it would read afterwards; null when the whole thing is removed. */
  after: z.string().nullable(),
  at: z.number(),
  /** It is the thing itself, or repeats it by a sentence, a name or a number; else it may only look alike: leave it unticked. */
  certain: z.boolean(),
});
export type Carrier = z.infer<typeof Carrier>;

export const ForgetPreview = z.object({
  memoryId: z.string(),
  /** What the memory says, sentence by sentence, and which of it is to go. Unless told otherwise: the most telling one. */
  sentences: z.array(z.object({ text: z.string(), chosen: z.boolean() })),
  /** The chosen sentences and the distinctive words that are searched for. */
  sentence: z.string(),
  words: z.array(z.string()),
  carriers: z.array(Carrier),
  /** The owner's own notes in which it stands, too: those are never written, and what they say stays findable. The first few. */
  notes: z.array(z.object({ id: z.string(), title: z.string(), path: z.string() })).default([]),
});
export type ForgetPreview = z.infer<typeof ForgetPreview>;

export const ForgetCheck = z.object({
  filesSearched: z.number().int(),
  bytesSearched: z.number(),
  /** File names, relative to the data folder, where something still stands. Empty when the erasure is proved. */
  found: z.array(z.string()),
});
export type ForgetCheck = z.infer<typeof ForgetCheck>;

export const Forgetting = z.object({
  id: z.string(),
  state: z.enum(['pending', 'erasing', 'erased', 'undone', 'failed']),
  /** What is to be forgotten, so that it can be told apart and undone; null from the moment it is erased. */
  sentence: z.string().nullable(),
  /** How many places were confirmed: messages, answers, titles, back-ups. */
  places: z.number().int(),
  requestedAt: z.number(),
  /** When the bytes go. Until then it can be undone. */
  erasesAt: z.number(),
  erasedAt: z.number().nullable(),
  check: ForgetCheck.nullable(),
  failure: z.string().nullable(),
});
export type Forgetting = z.infer<typeof Forgetting>;

/** A hit of the owner's search, over conversations and memories. */
export const SearchHit = z.object({
  kind: z.enum(['conversation', 'message', 'memory']),
  id: z.string(),
  conversationId: z.string().nullable(),
  title: z.string(),
  /** Text around the match. */
  snippet: z.string(),
  /** Character ranges of the snippet to highlight: [start, end). */
  marks: z.array(z.tuple([z.number().int(), z.number().int()])),
  role: z.enum(['user', 'assistant']).nullable(),
  at: z.number(),
  /** It is kept to a conversation: nothing but that one, and this search, finds it. */
  kept: z.boolean(),
});
export type SearchHit = z.infer<typeof SearchHit>;
