import fastCheck from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference } from './difference.ts';

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
    const long = 'word '.repeat(200_000);
    const started = performance.now();
    expect(difference(long, `${long}end`)).toHaveLength(2);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
