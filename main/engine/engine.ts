import type { EngineStatus } from '../contract/model.ts';
import type { GenerateEvent, GenerateRequest, GgufSummary, Overlay, Prompt } from './contract.ts';

/**
 * The assistant's side of the engine: the loaded models and their lock. One chat model, one embedder and one reranker at most.
 * Every method starts the engine process when it is not running. When the process dies, whatever is waiting fails
 * with `engine-stopped`, the process is started again and what was loaded is loaded again.
 */
export type Engine = {
  status(): EngineStatus;
  /** Called on every change, until the returned function is called. */
  onStatus(listener: (status: EngineStatus) => void): () => void;
  inspect(path: string, signal?: AbortSignal): Promise<GgufSummary>;
  /** `windowTokens` 0 takes the file's own, within what memory allows. */
  loadChat(model: { path: string; name: string; windowTokens: number }, options?: { onProgress?(fraction: number): void; signal?: AbortSignal }): Promise<void>;
  unloadChat(): Promise<void>;
  loadEmbedder(model: { path: string; name: string }): Promise<void>;
  unloadEmbedder(): Promise<void>;
  loadReranker(model: { path: string; name: string }): Promise<void>;
  unloadReranker(): Promise<void>;
  prepare(prompt: Prompt, signal?: AbortSignal): Promise<{ tokens: number; reused: number; switchMs: number; readMs: number }>;
  generate(request: GenerateRequest, signal: AbortSignal): AsyncIterable<GenerateEvent>;
  /** `by`: another embedder's file, opened beside the loaded one for a while, so that what it embedded before can still be asked. */
  embed(texts: string[], signal?: AbortSignal, by?: string): Promise<Float32Array[]>;
  /** How far each line answers the question, 0 to 1, in order. Fails with `no-model` while no reranker is loaded. */
  rank(question: string, lines: string[], signal?: AbortSignal): Promise<number[]>;
  countTokens(texts: string[]): Promise<number[]>;
  /** Milliseconds of processor time that its process has taken so far, all processors together; 0 while there is none, which starts none. */
  processorMs(): Promise<number>;
  restart(): Promise<void>;
  dispose(): Promise<void>;
};
export type { GenerateEvent, GenerateRequest, GgufSummary, Overlay, Prompt };
