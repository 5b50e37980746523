/**
 * Reads the header of a GGUF file, trusting nothing in it. llama.cpp may abort its process on a damaged file, so every
 * file is read here first.
 */
import { open, stat, type FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import { ggufTensorTypes } from './ggufTypes.ts';

export type GgufValue = number | bigint | string | boolean | { length: number };
export type GgufTensor = {
  name: string;
  /** llama.cpp order: in, out. */
  dimensions: number[];
  /** Number of the type: see `ggufTensorTypes`. */
  type: number;
  /** Bytes from the start of the file. */
  offset: number;
};
export type GgufHeader = {
  /** Arrays are given by their length only. */
  metadata: Map<string, GgufValue>;
  tensors: GgufTensor[];
  sizeBytes: number;
};

/** Fails with `bad-file` or `not-found` and a sentence that names the file. */
export async function readGguf(path: string): Promise<GgufHeader> {
  const file = await openModelFile(path);
  try {
    const header = await readHeader(file, path, (await file.stat()).size);
    checkTensorsLieInside(header, path);
    return header;
  } finally {
    await file.close();
  }
}

async function openModelFile(path: string): Promise<FileHandle> {
  try {
    // Looked at first: opening a pipe would wait for somebody to write into it.
    if ((await stat(path)).isFile()) return await open(path, 'r');
  } catch (error) {
    throw cannotOpen(path, error);
  }
  throw badFile(path, 'is not a file');
}

function cannotOpen(path: string, error: unknown): AppError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'EACCES' || code === 'EPERM') return new AppError('not-allowed', `Engram may not read ${path}. Change its permissions or choose another file.`, error);
  // A link that leads round in a circle, a name no file can have, a folder that is a file: there is nothing at that path.
  if (/^(ENOENT|ENOTDIR|ELOOP|ENAMETOOLONG|ERR_INVALID_ARG_VALUE)$/u.test(code)) {
    return new AppError('not-found', `${path} is not there, or not any more. Choose the file again.`, error);
  }
  return new AppError('bad-file', `${path} cannot be opened: ${error instanceof Error ? error.message : String(error)}.`, error);
}

const badFile = (path: string, why: string) =>
  new AppError('bad-file', `${basename(path)} ${why}. Nothing was changed; choose another file, or get this one again.`);

/** Beyond this no real header goes; a vocabulary of a quarter million tokens takes some 20 MB. */
const largestHeader = 128 * 1024 * 1024;

/** Reads ever more of the file until the header is whole. */
async function readHeader(file: FileHandle, path: string, size: number): Promise<GgufHeader> {
  for (let wanted = 1 << 20; ; wanted *= 4) {
    const bytes = Buffer.alloc(Math.min(wanted, size));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, 0);
    try {
      return parseHeader(createCursor(bytes.subarray(0, bytesRead)), size);
    } catch (error) {
      if (error instanceof EndOfBytes && wanted < Math.min(size, largestHeader)) continue;
      if (error instanceof EndOfBytes) throw badFile(path, 'is cut off: its header does not end');
      if (error instanceof Damage) throw badFile(path, error.message);
      throw error;
    }
  }
}

class EndOfBytes extends Error {}
/** The message continues a sentence that begins with the file's name. */
class Damage extends Error {}

/** No model has nearly as many; a larger number is damage, and looping over it would hang. */
const mostEntries = 100_000;

function parseHeader(cursor: Cursor, sizeBytes: number): GgufHeader {
  checkBeginning(cursor, sizeBytes);
  const tensorCount = cursor.count(mostEntries);
  const entryCount = cursor.count(mostEntries);
  const metadata = new Map<string, GgufValue>();
  for (let entry = 0; entry < entryCount; entry += 1) metadata.set(cursor.string(), readValue(cursor, cursor.u32()));

  const tensors: GgufTensor[] = [];
  for (let index = 0; index < tensorCount; index += 1) tensors.push(readTensor(cursor));
  const alignment = alignmentOf(metadata);
  const dataStart = Math.ceil(cursor.position() / alignment) * alignment;
  for (const tensor of tensors) tensor.offset += dataStart;
  return { metadata, tensors, sizeBytes };
}

function checkBeginning(cursor: Cursor, sizeBytes: number): void {
  if (sizeBytes < 24 || cursor.take(4).toString('latin1') !== 'GGUF') throw new Damage('is not a model file in GGUF format');
  const version = cursor.u32();
  if (version > 0xffff) throw new Damage('is a GGUF file for another kind of processor (its bytes are in the other order)');
  if (version < 2 || version > 3) throw new Damage(`is a GGUF file of version ${version}, which is not supported`);
}

