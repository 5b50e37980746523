import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { GgufSummary } from './contract.ts';
import { readGguf, type GgufHeader, type GgufTensor } from './gguf.ts';
import { ggufFileTypes, ggufTensorTypes } from './ggufTypes.ts';

/** What a GGUF file says about itself, all its parts included. Fails with `bad-file` or `not-found` and a sentence. */
export async function inspectGguf(path: string): Promise<GgufSummary> {
  const headers = await Promise.all((await partsOf(path)).map(readGguf));
  const first = headers[0]!;
  const text = textReader(first);
  const tensors = headers.flatMap((header) => header.tensors);
  const architecture = text('general.architecture');
  if (!architecture) throw new AppError('bad-file', `${basename(path)} does not say which kind of model it is. Choose another file.`);
  const kind = text('general.type') === 'adapter' ? 'adapter' : 'model';
  const number = (key: string) => Number(first.metadata.get(`${architecture}.${key}`) ?? 0);
  return {
    kind,
    architecture,
    name: text('general.name') || basename(path, '.gguf'),
    parameters: tensors.reduce((sum, { dimensions }) => sum + dimensions.reduce((product, size) => product * size, 1), 0),
    quantisation: quantisation(first, tensors),
    sizeBytes: headers.reduce((sum, header) => sum + header.sizeBytes, 0),
    contextLength: kind === 'adapter' ? 0 : Math.trunc(number('context_length')),
    pooling: poolings[number('pooling_type')] ?? 'none',
    chatTemplate: first.metadata.has('tokenizer.chat_template'),
    rank: kind === 'adapter' ? loraRank(tensors) : 0,
    tensors: kind === 'adapter' ? loraTargets(tensors) : matrices(tensors),
  };
}

const poolings = ['none', 'mean', 'cls', 'last', 'rank'] as const;

/** Large models come in files named …-00001-of-00003.gguf; the first stands for all. */
async function partsOf(path: string): Promise<string[]> {
  const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/u.exec(basename(path));
  if (!match) return [path];
  const count = Number(match[3]);
  if (count < 1 || count > 999) return [path];
  const names = Array.from({ length: count }, (_, index) => `${match[1]}-${String(index + 1).padStart(5, '0')}-of-${match[3]}.gguf`);
  const present = new Set(await readdir(dirname(path)).catch(() => []));
  const missing = names.filter((name) => !present.has(name));
  if (missing.length > 0 && present.has(basename(path))) {
    throw new AppError('bad-file', `${basename(path)} is one of ${count} parts, and ${missing.join(', ')} is missing. Put all parts into one folder.`);
  }
  return names.map((name) => join(dirname(path), name));
}

function textReader(header: GgufHeader): (key: string) => string {
  return (key) => {
    const value = header.metadata.get(key);
    return typeof value === 'string' ? value : '';
  };
}

/** The file's own word for its mixture, else the type that holds most of its numbers. */
function quantisation(header: GgufHeader, tensors: GgufTensor[]): string {
  const declared = header.metadata.get('general.file_type');
  const named = typeof declared === 'number' ? ggufFileTypes[declared] : undefined;
  if (named) return named;
  const elements = new Map<number, number>();
  for (const { type, dimensions } of tensors) {
    elements.set(type, (elements.get(type) ?? 0) + dimensions.reduce((product, size) => product * size, 1));
  }
  const most = [...elements].sort((a, b) => b[1] - a[1])[0]?.[0];
  return most === undefined ? 'unknown' : (ggufTensorTypes[most]?.name ?? `type ${most}`);
}

const matrices = (tensors: GgufTensor[]) =>
  tensors.filter(({ name, dimensions }) => dimensions.length === 2 && name.endsWith('.weight')).map(({ name, dimensions }) => ({ name, dimensions }));

/** `lora_b` is rank by out. */
const loraRank = (tensors: GgufTensor[]) => tensors.find(({ name }) => name.endsWith('.lora_b'))?.dimensions[0] ?? 0;

/** A pair of (in, rank) and (rank, out) changes a matrix of (in, out). The embedding's pair is stored turned round. */
function loraTargets(tensors: GgufTensor[]): { name: string; dimensions: number[] }[] {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor.dimensions]));
  return tensors.flatMap(({ name, dimensions }) => {
    if (!name.endsWith('.lora_a')) return [];
    const target = name.slice(0, -'.lora_a'.length);
    const other = byName.get(`${target}.lora_b`);
    if (!other) return [];
    const turned = target === 'token_embd.weight';
    return [{ name: target, dimensions: turned ? [other[1] ?? 0, dimensions[1] ?? 0] : [dimensions[0] ?? 0, other[1] ?? 0] }];
  });
}
