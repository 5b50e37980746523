import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { AppError } from '../contract/errors.ts';

/** Where everything is kept when nobody says otherwise: the usual place of each system; ENGRAM_DATA overrides it. */
export function defaultDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (environment.ENGRAM_DATA) return path.resolve(environment.ENGRAM_DATA);
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Engram');
  if (platform === 'win32') return path.join(environment.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'Engram');
  const shared = environment.XDG_DATA_HOME;
  return path.join(shared && path.isAbsolute(shared) ? shared : path.join(homedir(), '.local', 'share'), 'engram');
}

/** Makes the folder, for its owner alone, and says plainly when that cannot be. Returns its absolute path. */
export function prepareDataFolder(chosen: string): string {
  const folder = path.resolve(chosen);
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A folder the owner had already keeps the permissions they chose.
    if (made && process.platform !== 'win32') chmodSync(folder, 0o700);
    if (!statSync(folder).isDirectory()) throw new Error('it is a file');
  } catch (error) {
    throw new AppError('disk', `The data folder ${folder} cannot be used: ${reason(error)}. Choose another with --data <folder>.`, error);
  }
  return folder;
}

const reasons: Record<string, string> = {
  EACCES: 'there is no permission to write there',
  EPERM: 'there is no permission to write there',
  EROFS: 'that disk is read-only',
  ENOSPC: 'the disk is full',
  EEXIST: 'a file of that name is in the way',
  ENOTDIR: 'part of that path is a file',
};

function reason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
}
