import { describe, expect, it } from 'vitest';
import { jsonEntries, type Entry } from './jsonEntries.ts';

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function entriesOf(text: string | Buffer, { size = 1 << 20, largest }: { size?: number; largest?: number } = {}): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const entry of jsonEntries(inChunks(Buffer.from(text), size), largest)) entries.push(entry);
  return entries;
}

const valuesOf = (entries: Entry[]) => entries.map((entry) => (entry.type === 'value' ? entry.value : entry.type === 'broken' ? entry.why : 'cut'));

describe('a JSON file, entry by entry', () => {
  const tricky = [{ a: '}]",\\' }, [], {}, 'x, ]', [[{ b: ['{"'] }]], 12, null, true, { 'ü€😀': '\\"' }];

  it.each([1, 2, 3, 7, 1_000])('gives what the file holds, whatever pieces of %d bytes it comes in', async (size) => {
    expect(valuesOf(await entriesOf(JSON.stringify(tricky), { size }))).toEqual(tricky);
    expect(valuesOf(await entriesOf(`\ufeff  ${JSON.stringify(tricky, null, 2)}\n\n`, { size }))).toEqual(tricky);
    expect(valuesOf(await entriesOf(`${JSON.stringify(tricky[0])}\n${JSON.stringify(tricky[4])}\r\n7`, { size }))).toEqual([tricky[0], [{ b: ['{"'] }], 7]);
  });

  it('leaves out an entry that cannot be read, and goes on after it', async () => {
    const text = Buffer.concat([Buffer.from('[{"a":1},{"a":wrong},{"a":"\\x"},{"a":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"},{"a":"\0"},nonsense,{"a":2}]')]);
    expect(valuesOf(await entriesOf(text))).toEqual([{ a: 1 }, 'broken', 'broken', 'broken', 'broken', 'broken', { a: 2 }]);
  });

  it.each([
    ['[{"a":1},{"a":2', [{ a: 1 }, 'cut']],
    ['[{"a":1}', [{ a: 1 }, 'cut']],
    ['[{"a":1},{"a":"\\', [{ a: 1 }, 'cut']],
    ['{"a":1}', [{ a: 1 }]],
    ['', []],
    ['[]', []],
    [']}', ['broken']],
  ])('says of %j that it ends in the middle, when it does', async (text, expected) => {
    expect(valuesOf(await entriesOf(text))).toEqual(expected);
  });

  it('never holds more of an entry than is allowed', async () => {
    const line = 'x'.repeat(300_000);
    expect(valuesOf(await entriesOf(`[{"a":"${line}"},{"a":2}]`, { size: 1_000, largest: 100_000 }))).toEqual(['too-large', { a: 2 }]);
    // One line of 48 MB, of which no more than 4 are held.
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('[{"a":"');
      const chunk = Buffer.alloc(1 << 20, 'x');
      for (let count = 0; count < 48; count += 1) yield chunk;
      yield Buffer.from('"},{"a":2}]');
    }
    const before = process.memoryUsage.rss();
    const found: Entry[] = [];
    for await (const entry of jsonEntries(endless(), 1 << 22)) found.push(entry);
    expect(valuesOf(found)).toEqual(['too-large', { a: 2 }]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(40 << 20);
  });

  it('is not brought down by brackets a million deep', async () => {
    const deep = `${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}`;
    expect(await entriesOf(`[${deep},{"a":2}]`)).toHaveLength(2);
  });
});
