/**
 * What the assistant may ask of the engine process. Same kinds of route as the window's contract, carried by a
 * process channel; never seen by the window.
 */
import { z } from 'zod';
import { Sampling } from '../contract/persona.ts';
import { call, stream, type Client, type Handlers } from '../contract/route.ts';

const nothing = z.object({});

export const Overlay = z.array(z.object({ path: z.string(), scale: z.number() }));
/** Adapters with scales, applied to the loaded base. Empty: the base alone. */
export type Overlay = z.infer<typeof Overlay>;

export const PromptMessage = z.object({ role: z.enum(['system', 'user', 'assistant']), text: z.string() });
export type PromptMessage = z.infer<typeof PromptMessage>;

export const Prompt = z.object({
  messages: z.array(PromptMessage),
  /** What the answer already says, when a stopped answer is continued. */
  answerSoFar: z.string(),
  overlay: Overlay,
  /** `chat` keeps its llama context from turn to turn; `side` jobs (titles, comparisons) never disturb it. */
  lane: z.enum(['chat', 'side']),
});
export type Prompt = z.infer<typeof Prompt>;

export const GenerateRequest = Prompt.extend({
  sampling: Sampling,
  /** In llama.cpp's GBNF: only what it allows is written. */
  grammar: z.string().optional(),
});
export type GenerateRequest = z.infer<typeof GenerateRequest>;

export const GenerateStats = z.object({
  promptTokens: z.number().int(),
  /** Of those, already in the llama context. */
  reusedTokens: z.number().int(),
  answerTokens: z.number().int(),
  readMs: z.number(),
  writeMs: z.number(),
  /** The model ended, the longest answer was reached, or it was stopped. */
  end: z.enum(['finished', 'length', 'stopped']),
});
export type GenerateStats = z.infer<typeof GenerateStats>;

export const GenerateEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('reading'), done: z.number().int(), total: z.number().int() }),
  z.object({ type: z.literal('delta'), text: z.string() }),
  z.object({ type: z.literal('done'), stats: GenerateStats }),
]);
export type GenerateEvent = z.infer<typeof GenerateEvent>;

export const GgufSummary = z.object({
  kind: z.enum(['model', 'adapter']),
  /** `general.architecture`: llama, bert, … */
  architecture: z.string(),
  name: z.string(),
  parameters: z.number(),
  quantisation: z.string(),
  sizeBytes: z.number(),
  /** Tokens declared in the file. 0 for adapters. */
  contextLength: z.number().int(),
  /** Pooling present: it makes embeddings or ranks. */
  pooling: z.enum(['none', 'mean', 'cls', 'last', 'rank']),
  chatTemplate: z.boolean(),
  /** Adapters: LoRA rank; 0 for models. */
  rank: z.number().int(),
  /** Name and dimensions (llama.cpp order: in, out) of each matrix an adapter may touch, or does touch. */
  tensors: z.array(z.object({ name: z.string(), dimensions: z.array(z.number().int()) })),
});
export type GgufSummary = z.infer<typeof GgufSummary>;

export const Probe = z.object({
  gpu: z.object({ kind: z.enum(['metal', 'cuda', 'vulkan', 'cpu']), devices: z.array(z.string()), why: z.string() }),
  threads: z.number().int(),
});
export type Probe = z.infer<typeof Probe>;

export const engineContract = {
  engine: {
    /** Chooses the backend. Nothing heavy happens before this is asked. */
    probe: call(nothing, Probe),
    inspect: call(z.object({ path: z.string() }), GgufSummary),
    /** What is loaded now: a load that failed may have cost what was there before. */
    loaded: call(nothing, z.object({ chat: z.boolean(), embedder: z.boolean(), reranker: z.boolean() })),
    /** Replaces the loaded base. Events: fraction of the file read, 0 to 1; then the window in tokens. */
    loadChat: stream(
      z.object({ path: z.string(), windowTokens: z.number().int() }),
      z.object({ fraction: z.number(), windowTokens: z.number().int() }),
    ),
    unloadChat: call(nothing, nothing),
    loadEmbedder: call(z.object({ path: z.string() }), z.object({ dimensions: z.number().int(), windowTokens: z.number().int() })),
    unloadEmbedder: call(nothing, nothing),
    loadReranker: call(z.object({ path: z.string() }), nothing),
    unloadReranker: call(nothing, nothing),
    /** Applies the overlay and reads the prompt ahead without writing. */
    prepare: call(Prompt, z.object({ tokens: z.number().int(), reused: z.number().int(), switchMs: z.number(), readMs: z.number() })),
    generate: stream(GenerateRequest, GenerateEvent),
    /** Unit-length vectors, one a text, in order. Longer texts are cut to the embedder's window. `by`: another embedder's file, opened beside the loaded one for a while. */
    embed: call(z.object({ texts: z.array(z.string()), by: z.string().optional() }), z.object({ vectors: z.array(z.instanceof(Float32Array)) })),
    /** How far each line answers the question, 0 to 1, in order. */
    rank: call(z.object({ question: z.string(), lines: z.array(z.string()) }), z.object({ scores: z.array(z.number()) })),
    /** Milliseconds of processor time that the process has taken so far. */
    processorMs: call(nothing, z.object({ ms: z.number() })),
    countTokens: call(z.object({ texts: z.array(z.string()) }), z.object({ counts: z.array(z.number().int()) })),
  },
};
export type EngineClient = Client<typeof engineContract>['engine'];
export type EngineHandlers = Handlers<typeof engineContract>;
