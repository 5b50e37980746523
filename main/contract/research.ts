import { z } from 'zod';
import { NotePlace } from './note.ts';

/** From many notes in several rounds, or in one go. */
export const Answering = z.enum(['research', 'direct']);
export type Answering = z.infer<typeof Answering>;

export const ResearchKind = z.enum(['compare', 'change', 'when', 'list', 'summary', 'question']);
export type ResearchKind = z.infer<typeof ResearchKind>;

/** A note that a step came upon, and the passage of it that bears most on what was looked for. */
export const ResearchFind = z.object({ noteId: z.string(), title: z.string(), passageId: z.string(), place: NotePlace });
export type ResearchFind = z.infer<typeof ResearchFind>;

export const ResearchStep = z.object({
  /** For words; in what is linked to what was found; for another name of it; among notes of a time; the newest of very many. */
  kind: z.enum(['words', 'links', 'name', 'time', 'latest']),
  round: z.number().int(),
  /** What is looked for. */
  looking: z.string(),
  /** Passages that bear on it; null while it goes on. */
  found: z.number().int().nullable(),
  /** Of those, not known from earlier steps. */
  fresh: z.number().int(),
  /** Notes that were new with this step: the first of them. */
  notes: z.array(ResearchFind),
});
export type ResearchStep = z.infer<typeof ResearchStep>;

/** How an answer was gathered from many notes. */
export const Research = z.object({
  kind: ResearchKind,
  /** What it is about, as it was understood. */
  topics: z.array(z.string()),
  steps: z.array(ResearchStep),
  /** Passages that were read, of how many notes; and how many notes there were to look into. */
  passages: z.number().int(),
  notes: z.number().int(),
  among: z.number().int(),
  ms: z.number(),
  /** Why it ended: nothing new came any more, the time or room set for it was used, or it was stopped. Null while it goes on, or where it was cut off. */
  end: z.enum(['done', 'limit', 'stopped']).nullable(),
});
export type Research = z.infer<typeof Research>;
