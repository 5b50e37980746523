import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createVectors, scopeOf, scopesIn, type VectorOptions, type Vectors } from './vectors.ts';

const dimensions = 16;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'engram-vectors-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function opened(folder: string, table = { name: 'e-1', dimensions }, options: VectorOptions = {}): Promise<Vectors & { made: boolean }> {
  const vectors = createVectors(folder, options);
  const { made } = await vectors.use(table);
  onTestFinished(() => vectors.close());
  return Object.assign(vectors, { made });
}

/** A unit vector that differs from seed to seed in every digit, near the axis `towards`. */
function vector(seed: number, towards = seed % dimensions): Float32Array {
  const raw = Float32Array.from({ length: dimensions }, (_, index) => Math.sin(seed * 12.9898 + index * 78.233) * 0.2 + (index === towards ? 1 : 0));
  const length = Math.hypot(...raw);
  return raw.map((value) => value / length);
}

const row = (seed: number, scope = 'shared') => ({ id: `m-${seed}`, scope, vector: vector(seed) });
const many = (from: number, count: number) => Array.from({ length: count }, (_, index) => row(from + index));
const idsNear = async (vectors: Vectors, seed: number, { scopes = ['shared'], limit = 3 } = {}) =>
  (await vectors.nearest({ vector: vector(seed), scopes, limit })).map(({ id }) => id);

/** Files under the folder that hold a part of this vector as it is stored. */
function filesWith(folder: string, wanted: Float32Array): string[] {
  const needle = Buffer.from(wanted.slice(3, 9).buffer);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(needle))
    .map(({ name }) => name);
}

const indexFiles = (folder: string) => readdirSync(folder, { recursive: true }).filter((name) => String(name).includes('_indices'));

