/** Reads the histories in `bench/data/memory`, `memory-held` and `memory-kept`: invented lives, written for this project, in the public domain. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export const kinds = ['fact', 'update', 'past', 'negation', 'preference', 'assistant', 'sameName', 'multi', 'temporal', 'abstain', 'scope', 'deletion'] as const;

const History = z.object({
  about: z.string(),
  language: z.string(),
  conversations: z.array(
    z.object({
      at: z.string(),
      /** `caring` keeps what it is told to itself; the others share. */
      persona: z.enum(['friendly', 'professional', 'caring']),
      /** It is kept to itself: the first of them from its beginning, the others once everything has been told. */
      kept: z.boolean().default(false),
      lines: z.array(z.object({ id: z.string(), by: z.enum(['owner', 'assistant']), text: z.string() })),
    }),
  ),
  /** Lines whose content the owner had erased. */
  forgotten: z.array(z.string()),
  questions: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(kinds),
      persona: z.enum(['friendly', 'professional', 'caring']),
      text: z.string(),
      /** Lines that answer; none when nothing does. */
      evidence: z.array(z.string()),
      /** Lines that state what the evidence replaced. */
      stale: z.array(z.string()),
      /** Lines that must not be recalled at all. */
      forbidden: z.array(z.string()),
      /** A line of the conversation in which it is asked; else it is asked in a new one. */
      within: z.string().optional(),
    }),
  ),
});
export type History = z.infer<typeof History> & { name: string };
export type HistoryQuestion = History['questions'][number];

export const readHistories = (folder: string): History[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => ({ name: path.basename(file, '.json'), ...History.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))) }));
