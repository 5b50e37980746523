import { z } from 'zod';

export const Sampling = z.object({
  temperature: z.number().min(0).max(2),
  topP: z.number().gt(0).max(1),
  topK: z.number().int().min(0).max(1000),
  minP: z.number().min(0).max(1),
  repeatPenalty: z.number().min(1).max(2),
  /** Longest answer, tokens. */
  maxTokens: z.number().int().min(1).max(32_768),
  /** Fixed for repeatable answers; null for a new one each time. */
  seed: z.number().int().nullable(),
});
export type Sampling = z.infer<typeof Sampling>;

/** A LoRA file and how strongly it is applied: 0 is absent, 1 as trained; negative turns it round. */
export const AdapterUse = z.object({ adapterId: z.string(), scale: z.number().min(-2).max(4) });
export type AdapterUse = z.infer<typeof AdapterUse>;

export const PersonaDraft = z.object({
  name: z.string().trim().min(1).max(60),
  instructions: z.string().max(8_000),
  sampling: Sampling,
  adapters: z.array(AdapterUse).max(8),
  /** What it remembers: what everyone shares, only its own, or nothing. */
  memoryScope: z.enum(['shared', 'own', 'none']),
});
export type PersonaDraft = z.infer<typeof PersonaDraft>;

export const Persona = PersonaDraft.extend({
  id: z.string(),
  builtIn: z.boolean(),
  createdAt: z.number(),
  updatedAt: z.number(),
});
export type Persona = z.infer<typeof Persona>;

export const Adapter = z.object({
  /** sha256 of the file, hex. */
  id: z.string(),
  name: z.string(),
  path: z.string(),
  architecture: z.string(),
  rank: z.number().int(),
  sizeBytes: z.number(),
  bundled: z.boolean(),
  /** Null when it fits the loaded base model, or none is loaded; else a sentence naming both. */
  misfit: z.string().nullable(),
  /** False when the file has gone. */
  present: z.boolean(),
});
export type Adapter = z.infer<typeof Adapter>;

/** Import and export of a persona. Adapters go by hash and name; their files do not travel. */
export const PersonaFile = z.object({
  format: z.literal('engram-persona'),
  version: z.literal(1),
  persona: PersonaDraft,
  adapterNames: z.record(z.string(), z.string()),
});
export type PersonaFile = z.infer<typeof PersonaFile>;
