import { expect, it } from 'vitest';
import type { GenerateEvent } from '../engine/contract.ts';
import { markBehind, markInFront } from './leadingMark.ts';

const done = { type: 'done' } as GenerateEvent;

async function moved(...deltas: string[]): Promise<string[]> {
  async function* events(): AsyncGenerator<GenerateEvent> {
    await Promise.resolve();
    for (const text of deltas) yield { type: 'delta', text };
    yield done;
  }
  const found: string[] = [];
  for await (const event of markBehind(events())) {
    if (event.type === 'delta') found.push(event.text);
    else expect(event).toBe(done);
  }
  return found.filter((text) => text !== '');
}

it('moves a mark from the front to the end, however it arrives', async () => {
  expect((await moved('[2] Your sister lives in Porto.')).join('')).toBe('Your sister lives in Porto. [2]');
  expect(await moved('[', '1', '2', ']', ' ', 'Your', ' sister.')).toEqual(['Your', ' sister.', ' [12]']);
});

it('leaves every other answer as it comes, and loses nothing of it', async () => {
  for (const text of ['Hello.', '[a] list', '[1', '[1]', '', '{"tool":"date"}', 'See [1] there.', '[] empty']) {
    expect((await moved(...text)).join(''), text).toBe(text);
  }
  expect(await moved('Hel', 'lo')).toEqual(['Hel', 'lo']);
});

it('is undone where the model reads its own answer', () => {
  expect(markInFront('Your sister lives in Porto. [2]')).toBe('[2] Your sister lives in Porto.');
  expect(markInFront('Hello.')).toBe('Hello.');
  expect(markInFront('One. [1] Two.')).toBe('One. [1] Two.');
});
