/**
 * What must hold before a file is handed to llama.cpp, which answers some of these mistakes by aborting its process.
 * Each check fails with `bad-file` and a sentence.
 */
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { GgufSummary } from './contract.ts';
import { readGguf } from './gguf.ts';
import { inspectGguf } from './inspect.ts';

export async function checkChatModel(path: string): Promise<GgufSummary> {
  const summary = await inspectGguf(path);
  refuseAdapter(path, summary);
  if (isEncoder(summary)) {
    throw new AppError('bad-file', `${basename(path)} makes embeddings and cannot chat. Load it as the embedder, and choose another file for chat.`);
  }
  await checkVocabulary(path, summary);
  return summary;
}

export async function checkEmbedder(path: string): Promise<GgufSummary> {
  const summary = await inspectGguf(path);
  refuseAdapter(path, summary);
  if (summary.pooling === 'none') {
    throw new AppError('bad-file', `${basename(path)} does not make embeddings. Choose a model made for them.`);
  }
  if (summary.pooling === 'rank') {
    throw new AppError('bad-file', `${basename(path)} re-orders results and does not make embeddings. Choose a model made for them.`);
  }
  await checkVocabulary(path, summary);
  await checkTypesOfPositions(path);
  return summary;
}

export async function checkReranker(path: string): Promise<GgufSummary> {
  const summary = await inspectGguf(path);
  refuseAdapter(path, summary);
  if (summary.pooling !== 'rank') {
    throw new AppError('bad-file', `${basename(path)} does not re-order results. Choose a model made for that.`);
  }
  await checkVocabulary(path, summary);
  await checkTypesOfPositions(path);
  return summary;
}

/** Null when this adapter fits that base; else a sentence naming both. Pure. */
export function adapterMisfit(base: GgufSummary, adapter: GgufSummary): string | null {
  if (adapter.kind !== 'adapter') return `${adapter.name} is a model of its own, not an adapter.`;
  if (adapter.tensors.length === 0 || adapter.rank < 1) return `${adapter.name} changes nothing: there are no LoRA matrices in it.`;
  const madeFor = `${adapter.name} was made for another base model than ${base.name}`;
  if (adapter.architecture !== base.architecture) return `${madeFor}: it expects ${adapter.architecture}, this is ${base.architecture}.`;
  const matrices = new Map(base.tensors.map(({ name, dimensions }) => [name, dimensions]));
  for (const { name, dimensions } of adapter.tensors) {
    const there = matrices.get(name);
    if (!there) return `${madeFor}: it changes ${name}, which ${base.name} does not have.`;
    if (there.join() !== dimensions.join()) {
      return `${madeFor}: it changes ${name} of ${dimensions.join(' by ')}, which has ${there.join(' by ')} here.`;
    }
  }
  return null;
}

/** Only encoders pool by default; a chat model turned embedder says so in its own file. */
const isEncoder = (summary: GgufSummary) => /bert|t5encoder/u.test(summary.architecture) || summary.pooling === 'rank';

function refuseAdapter(path: string, summary: GgufSummary): void {
  if (summary.kind !== 'adapter') return;
  throw new AppError('bad-file', `${basename(path)} is a persona adapter, not a model. Add it under Personas.`);
}

/** The tokens must be as many as the rows of the embedding, or reading a prompt reads beyond a buffer. */
async function checkVocabulary(path: string, summary: GgufSummary): Promise<void> {
  const { metadata } = await readGguf(path);
  const tokens = metadata.get('tokenizer.ggml.tokens');
  const rows = summary.tensors.find(({ name }) => name === 'token_embd.weight')?.dimensions[1];
  if (typeof tokens !== 'object' || tokens.length === 0) {
    throw new AppError('bad-file', `${basename(path)} has no vocabulary in it, so it can read no text. Choose another file.`);
  }
  if (rows !== undefined && rows < tokens.length) {
    throw new AppError('bad-file', `${basename(path)} is damaged: it has ${tokens.length} tokens but embeddings for ${rows}. Get it again.`);
  }
}

/** BERT's positions and token types are added to 32-bit numbers; stored in another type, ggml aborts the process. */
async function checkTypesOfPositions(path: string): Promise<void> {
  const { tensors } = await readGguf(path);
  const wrong = tensors.find(({ name, type }) => /^(position_embd|token_types)\.weight$/u.test(name) && type !== 0);
  if (wrong) {
    throw new AppError('bad-file', `${basename(path)} was converted in a way that cannot be run: ${wrong.name} is not stored as F32. Get another conversion.`);
  }
}
