import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { AppError } from '../contract/errors.ts';
import { ExportFile, exportVersion, type ExportedClaim, type ExportedConversation, type ExportedJob, type ExportedMemory, type ExportedPersona, type ExportedProfile } from '../contract/exporting.ts';

export type ExportParts = {
  /** One at a time: a long history is never in memory at once. */
  conversations: Iterable<ExportedConversation>;
  /** Lines the owner wrote; what was said stands in the conversations. */
  memories: ExportedMemory[];
  personas: ExportedPersona[];
  claims: Iterable<ExportedClaim>;
  profiles: ExportedProfile[];
  unread: ExportedJob[];
};

/**
 * Writes everything as one JSON file into a folder, its JSON Schema beside it, and returns its path. It can be imported
 * again. Fails with `not-found` or `disk`; half-written files are removed.
 */
export function exportAll(folder: string, parts: ExportParts, now: number): string {
  const target = freeName(folder, { now, ending: '.json' });
  const schema = `${target.slice(0, -'.json'.length)}.schema.json`;
  whole(folder, schema, (write) => write(`${JSON.stringify(exportSchema(), null, 1)}\n`));
  try {
    whole(folder, target, (write) => writeParts(write, parts, { now, schema: path.basename(schema) }));
  } catch (error) {
    rmSync(schema, { force: true });
    throw error;
  }
  return target;
}

/** What every such file holds, for whoever reads it without Engram. */
export const exportSchema = () => z.toJSONSchema(ExportFile, { io: 'input' });

type Write = (text: string) => void;

function writeParts(write: Write, parts: ExportParts, { now, schema }: { now: number; schema: string }): void {
  // An import knows the file by what stands first.
  write(`{"format":"engram-export","version":${exportVersion},"$schema":${JSON.stringify(`./${schema}`)},"exportedAt":${now},"conversations":`);
  writeList(write, parts.conversations);
  write(`,"memories":`);
  writeList(write, parts.memories);
  write(`,"personas":`);
  writeList(write, parts.personas);
  write(`,"claims":`);
  writeList(write, parts.claims);
  write(`,"profiles":`);
  writeList(write, parts.profiles);
  write(`,"unread":${JSON.stringify(parts.unread)}}\n`);
}

function writeList(write: Write, list: Iterable<unknown>): void {
  let before = '[\n';
  for (const one of list) {
    write(before + JSON.stringify(one));
    before = ',\n';
  }
  write(before === '[\n' ? '[]' : '\n]');
}

/** The file under its name when all of it is on the disk, or none. */
export function whole(folder: string, target: string, fill: (write: Write) => void): void {
  const partial = `${target}.partial`;
  try {
    const file = openSync(partial, 'wx', 0o600);
    try {
      // To its end: a single write may stop short on a disk that is nearly full, and say nothing.
      fill((text) => writeFileSync(file, text));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw explained(folder, error);
  }
}

export function freeName(folder: string, { now, ending }: { now: number; ending: string }): string {
  const inside = path.resolve(folder);
  const day = new Date(now).toISOString().slice(0, 10);
  if (!statSync(inside, { throwIfNoEntry: false })?.isDirectory()) throw new AppError('not-found', `There is no folder ${inside}. Nothing was exported.`);
  for (let number = 1; ; number += 1) {
    const name = path.join(inside, `engram-export-${day}${number === 1 ? '' : `-${number}`}${ending}`);
    if (!existsSync(name)) return name;
  }
}

export function explained(folder: string, error: unknown): AppError {
  const known = AppError.from(error);
  return known.code === 'internal' ? new AppError('disk', `The folder ${folder} cannot be written to. Nothing was exported; choose another.`, error) : known;
}
