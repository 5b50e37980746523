import path from 'node:path';

/**
 * Where the app's own files lie. Sources (main/host/), built files (dist/main/, dist/electron/) and the packed app
 * all stand two folders below the root.
 */
const root = path.resolve(import.meta.dirname, '../..');

/** Native code and other processes cannot read inside the packed archive: those files lie beside it. */
const unpacked = root.replace(/app\.asar$/, 'app.asar.unpacked');

/** The built window. */
export const windowFolder = path.join(root, 'dist', 'renderer');
/** Bundled weights. */
export const modelsFolder = path.join(unpacked, 'models');
/** Built-in personas. */
export const resourcesFolder = path.join(unpacked, 'resources');
/** The engine process: the source when we run from source, else what was built beside us. */
const builtIntoDist = path.basename(path.dirname(import.meta.dirname)) === 'dist';
export const engineWorker = builtIntoDist ? path.join(root, 'dist', 'main', 'engineWorker.js') : path.join(root, 'main', 'engine', 'worker.ts');
/** The threads that read notes. */
export const readerWorker = builtIntoDist ? path.join(root, 'dist', 'main', 'readerWorker.js') : path.join(root, 'main', 'notes', 'readerWorker.ts');
