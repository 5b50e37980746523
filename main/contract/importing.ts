import { z } from 'zod';

/** Whose export a file is: Engram's own, ChatGPT's, Claude's, lists of messages with roles as many tools write them, or Markdown. */
export const ImportKind = z.enum(['engram', 'chatgpt', 'claude', 'list', 'markdown']);
export type ImportKind = z.infer<typeof ImportKind>;

/**
 * Why something of a file was left out. Messages: `system` (system prompts, custom instructions, what the export marks
 * as hidden, reasoning), `tool` (calls of tools and what they answered), `empty`, `broken`, `too-large`. Conversations:
 * `broken`, `too-large`, `deleted` (imported before and deleted here since).
 */
export const LeftOutReason = z.enum(['system', 'tool', 'empty', 'broken', 'too-large', 'deleted']);
export type LeftOutReason = z.infer<typeof LeftOutReason>;

const LeftOut = z.partialRecord(LeftOutReason, z.number().int());
export type LeftOut = z.infer<typeof LeftOut>;

export const ImportFigures = z.object({
  /** `grown`: known before, with messages that are new. `known`: nothing new in them. */
  conversations: z.object({ added: z.number().int(), grown: z.number().int(), known: z.number().int(), leftOut: LeftOut }),
  messages: z.object({ added: z.number().int(), known: z.number().int(), leftOut: LeftOut }),
});
export type ImportFigures = z.infer<typeof ImportFigures>;

/** What an import says as it goes: `started`, `progress`…, `done`; also when it was stopped. A failure is thrown, once. */
export const ImportEvent = z.discriminatedUnion('type', [
  /** What the file was recognised as, and how much there is to read. */
  z.object({ type: z.literal('started'), kind: ImportKind, bytes: z.number().int() }),
  z.object({ type: z.literal('progress'), bytes: z.number().int(), figures: ImportFigures }),
  z.object({
    type: z.literal('done'),
    figures: ImportFigures,
    /** Stopped by whoever asked: what was imported until then is kept. */
    stopped: z.boolean(),
    /** The file ends in the middle, or cannot be read from some point on: what stood before that is imported. */
    cut: z.boolean(),
    /** The first conversation that was added or has grown. */
    firstId: z.string().nullable(),
  }),
]);
export type ImportEvent = z.infer<typeof ImportEvent>;
