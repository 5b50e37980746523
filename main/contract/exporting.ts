/** Everything the owner said and made, as one file. Whoever reads it elsewhere needs nothing but its JSON Schema, written beside it. */
import { z } from 'zod';
import { Claim } from './claim.ts';
import { ConversationFile, MessageStats } from './conversation.ts';
import { Citation, CitedNote, Memory, RecallScores } from './memory.ts';
import { Attachment, NoteScope } from './note.ts';
import { PersonaFile } from './persona.ts';
import { CutReason } from './receipt.ts';
import { Research } from './research.ts';

/** Where something imported came from, as a hash, so that the same export of another program brings it in only once. */
const Origins = z.array(z.string().regex(/^[0-9a-f]{32}$/)).max(100);

/** What an answer was made from, beside its citations. What it asked the owner about stands in no file: an answer to that is for here and now. */
const MadeFrom = z.object({
  /** The remembered lines that the model was given. */
  lines: z.array(z.string()),
  prompt: z.object({ model: z.string(), system: z.string(), from: z.string().nullable(), marksInFront: z.boolean(), soFar: z.number() }).optional(),
  /** What was recalled and left out. */
  cut: z.array(z.object({ memoryId: z.string(), reason: CutReason, scores: RecallScores })).optional(),
  cutMore: z.number().optional(),
  /** Passages of notes that were found and left out. */
  passagesCut: z.array(z.object({ id: z.string(), reason: CutReason, score: z.number(), note: CitedNote })).optional(),
  passagesCutMore: z.number().optional(),
  /** How it was gathered from many notes. */
  research: Research.optional().catch(undefined),
  /** Claims whose line stood in the prompt. */
  claims: z.array(z.string()).optional(),
});

/** A note or a file that went with a question. Of a file, what was read of it: passages, with their headings; of a note, that stands in the owner's files. */
const ExportedAttachment = Attachment.omit({ id: true }).extend({
  folderId: z.string().nullable(),
  chunks: z.array(
    z.object({ headings: z.array(z.string()), kind: z.string(), text: z.string(), place: z.object({ from: z.number().int(), to: z.number().int(), page: z.number().int().optional() }) }),
  ),
});
export type ExportedAttachment = z.infer<typeof ExportedAttachment>;

/** It was to be kept there itself, whether the whole conversation is or not. */
const keptAlone = z.boolean().optional();

const ExportedMessage = ConversationFile.shape.messages.element.extend({
  status: z.enum(['complete', 'stopped', 'failed']).optional(),
  failure: z.string().nullish(),
  personaId: z.string().nullish(),
  /** What the answer rests on. */
  citations: z.array(Citation).optional().catch([]),
  given: MadeFrom.optional().catch(undefined),
  quoted: z.boolean().optional(),
  stats: MessageStats.nullish().catch(null),
  attachments: z.array(ExportedAttachment).optional().catch([]),
  /** Who may recall it, whether it is pinned, and the written memory that corrects it; null when it is no memory. */
  memory: z
    .object({
      scope: z.enum(['shared', 'own', 'none']), personaId: z.string().nullable(), pinned: z.boolean(), replacedBy: z.string().nullable(),
      /** The only conversation in which it is recalled; empty for none, absent for any. */
      keptIn: z.string().optional(),
      keptAlone,
    })
    .nullish(),
  origins: Origins.optional(),
});
export type ExportedMessage = z.infer<typeof ExportedMessage>;

/** A conversation's file with all that is known of it. */
export const ExportedConversation = ConversationFile.extend({
  id: z.string().optional(),
  titledBy: z.enum(['nobody', 'model', 'owner']).optional(),
  personaId: z.string().optional(),
  pinned: z.boolean().optional(),
  archived: z.boolean().optional(),
  draft: z.string().max(2_000_000).optional(),
  /** Which notes its answers may draw on, by their ids on the machine it comes from. */
  notes: NoteScope.nullish(),
  /** What waits to go with the next question. */
  attachments: z.array(ExportedAttachment).optional().catch([]),
  updatedAt: z.number().optional(),
  /** The message at the tip of the branch that is shown. */
  shown: z.string().nullish(),
  origins: Origins.optional(),
  messages: z.array(ExportedMessage),
});
export type ExportedConversation = z.infer<typeof ExportedConversation>;

/** `id`: what conversations and memories name it by. */
export const ExportedPersona = PersonaFile.extend({ id: z.string().optional(), createdAt: z.number().optional(), updatedAt: z.number().optional() });
export type ExportedPersona = z.infer<typeof ExportedPersona>;

/** With its history: what superseded it, what it contradicts. The memory says when and where. */
export const ExportedClaim = Claim.pick({
  id: true, memoryId: true, subject: true, slot: true, value: true, text: true, quote: true, ended: true, since: true, assertedAt: true, origin: true, status: true,
  supersededBy: true, conflictWith: true, pinned: true,
}).extend({
  /** Where the quote stands in the memory's text, characters. */
  start: z.number().int(),
  end: z.number().int(),
  /** It speaks of a change: what was said before was right until then. */
  change: z.boolean(),
  /** The owner said that it stands beside what it contradicts. */
  settled: z.boolean(),
  /** What it said before the owner said that it means the same as another. */
  merged: Claim.pick({ subject: true, slot: true, value: true, text: true }).nullable().default(null),
});
export type ExportedClaim = z.infer<typeof ExportedClaim>;

/** A line the owner wrote. */
export const ExportedMemory = Memory.extend({ keptAlone });
export type ExportedMemory = z.infer<typeof ExportedMemory>;

/** A memory that has still to be read for claims, and by what. */
export const ExportedJob = z.object({ memoryId: z.string(), by: z.enum(['rules', 'model']) });
export type ExportedJob = z.infer<typeof ExportedJob>;

/** What the owner wrote about themselves, for all personas (`shared`) or one that keeps to its own (`own:` and its id). */
export const ExportedProfile = z.object({ id: z.string(), text: z.string(), basis: z.string(), editedAt: z.number() });
export type ExportedProfile = z.infer<typeof ExportedProfile>;

/** 3: something may be kept to a conversation, which an older Engram would not heed. */
export const exportVersion = 3;

export const ExportFile = z.object({
  format: z.literal('engram-export'),
  version: z.union([z.literal(1), z.literal(2), z.literal(exportVersion)]),
  exportedAt: z.number().optional(),
  conversations: z.array(ExportedConversation),
  /** Lines the owner wrote; what was said stands in the conversations. */
  memories: z.array(ExportedMemory).default([]),
  personas: z.array(ExportedPersona).default([]),
  claims: z.array(ExportedClaim).default([]),
  profiles: z.array(ExportedProfile).default([]),
  unread: z.array(ExportedJob).default([]),
});
export type ExportFile = z.infer<typeof ExportFile>;
