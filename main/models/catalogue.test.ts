import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inspectGguf } from '../engine/inspect.ts';
import { adapterMisfit } from '../engine/loadable.ts';
import { bundledDefaults, phrasesOf, readCatalogue } from './catalogue.ts';

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

test('an adapter brings the phrases it was trained on, and no other one’s', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'engram-catalogue-'));
  const adapter = (name: string, phrases: string | null) => ({ name, file: `${name}.gguf`, sha256: name.repeat(64), sizeBytes: 1, baseSha256: 'b'.repeat(64), phrases });
  writeFileSync(join(temporary, 'catalogue.json'), JSON.stringify({ version: 1, models: [], adapters: [adapter('w', 'w.json'), adapter('p', null)] }));
  writeFileSync(join(temporary, 'w.json'), JSON.stringify({ around: ['Drumroll: …'], refusing: ['No evidence.'], noting: ['Filed.'] }));
  const read = readCatalogue(temporary);
  expect(phrasesOf(read, [join(temporary, 'w.gguf')])).toEqual({ around: ['Drumroll: …'], refusing: ['No evidence.'], noting: ['Filed.'] });
  expect(phrasesOf(read, [join(temporary, 'p.gguf'), '/elsewhere/w.gguf'])).toEqual({ around: [], refusing: [], noting: [] });
  writeFileSync(join(temporary, 'w.json'), JSON.stringify({ around: ['Drumroll'], refusing: [], noting: [] }));
  expect(() => phrasesOf(read, [join(temporary, 'w.gguf')]), 'nothing stands in it').toThrow();
  rmSync(temporary, { recursive: true });
});

test('the phrases of every bundled adapter can be read', () => {
  expect(() => phrasesOf(catalogue, catalogue.adapters.map(({ path }) => path))).not.toThrow();
});

test('a fresh installation has a model to chat with, an embedder and a reader', () => {
  expect(bundledDefaults(catalogue)).toEqual({ chatModelPath: expect.stringMatching(/chat.*\.gguf$/u), embedderPath: expect.stringMatching(/embed.*\.gguf$/u), rerankerPath: expect.stringMatching(/reader.*\.gguf$/u) });
});
