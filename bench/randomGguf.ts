import { statSync } from 'node:fs';
import { speedShape, writeRandomLlama } from '../main/engine/fixtures/randomModels.ts';
import type { Bench } from './bench.ts';

/** 852 million parameters in Q4_0, 480 MB, always the same: what speed is measured on. */
export const writeSpeedModel = (file: string): void => writeRandomLlama(file, speedShape, 1);

export const bench: Bench = {
  name: 'randomGguf',
  about: 'writes the random model of 0.85B parameters that speed is measured on: randomGguf <file>',
  async run({ arguments: [file] }) {
    if (file === undefined) throw new Error('Say where: npm run bench -- randomGguf <file>');
    const startedAt = performance.now();
    writeSpeedModel(file);
    return { file, sizeBytes: statSync(file).size, ms: performance.now() - startedAt };
  },
};
