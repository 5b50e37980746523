import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inspectGguf } from '../engine/inspect.ts';
import { adapterMisfit } from '../engine/loadable.ts';
import { bundledDefaults, readCatalogue } from './catalogue.ts';

const folder = resolve(import.meta.dirname, '../../models');
const catalogue = readCatalogue(folder);

test('every bundled file is the one the catalogue and its card describe', () => {
  const card = readFileSync(resolve(folder, 'starter/README.md'), 'utf8');
  for (const { path, file, sha256, sizeBytes } of [...catalogue.models, ...catalogue.adapters]) {
    const bytes = readFileSync(path);
    expect(bytes.length, file).toBe(sizeBytes);
    expect(createHash('sha256').update(bytes).digest('hex'), file).toBe(sha256);
    expect(card, file).toContain(sha256);
  }
});

test('every bundled adapter fits the bundled base it names', async () => {
  for (const adapter of catalogue.adapters) {
    const base = catalogue.models.find((model) => model.sha256 === adapter.baseSha256);
    expect(base, adapter.name).toBeDefined();
    expect(adapterMisfit(await inspectGguf(base!.path), await inspectGguf(adapter.path)), adapter.name).toBeNull();
  }
});

test('a fresh installation has a model to chat with and an embedder', () => {
  expect(bundledDefaults(catalogue)).toEqual({ chatModelPath: expect.stringMatching(/chat.*\.gguf$/u), embedderPath: expect.stringMatching(/embed.*\.gguf$/u) });
});
