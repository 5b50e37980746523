import { z } from 'zod';
import { Claim } from './claim.ts';
import { CitedNote, RecallScores } from './memory.ts';

/**
 * Why something that was recalled was not given to the model: no room in the tokens for memory; more lines than this model
 * can tell apart; it does not bear on the question; the answer quotes one sentence and needs no other.
 */
export const CutReason = z.enum(['room', 'lines', 'unrelated', 'quoted']);
export type CutReason = z.infer<typeof CutReason>;

/** Recalled and left out. */
export const Cut = z.object({
  memoryId: z.string(),
  reason: CutReason,
  scores: RecallScores,
  /** As it reads now; null once it has been forgotten. */
  text: z.string().nullable(),
  role: z.enum(['user', 'assistant']),
  saidAt: z.number(),
  messageId: z.string().nullable(),
  conversationId: z.string().nullable(),
  conversationTitle: z.string().nullable(),
});
export type Cut = z.infer<typeof Cut>;

/** A passage that was found and left out. */
export const PassageCut = z.object({
  id: z.string(),
  reason: CutReason,
  score: z.number(),
  note: CitedNote,
  /** As it reads now; null once it has gone from the notes. */
  text: z.string().nullable(),
});
export type PassageCut = z.infer<typeof PassageCut>;

/** What a model was given for an answer, message by message; its chat template puts its own marks around each. */
export const GivenPrompt = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() })),
  /** What the answer said already, when it was continued. */
  answerSoFar: z.string(),
  /** Messages of this conversation that had no room any more. */
  earlier: z.number().int(),
});
export type GivenPrompt = z.infer<typeof GivenPrompt>;

/** What an answer was made from, beside its citations. */
export const Receipt = z.object({
  /** Null where no model was asked. */
  prompt: GivenPrompt.nullable(),
  /** Best first. */
  cut: z.array(Cut),
  /** How many more were left out than are listed. */
  cutMore: z.number().int(),
  /** Passages of notes, best first. */
  passagesCut: z.array(PassageCut),
  passagesCutMore: z.number().int(),
  /** What the cited memories claim, as it stands now. */
  claims: z.array(Claim),
  /** Claims whose line stood in the prompt, or in the answer of the app itself. */
  claimsGiven: z.array(z.string()),
});
export type Receipt = z.infer<typeof Receipt>;
