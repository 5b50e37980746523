import { expect, test, vi } from 'vitest';
import { createTypeAhead, type Held } from './typeAhead.ts';

type OnKey = Parameters<Parameters<typeof createTypeAhead>[0]>[0];

function setUp() {
  let onKey: OnKey | null = null;
  const ahead = createTypeAhead((listener) => {
    onKey = listener;
    return () => (onKey = null);
  });
  const press = (key: string, part = {}) => onKey?.({ key, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, isComposing: false, ...part }) ?? false;
  const got: Held[] = [];
  return { ahead, press, type: (text: string) => [...text].every((key) => press(key)), got, receive: (held: Held) => got.push(held) };
}

test('what is typed while a conversation is made goes into its box, with the Enter after it', () => {
  const { ahead, press, type, got, receive } = setUp();
  ahead.hold();
  expect(type('Where?x')).toBe(true);
  press('Backspace');
  press('Enter');
  type('next');
  ahead.deliver('new');
  expect(got).toEqual([]);
  ahead.register('new', receive);
  expect(got).toEqual([{ text: 'Where?', send: true }]);
  expect(press('y')).toBe(false);
});

test('a box that is there already gets it at once, and commands are not held', () => {
  const { ahead, press, type, got, receive } = setUp();
  ahead.register('empty', receive);
  ahead.hold();
  type('Hi');
  expect(press('k', { ctrlKey: true })).toBe(false);
  expect(press('Tab')).toBe(false);
  ahead.deliver('empty');
  expect(got).toEqual([{ text: 'Hi', send: false }]);
});

test('nothing is lost, nor sent to the wrong place, when no conversation comes', () => {
  vi.useFakeTimers();
  const { ahead, press, type, got, receive } = setUp();
  ahead.register('old', receive);
  ahead.hold();
  type('Hi');
  press('Enter');
  vi.advanceTimersByTime(5_000);
  vi.useRealTimers();
  expect(got).toEqual([{ text: 'Hi', send: false }]);
  expect(press('y')).toBe(false);
});

test('nothing typed is nothing delivered', () => {
  const { ahead, got, receive } = setUp();
  ahead.hold();
  ahead.deliver('new');
  ahead.register('new', receive);
  expect(got).toEqual([]);
});
