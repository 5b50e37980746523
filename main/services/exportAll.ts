import { closeSync, existsSync, openSync, renameSync, rmSync, statSync, writeFileSync, fsyncSync } from 'node:fs';
import path from 'node:path';
import type { ConversationFile } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import type { Memory } from '../contract/memory.ts';
import type { PersonaFile } from '../contract/persona.ts';

export type ExportParts = {
  /** One at a time: a long history is never in memory at once. */
  conversations: Iterable<ConversationFile>;
  /** Lines the owner wrote; what was said stands in the conversations. */
  memories: Memory[];
  /** `id`: what memories of their own name them by. */
  personas: (PersonaFile & { id: string })[];
};

/**
 * Writes everything as one JSON file into a folder, and returns its path. It can be imported again. Fails with `not-found` or `disk`; a half-written file is removed.
 */
export function exportAll(folder: string, parts: ExportParts, now: number): string {
  const target = freeName(path.resolve(folder), new Date(now).toISOString().slice(0, 10));
  const partial = `${target}.partial`;
  try {
    const file = openSync(partial, 'wx', 0o600);
    try {
      // To its end: a single write may stop short on a disk that is nearly full, and say nothing.
      const write = (text: string) => writeFileSync(file, text);
      write(`{"format":"engram-export","version":1,"exportedAt":${now},"conversations":[`);
      let separator = '\n';
      for (const conversation of parts.conversations) {
        write(separator + JSON.stringify(conversation));
        separator = ',\n';
      }
      write(`\n],"memories":${JSON.stringify(parts.memories)},\n"personas":${JSON.stringify(parts.personas)}}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
    return target;
  } catch (error) {
    rmSync(partial, { force: true });
    throw explained(folder, error);
  }
}

function freeName(folder: string, day: string): string {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new AppError('not-found', `There is no folder ${folder}. Nothing was exported.`);
  for (let number = 1; ; number += 1) {
    const name = path.join(folder, `engram-export-${day}${number === 1 ? '' : `-${number}`}.json`);
    if (!existsSync(name)) return name;
  }
}

function explained(folder: string, error: unknown): AppError {
  const known = AppError.from(error);
  return known.code === 'internal' ? new AppError('disk', `The folder ${folder} cannot be written to. Nothing was exported; choose another.`, error) : known;
}
