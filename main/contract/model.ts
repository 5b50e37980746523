import { z } from 'zod';

export const ModelRole = z.enum(['chat', 'embedder', 'reranker']);
export type ModelRole = z.infer<typeof ModelRole>;

/** Whether this machine can run it: a rule over measured memory, said in words. */
export const Fit = z.object({
  verdict: z.enum(['fits-well', 'may-be-slow', 'will-not-fit']),
  reason: z.string(),
  /** Bytes it is expected to take when loaded. */
  needsBytes: z.number(),
});
export type Fit = z.infer<typeof Fit>;

export const Model = z.object({
  id: z.string(),
  name: z.string(),
  path: z.string(),
  role: ModelRole,
  architecture: z.string(),
  parameters: z.number(),
  /** Such as F16, Q8_0, Q4_0. */
  quantisation: z.string(),
  sizeBytes: z.number(),
  /** Tokens the app keeps to: what it was trained to, where that is known and shorter than declared. */
  windowTokens: z.number().int(),
  bundled: z.boolean(),
  loaded: z.boolean(),
  /** Below this size the trust rule quotes memories rather than letting the model answer from them. */
  trusted: z.boolean(),
  fit: Fit,
  present: z.boolean(),
});
export type Model = z.infer<typeof Model>;

export const Hardware = z.object({
  cpu: z.string(),
  cores: z.number().int(),
  totalMemoryBytes: z.number(),
  freeMemoryBytes: z.number(),
  platform: z.string(),
});
export type Hardware = z.infer<typeof Hardware>;

export const EngineStatus = z.object({
  state: z.enum(['starting', 'ready', 'loading', 'crashed', 'stopped']),
  /** A sentence when something needs saying: why it crashed, that it was restarted. */
  notice: z.string().nullable(),
  /** How many times the process was restarted since the app started. */
  restarts: z.number().int(),
  gpu: z.object({ kind: z.enum(['metal', 'cuda', 'vulkan', 'cpu']), devices: z.array(z.string()), why: z.string() }).nullable(),
  threads: z.number().int(),
  /** Where the engine runs. */
  host: z.enum(['child-process', 'utility-process', 'in-process']),
  chatModel: z.object({ path: z.string(), name: z.string(), windowTokens: z.number().int() }).nullable(),
  embedder: z.object({ path: z.string(), name: z.string(), dimensions: z.number().int() }).nullable(),
  reranker: z.object({ path: z.string(), name: z.string() }).nullable(),
});
export type EngineStatus = z.infer<typeof EngineStatus>;

export const LoadEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), fraction: z.number() }),
  z.object({ type: z.literal('loaded'), model: Model }),
]);
export type LoadEvent = z.infer<typeof LoadEvent>;
