// Plain JavaScript that runs on Node 20 with nothing installed: the first thing a fresh clone runs.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));
export const inRoot = (...parts) => path.join(root, ...parts);

/** Where a step notes what it has done, so that the next start does not do it again. Goes away with node_modules. */
export const stampFile = (name) => inRoot('node_modules', `.engram-${name}.json`);
