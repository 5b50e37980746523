import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, stampFile } from './paths.mjs';

/** What a step noted when it last finished; undefined when it never did. */
export function readStamp(name) {
  try {
    return JSON.parse(readFileSync(stampFile(name), 'utf8'));
  } catch {
    return undefined;
  }
}

export function writeStamp(name, value) {
  writeFileSync(stampFile(name), JSON.stringify(value));
}

export const hashFile = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

/**
 * One short string for the state of files and folders (paths from the root): names, sizes and times of change.
 * Reading no contents keeps it at a few milliseconds, which every start pays.
 */
export function signature(names) {
  const hash = createHash('sha256');
  for (const name of names) addTo(hash, inRoot(name));
  return hash.digest('hex');
}

function addTo(hash, file) {
  let stat;
  try {
    stat = statSync(file);
  } catch {
    hash.update(`${file} absent\n`);
    return;
  }
  if (!stat.isDirectory()) {
    hash.update(`${file} ${stat.size} ${stat.mtimeMs}\n`);
    return;
  }
  for (const entry of readdirSync(file).sort()) {
    if (!/\.test\.tsx?$/.test(entry)) addTo(hash, path.join(file, entry));
  }
}
