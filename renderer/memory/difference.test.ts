import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, excerpt } from './difference.ts';

const only = (runs: ReturnType<typeof difference>, ...kinds: string[]) =>
  runs.filter((run) => kinds.includes(run.kind)).map((run) => run.text).join('');

describe('difference', () => {
  it('marks the sentence that is taken out and leaves the rest', () => {
    expect(difference('I like tea. My sister lives in Porto. Good night.', 'I like tea. [forgotten] Good night.')).toEqual([
      { kind: 'kept', text: 'I like tea.' },
      { kind: 'removed', text: ' My sister lives in Porto.' },
      { kind: 'added', text: ' [forgotten]' },
      { kind: 'kept', text: ' Good night.' },
    ]);
  });

  it('compares a list line by line', () => {
    const kinds = difference('Ines in Porto\nPorto\nTea', '[…]\n[…]\nTea').map(({ kind, text }) => `${kind[0]}:${text}`);
    expect(kinds).toEqual(['r:Ines in Porto', 'a:[…]', 'k:\n', 'r:Porto', 'a:[…]', 'k:\nTea']);
  });

  it('takes all of it when nothing is left', () => {
    expect(difference('My sister', null)).toEqual([{ kind: 'removed', text: 'My sister' }]);
    expect(difference('', null)).toEqual([]);
  });

  it('gives both texts back, whatever they are', () => {
    const text = fastCheck.array(fastCheck.constantFrom('a', 'b', ' ', '\n', 'é.', '  '), { maxLength: 30 }).map((parts) => parts.join(''));
    fastCheck.assert(
      fastCheck.property(text, text, (before, after) => {
        const runs = difference(before, after);
        expect(only(runs, 'kept', 'removed')).toBe(before);
        expect(only(runs, 'kept', 'added')).toBe(after);
      }),
    );
  });

  it('does not freeze the window over a very long message', () => {
    const long = `${'word '.repeat(40_000)}word`;
    const started = performance.now();
    expect(difference(long, `${long} end`).map((run) => run.kind)).toEqual(['kept', 'added']);
    expect(difference(`a ${long} b`, `c ${'other '.repeat(40_000)}d`).map((run) => run.kind)).toEqual(['removed', 'added']);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});

describe('excerpt', () => {
  const kept = (text: string) => ({ kind: 'kept' as const, text });
  const gone = (text: string) => ({ kind: 'removed' as const, text });

  it('keeps the words beside a change and cuts the rest of a long text', () => {
    const long = Array.from({ length: 100 }, (_, word) => `word${word}`).join(' ');
    const [before, change, after] = excerpt([kept(`${long} `), gone('Porto'), kept(` ${long}`)], 20, 50);
    expect(before?.text).toBe('… word98 word99 ');
    expect(change?.text).toBe('Porto');
    expect(after?.text).toBe(' word0 word1 word2 …');
  });

  it('leaves short texts alone and shows how an unchanged one begins', () => {
    expect(excerpt([kept('Good '), gone('day')], 20, 50).map((run) => run.text)).toEqual(['Good ', 'day']);
    expect(excerpt([kept('one two three '.repeat(20))], 10, 50)[0]?.text).toBe('one two …');
  });

  it('cuts a removed text that has no spaces', () => {
    expect(excerpt([gone('x'.repeat(500))], 20, 50)[0]?.text).toBe(`${'x'.repeat(50)}…`);
  });
});