function alignmentOf(metadata: GgufHeader['metadata']): number {
  const alignment = metadata.get('general.alignment') ?? 32;
  const powers = Array.from({ length: 17 }, (_, power) => 2 ** power);
  if (typeof alignment !== 'number' || !powers.includes(alignment)) throw new Damage('is damaged: its alignment makes no sense');
  return alignment;
}

function readTensor(cursor: Cursor): GgufTensor {
  const name = cursor.string();
  const rank = cursor.u32();
  if (rank > 4) throw new Damage(`is damaged: the tensor ${printable(name)} has ${rank} dimensions`);
  const dimensions = Array.from({ length: rank }, () => cursor.count(Number.MAX_SAFE_INTEGER));
  const type = cursor.u32();
  const offset = cursor.count(Number.MAX_SAFE_INTEGER);
  if (dimensions.some((dimension) => dimension < 1)) throw new Damage(`is damaged: the tensor ${printable(name)} is empty`);
  return { name, dimensions, type, offset };
}

const arrayType = 9;
const stringType = 8;
/** Size in bytes and reading of each fixed-size value type. */
const fixedTypes: Readonly<Record<number, { size: number; read(bytes: Buffer): number | bigint | boolean }>> = {
  0: { size: 1, read: (bytes) => bytes.readUInt8() },
  1: { size: 1, read: (bytes) => bytes.readInt8() },
  2: { size: 2, read: (bytes) => bytes.readUInt16LE() },
  3: { size: 2, read: (bytes) => bytes.readInt16LE() },
  4: { size: 4, read: (bytes) => bytes.readUInt32LE() },
  5: { size: 4, read: (bytes) => bytes.readInt32LE() },
  6: { size: 4, read: (bytes) => bytes.readFloatLE() },
  7: { size: 1, read: (bytes) => bytes.readUInt8() !== 0 },
  10: { size: 8, read: (bytes) => bytes.readBigUInt64LE() },
  11: { size: 8, read: (bytes) => bytes.readBigInt64LE() },
  12: { size: 8, read: (bytes) => bytes.readDoubleLE() },
};

function readValue(cursor: Cursor, type: number): GgufValue {
  if (type === stringType) return cursor.string();
  if (type === arrayType) return skipArray(cursor, 0);
  const { size, read } = fixedType(type);
  return read(cursor.take(size));
}

function fixedType(type: number): { size: number; read(bytes: Buffer): number | bigint | boolean } {
  const known = fixedTypes[type];
  if (!known) throw new Damage(`is damaged: it holds a value of unknown type ${type}`);
  return known;
}

/** Vocabularies are long and nobody here needs them: only their length is kept. */
function skipArray(cursor: Cursor, depth: number): { length: number } {
  const type = cursor.u32();
  const length = cursor.count(Number.MAX_SAFE_INTEGER);
  if (type === arrayType) {
    if (depth > 2) throw new Damage('is damaged: its lists are nested too deeply');
    for (let index = 0; index < length; index += 1) skipArray(cursor, depth + 1);
  } else if (type === stringType) {
    for (let index = 0; index < length; index += 1) cursor.take(cursor.count(largestHeader));
  } else {
    cursor.take(length * fixedType(type).size);
  }
  return { length };
}

type Cursor = ReturnType<typeof createCursor>;

function createCursor(bytes: Buffer) {
  let at = 0;
  function take(length: number): Buffer {
    if (at + length > bytes.length) throw new EndOfBytes();
    at += length;
    return bytes.subarray(at - length, at);
  }
  function count(most: number): number {
    const value = take(8).readBigUInt64LE();
    if (value > BigInt(most)) throw new Damage('is damaged: its header makes no sense');
    return Number(value);
  }
  return {
    take,
    count,
    position: () => at,
    u32: () => take(4).readUInt32LE(),
    string: () => take(count(largestHeader)).toString('utf8'),
  };
}

/** A file that was cut off in a download has its header whole and its tensors missing. */
function checkTensorsLieInside(header: GgufHeader, path: string): void {
  for (const tensor of header.tensors) {
    const type = ggufTensorTypes[tensor.type];
    // A type this table does not know may be one llama.cpp knows: then only its beginning can be checked.
    const bytes = type ? (tensor.dimensions.reduce((product, size) => product * size, 1) / type.elements) * type.bytes : 1;
    if (!(tensor.offset + bytes <= header.sizeBytes)) {
      throw badFile(path, `is cut off or damaged: it has ${header.sizeBytes} bytes, and the tensor ${printable(tensor.name)} lies beyond them`);
    }
  }
}

/** Names come from the file: keep what can be shown in a sentence. */
const printable = (name: string) => JSON.stringify(name.slice(0, 60));
