import { readFileSync } from 'node:fs';
import path from 'node:path';

/** As package.json has it: two folders above both the sources and the built files. */
export function appVersion(): string {
  const { version } = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string };
  return version;
}
