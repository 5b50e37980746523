import { z } from 'zod';
import { MemoryScope } from './memory.ts';

export const ClaimStatus = z.enum(['proposed', 'active', 'superseded', 'rejected', 'quarantined']);
export type ClaimStatus = z.infer<typeof ClaimStatus>;

export const ClaimOrigin = z.enum(['rule', 'model', 'owner']);
export type ClaimOrigin = z.infer<typeof ClaimOrigin>;

/** What a memory says of whom, with the quote it rests on. */
export const Claim = z.object({
  id: z.string(),
  /** It cannot outlive this memory. */
  memoryId: z.string(),
  messageId: z.string().nullable(),
  conversationId: z.string().nullable(),
  /** "you" for the owner, else who: "sister", "sister Ana". */
  subject: z.string(),
  /** What of them: "home", "allergy", "favourite colour". */
  slot: z.string(),
  value: z.string(),
  /** One compact line: "Sister: lives in Porto". */
  text: z.string(),
  /** Exactly as it stands in the memory. */
  quote: z.string(),
  /** It says that the value does not hold (any more). */
  ended: z.boolean(),
  /** Since when it holds, where that was said. */
  since: z.number().nullable(),
  assertedAt: z.number(),
  origin: ClaimOrigin,
  status: ClaimStatus,
  /** The claim that holds now. */
  supersededBy: z.string().nullable(),
  /** A claim it contradicts, as long as the owner has not said which is right. */
  conflictWith: z.string().nullable(),
  pinned: z.boolean(),
  scope: MemoryScope,
  personaId: z.string().nullable(),
});
export type Claim = z.infer<typeof Claim>;
