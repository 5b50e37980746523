import { describe, expect, it } from 'vitest';
import { entriesOf, typeAhead, type Entry } from './useListing.ts';

const entry = (name: string, kind: Entry['kind'] = 'file'): Entry => ({ name, path: `/${name}`, kind, sizeBytes: 0 });
const listing = (entries: Entry[]) => ({ path: '/', parent: null, entries });
const names = (entries: Entry[]) => entries.map(({ name }) => name);

describe('the entries of the picker', () => {
  const mixed = listing([entry('b.gguf'), entry('z', 'folder'), entry('a10.GGUF'), entry('notes.txt'), entry('a2.gguf'), entry('A', 'folder')]);

  it('are folders, then files that may be chosen, in the order people count', () => {
    expect(names(entriesOf(mixed, ['gguf'], false))).toEqual(['A', 'z', 'a2.gguf', 'a10.GGUF', 'b.gguf']);
  });

  it('are folders only when a folder is asked for', () => {
    expect(names(entriesOf(mixed, [], true))).toEqual(['A', 'z']);
  });
});

describe('typeAhead', () => {
  const entries = ['apple', 'banana', 'Avocado'].map((name) => entry(name));

  it('goes on from the marked entry and comes round', () => {
    expect(typeAhead(entries, '/apple', 'a')?.name).toBe('Avocado');
    expect(typeAhead(entries, '/Avocado', 'a')?.name).toBe('apple');
    expect(typeAhead(entries, null, 'B')?.name).toBe('banana');
    expect(typeAhead(entries, '/apple', 'x')).toBeUndefined();
  });
});
