import { z } from 'zod';
import { KeptIn, MemoryScope } from './memory.ts';

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
  conversationTitle: z.string().nullable(),
  /** A name when somebody other than the owner said it. */
  speaker: z.string().nullable(),
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
  keptIn: KeptIn.nullable(),
  /** The line as it was read, where the owner said that it means the same as another; null for any other. */
  mergedFrom: z.string().nullable(),
});
export type Claim = z.infer<typeof Claim>;

/** What a claim is about, by its slot; in the order they are shown. */
export const ClaimTopic = z.enum(['names', 'home', 'family', 'work', 'health', 'food', 'likes', 'languages', 'days', 'belongings', 'other']);
export type ClaimTopic = z.infer<typeof ClaimTopic>;

/** By whom, by which place it names, by what it is about, or as it was said. */
export const ClaimOrder = z.enum(['person', 'place', 'topic', 'time']);
export type ClaimOrder = z.infer<typeof ClaimOrder>;

/** All claims that say one thing, as one line. */
export const KnownClaim = z.object({
  /** The latest that says it; pinned when any of them is. */
  claim: Claim,
  /** How many messages or written lines it rests on. */
  sources: z.number().int(),
  /** Since when it holds, as far as any of them says. */
  since: z.number().nullable(),
  /** How many earlier claims it took the place of. */
  replaced: z.number().int(),
  /** The key of its group; empty by time. */
  group: z.string(),
});
export type KnownClaim = z.infer<typeof KnownClaim>;

export const ClaimGroup = z.object({
  /** A subject, a place, or a `ClaimTopic`. */
  key: z.string(),
  /** As it is written; a topic is named by whoever shows it. */
  label: z.string(),
  count: z.number().int(),
});
export type ClaimGroup = z.infer<typeof ClaimGroup>;

/** Something that counts for nothing until the owner says so, with every claim that says it. */
export const Proposal = z.object({ claim: Claim, ids: z.array(z.string()) });
export type Proposal = z.infer<typeof Proposal>;

/** Why something is kept aside: it reads like an order, names an address, or stands in a text that gives orders. */
export const Aside = Proposal.extend({ why: z.enum(['order', 'address', 'beside']), words: z.string() });
export type Aside = z.infer<typeof Aside>;

/** What is known of the owner in a few lines, as it stands in the prompt. */
export const Profile = z.object({
  text: z.string(),
  /** The owner wrote it. */
  edited: z.boolean(),
  /** As it would read without the owner's words. */
  compiled: z.string(),
  /** Estimated: every model counts in its own way. */
  tokens: z.number().int(),
  most: z.number().int(),
  /** What stands in the owner's text and was compiled then, but holds no longer. */
  outdated: z.array(z.string()),
  /** What has come to be known since the owner wrote it. */
  fresh: z.array(z.string()),
});
export type Profile = z.infer<typeof Profile>;
