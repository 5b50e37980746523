import { z } from 'zod';
import { Citation } from './memory.ts';
import { Attachment, NoteScope } from './note.ts';
import { Research } from './research.ts';

export const Conversation = z.object({
  id: z.string(),
  title: z.string(),
  /** Who chose the title: nobody yet, the model, or the owner (whose choice is never overwritten). */
  titledBy: z.enum(['nobody', 'model', 'owner']),
  personaId: z.string(),
  pinned: z.boolean(),
  archived: z.boolean(),
  /** Kept to itself: what is said in it is recalled in it, and nowhere else. */
  kept: z.boolean(),
  /** Temporary conversations are held in memory and never written anywhere. */
  temporary: z.boolean(),
  /** Which notes its answers may draw on; null: none. */
  notes: NoteScope.nullable(),
  /** What stands in the composer, unsent. */
  draft: z.string(),
  /** Unix time, milliseconds. */
  createdAt: z.number(),
  updatedAt: z.number(),
  messageCount: z.number().int(),
});
export type Conversation = z.infer<typeof Conversation>;

export const MessageStats = z.object({
  /** File name of the base model. */
  model: z.string(),
  /** Tokens in the prompt, of which `reused` were already in the llama context. */
  promptTokens: z.number().int(),
  reusedTokens: z.number().int(),
  answerTokens: z.number().int(),
  /** Milliseconds from the question being saved to the first delta, and to the end. */
  firstWordMs: z.number(),
  totalMs: z.number(),
  tokensPerSecond: z.number(),
});
export type MessageStats = z.infer<typeof MessageStats>;

export const Message = z.object({
  id: z.string(),
  conversationId: z.string(),
  /** The message this one follows; null for the first. Siblings (edits, regenerations) share a parent. */
  parentId: z.string().nullable(),
  role: z.enum(['user', 'assistant', 'system', 'tool']),
  text: z.string(),
  status: z.enum(['growing', 'complete', 'stopped', 'failed']),
  /** Why it failed, in a sentence. */
  failure: z.string().nullable(),
  /** Who answered; null for the owner's messages. */
  personaId: z.string().nullable(),
  createdAt: z.number(),
  citations: z.array(Citation),
  /** True when the answer is a remembered sentence quoted by the trust rule, not the model's words. */
  quoted: z.boolean(),
  /** What the owner may answer it with: whether to forget what it lists, or to take a forgetting back. */
  asks: z.enum(['forget', 'undo']).nullable(),
  /** Null when the words are not the model's: the owner's, a quotation, or the app's own. */
  stats: MessageStats.nullable(),
  /** Ids of all messages with the same parent and role, oldest first, this one included. */
  siblings: z.array(z.string()),
  /** How it was gathered, where it was gathered from many notes. */
  research: Research.optional(),
  /** Notes and files that went with the question. */
  attachments: z.array(Attachment).optional(),
});
export type Message = z.infer<typeof Message>;

/** A conversation with the messages of the branch that is shown, first to last. */
export const OpenConversation = z.object({ conversation: Conversation, messages: z.array(Message) });
export type OpenConversation = z.infer<typeof OpenConversation>;

/** Unix time, milliseconds, that a calendar can hold: files come from elsewhere. */
const fileTime = z.number().int().min(-8.64e15).max(8.64e15);

/** Import and export: one conversation as plain data, the tree of messages included. */
export const ConversationFile = z.object({
  format: z.literal('engram-conversation'),
  version: z.literal(1),
  title: z.string(),
  createdAt: fileTime,
  /** What is said in it is recalled in it, and nowhere else. */
  kept: z.boolean().optional(),
  messages: z.array(
    z.object({
      id: z.string(),
      parentId: z.string().nullable(),
      role: z.enum(['user', 'assistant', 'system', 'tool']),
      /** Who spoke, when it is neither the owner nor the assistant: imported conversations between people. */
      speaker: z.string().nullish(),
      /** What a shared picture shows. */
      caption: z.string().nullish(),
      text: z.string(),
      createdAt: fileTime,
    }),
  ),
});
export type ConversationFile = z.infer<typeof ConversationFile>;

/** What a turn says as it goes: `started`, `recalled`, `reading`…, `delta`…, `saved`. A failure is thrown, once. */
export const ChatEvent = z.discriminatedUnion('type', [
  /** The question is on disk; the answer has its id. `question` is null when there is none to save (regenerate, continue). */
  z.object({ type: z.literal('started'), question: Message.nullable(), answerId: z.string() }),
  /** `mode`: by words and meaning, by words only (no embedder), or not at all (persona without memory, small talk). */
  z.object({ type: z.literal('recalled'), citations: z.array(Citation), mode: z.enum(['hybrid', 'words', 'none']) }),
  /** A step of a research was begun or done: all of it so far. */
  z.object({ type: z.literal('research'), research: Research }),
  /** Tokens of the prompt read so far. */
  z.object({ type: z.literal('reading'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('delta'), text: z.string() }),
  /** The trust rule put the app's own words (a quotation, or that nothing is known) in place of the model's: show this instead of the deltas. */
  z.object({ type: z.literal('quoted'), text: z.string() }),
  z.object({ type: z.literal('saved'), message: Message }),
]);
export type ChatEvent = z.infer<typeof ChatEvent>;