describe('vectors', () => {
  it('are found as soon as they are written, closest first, with the cosine', async () => {
    const vectors = await opened(temporaryFolder());
    expect(vectors.made).toBe(true);
    await vectors.put(many(1, 20));
    const [first] = await vectors.nearest({ vector: vector(7), scopes: ['shared'], limit: 3 });
    expect(first!.id).toBe('m-7');
    expect(first!.similarity).toBeCloseTo(1, 5);
  });

  it('are written once, however often', async () => {
    const vectors = await opened(temporaryFolder());
    await vectors.put(many(1, 5));
    await vectors.put([{ ...row(1), vector: vector(99) }, row(6)]);
    expect((await vectors.ids()).size).toBe(6);
    expect((await idsNear(vectors, 99))[0]).toBe('m-1');
  });

  // Bug: the filter is applied to the best few only, and a persona with few memories finds none.
  it('are found in the asked scopes only, whatever is closer elsewhere', async () => {
    const vectors = await opened(temporaryFolder());
    const odd = scopeOf({ scope: 'own', personaId: `it's "odd"`, keptIn: null });
    await vectors.put([...many(1, 200), { ...row(500), scope: odd }]);
    expect(await idsNear(vectors, 7, { scopes: [odd] })).toEqual(['m-500']);
    expect(await idsNear(vectors, 500, { limit: 300 })).not.toContain('m-500');
    // Of what is kept to a conversation, that of this one; and of another persona's there, none.
    const kept = [['one', 'shared', null], ['two', 'shared', null], ['one', 'own', 'pirate']] as const;
    await vectors.put(kept.map(([keptIn, scope, personaId], index) => ({ ...row(600 + index), scope: scopeOf({ scope, personaId, keptIn }) })));
    const near = (personaId: string, conversationId: string | null) => idsNear(vectors, 600, { limit: 300, scopes: scopesIn({ personaId, shared: true, conversationId }) });
    const keptIn = async (...[personaId, conversationId]: Parameters<typeof near>) => (await near(personaId, conversationId)).filter((id) => id.startsWith('m-60') && id.length === 5).sort();
    expect([await keptIn('friendly', null), await keptIn('friendly', 'one'), await keptIn('friendly', 'two'), await keptIn('pirate', 'one'), await keptIn('pirate', 'three')]).toEqual([[], ['m-600'], ['m-601'], ['m-600', 'm-602'], []]);
  });

  // Bug: the filter is applied to the nearest only, and of a small folder among many nothing is found.
  it.each([{}, { mostInMemory: 0 }])('are found among given ones only, and compared one by one: %j', async (options) => {
    const vectors = await opened(temporaryFolder(), undefined, options);
    await vectors.put(many(1, 300));
    const near = await vectors.nearest({ vector: vector(7), scopes: ['shared'], limit: 2, among: new Set(['m-7', 'm-8', 'm-299', 'gone']) });
    expect(near.map(({ id }) => id)).toHaveLength(2);
    expect(near[0]).toEqual({ id: 'm-7', similarity: expect.closeTo(1, 4) });
    const similarities = await vectors.similarities(vector(7), ['m-7', 'm-8', 'gone']);
    const cosine = vector(7).reduce((sum, value, index) => sum + value * vector(8)[index]!, 0);
    expect([...similarities].sort()).toEqual([['m-7', expect.closeTo(1, 4)], ['m-8', expect.closeTo(cosine, 4)]]);
    expect([...(await vectors.vectorsOf(['m-8', 'gone'])).entries()]).toEqual([['m-8', vector(8)]]);
  });

  it('outlive closing; another embedder’s table takes their place', async () => {
    const folder = temporaryFolder();
    const first = await opened(folder);
    await first.put(many(1, 5));
    await first.close();
    const again = await opened(folder);
    expect([again.made, (await again.ids()).size]).toEqual([false, 5]);
    await again.close();
    const other = await opened(folder, { name: 'e-2', dimensions: 8 });
    expect([other.made, (await other.ids()).size]).toEqual([true, 0]);
    await other.close();
    expect((await opened(folder)).made).toBe(true);
  });

  // Lance only marks rows as deleted, and keeps their bytes until a tenth of a file is gone.
  it('leave no bytes behind when erased, one of many included', async () => {
    const folder = temporaryFolder();
    const vectors = await opened(folder);
    await vectors.put(many(1, 600));
    await vectors.tidy();
    await vectors.remove(['m-77']);
    expect(await idsNear(vectors, 77)).not.toContain('m-77');
    expect(filesWith(folder, vector(77))).not.toEqual([]);
    await vectors.erase();
    expect(filesWith(folder, vector(77))).toEqual([]);
    expect(filesWith(folder, vector(78))).toHaveLength(1);
    expect((await vectors.ids()).size).toBe(599);
    await vectors.remove([...(await vectors.ids())]);
    await vectors.erase();
    expect(filesWith(folder, vector(78))).toEqual([]);
  });

  it('begin anew when the folder is not what it was', async () => {
    const folder = temporaryFolder();
    const vectors = await opened(folder);
    await vectors.put(many(1, 50));
    await vectors.close();
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) writeFileSync(join(entry.parentPath, entry.name), 'not what Lance wrote');
    }
    const again = await opened(folder);
    expect(again.made).toBe(true);
    await again.put(many(1, 3));
    expect((await idsNear(again, 2))[0]).toBe('m-2');
  });

  it('show what an ordinary one is like from all over the table', async () => {
    const vectors = await opened(temporaryFolder());
    expect(await vectors.sample(10)).toEqual([]);
    await vectors.put(many(1, 40));
    const sample = await vectors.sample(10);
    expect(sample).toHaveLength(10);
    expect(Math.hypot(...sample[9]!)).toBeCloseTo(1, 5);
  });

  // Bug: old files are dropped under a search that is still reading them.
  it('are found while the table is being rewritten', async () => {
    const vectors = await opened(temporaryFolder());
    await vectors.put(many(1, 2_000));
    for (let round = 1; round <= 5; round += 1) {
      await vectors.remove([`m-${round}`]);
      const searches = Array.from({ length: 8 }, (_, index) => idsNear(vectors, 100 + index));
      const [, , ...found] = await Promise.all([vectors.erase(), vectors.tidy(), ...searches, idsNear(vectors, 300)]);
      expect(found.every(([first]) => first !== undefined)).toBe(true);
    }
  });

  // Too large for memory, with and without a graph, and in memory.
  it.each([{ mostInMemory: 0, graphFrom: 1_000 }, { mostInMemory: 0 }, {}])('are found among many, old, new and in scope, not the removed: %j', async (options) => {
    const folder = temporaryFolder();
    const vectors = await opened(folder, undefined, options);
    await vectors.put([...many(1, 1_200), { ...row(5_000), scope: 'own:x' }]);
    await vectors.tidy();
    expect(indexFiles(folder).length > 0).toBe(options.graphFrom !== undefined);
    await vectors.put([row(2_000)]);
    await vectors.remove(['m-9', 'm-2000']);
    await vectors.put([row(2_000), { ...row(6_000), id: 'm-10' }]);
    expect((await idsNear(vectors, 7))[0]).toBe('m-7');
    expect((await idsNear(vectors, 2_000))[0]).toBe('m-2000');
    expect((await idsNear(vectors, 6_000))[0]).toBe('m-10');
    expect((await idsNear(vectors, 10))[0]).not.toBe('m-10');
    expect(await idsNear(vectors, 9)).not.toContain('m-9');
    expect(await idsNear(vectors, 7, { scopes: ['own:x'] })).toEqual(['m-5000']);
  });

  it('are the same few, in memory and read from the disk, after opening anew, too', async () => {
    const folder = temporaryFolder();
    const first = await opened(folder);
    await first.put(many(1, 3_000));
    await first.remove(['m-1', 'm-3000', 'm-70']);
    const ask = async (vectors: Vectors) => (await vectors.nearest({ vector: vector(4_321), scopes: ['shared'], limit: 50 })).map(({ id }) => id).sort();
    const inMemory = await ask(first);
    await first.close();
    const again = await opened(folder);
    expect(await ask(again)).toEqual(inMemory);
    await again.close();
    const exact = new Set(await ask(await opened(folder, undefined, { mostInMemory: 0 })));
    expect(inMemory.filter((id) => exact.has(id)).length).toBeGreaterThanOrEqual(49);
  });

  it('are read from the disk from when they are too many for memory, and have a graph once tidied', async () => {
    const folder = temporaryFolder();
    const vectors = await opened(folder, undefined, { mostInMemory: 2 * 500 * dimensions, graphFrom: 500 });
    await vectors.put(many(1, 400));
    await vectors.tidy();
    expect(indexFiles(folder)).toEqual([]);
    await vectors.put(many(401, 400));
    expect((await idsNear(vectors, 500))[0]).toBe('m-500');
    await vectors.tidy();
    expect(indexFiles(folder)).not.toEqual([]);
    expect((await idsNear(vectors, 500))[0]).toBe('m-500');
  });

  // Bug: one number of a vector is so much larger than the others that rounding leaves nothing of these.
  it('that do not bear rounding are read from the disk, after opening anew, too', async () => {
    const folder = temporaryFolder();
    const steep = (seed: number) => vector(seed).map((value, index) => (index === 0 ? 1 : value / 100_000));
    const nearest = async (vectors: Vectors) => (await vectors.nearest({ vector: steep(7), scopes: ['shared'], limit: 1 }))[0]?.id;
    const first = await opened(folder);
    await first.put(Array.from({ length: 300 }, (_, seed) => ({ id: `m-${seed}`, scope: 'shared', vector: steep(seed) })));
    await first.tidy();
    expect(await nearest(first)).toBe('m-7');
    await first.close();
    expect(await nearest(await opened(folder))).toBe('m-7');
  });

  it('take writes one after another', async () => {
    const vectors = await opened(temporaryFolder());
    await Promise.all([vectors.put(many(1, 10)), vectors.remove(['m-3']), vectors.put(many(11, 10)), vectors.erase(), vectors.put([row(3)])]);
    expect((await vectors.ids()).size).toBe(20);
  });
});
