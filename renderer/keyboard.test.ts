import { describe, expect, it } from 'vitest';
import { commandFor, commands } from './keyboard.ts';
import { keyNames, matchesKeys } from './ui/keys.ts';

const press = (key: string, part: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', boolean>> & { code?: string } = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...part,
});

describe('keys', () => {
  it('means Command on a Mac and Control elsewhere, and never both', () => {
    expect(matchesKeys(press('k', { metaKey: true }), 'mod+k', true)).toBe(true);
    expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+k', true)).toBe(false);
    expect(matchesKeys(press('k', { ctrlKey: true }), 'mod+k', false)).toBe(true);
    expect(matchesKeys(press('k', { ctrlKey: true, shiftKey: true }), 'mod+k', false)).toBe(false);
    expect(keyNames('mod+shift+k', true)).toEqual(['⌘', '⇧', 'K']);
  });

  it('finds signs on layouts where they need Shift, and letters on layouts without Latin ones', () => {
    expect(matchesKeys(press('/', { ctrlKey: true, shiftKey: true }), 'mod+/', false)).toBe(true);
    expect(matchesKeys(press('л', { ctrlKey: true, code: 'KeyK' }), 'mod+k', false)).toBe(true);
    expect(matchesKeys(press('®', { altKey: true, code: 'KeyR' }), 'alt+r', true)).toBe(true);
    expect(matchesKeys(press('Dead', { altKey: true, code: 'KeyE' }), 'alt+e', true)).toBe(true);
  });

  it('tells a sign with Shift from the same without: Ctrl and comma opens the settings and does not shrink the text', () => {
    expect(commandFor(press(',', { ctrlKey: true, code: 'Comma' }), false)).toBe('place.settings');
    expect(commandFor(press('<', { ctrlKey: true, shiftKey: true, code: 'Comma' }), false)).toBe('app.smaller');
    expect(commandFor(press(';', { ctrlKey: true, shiftKey: true, code: 'Comma' }), false)).toBe('app.smaller');
    expect(commandFor(press('>', { ctrlKey: true, shiftKey: true, code: 'Period' }), false)).toBe('app.larger');
    expect(commandFor(press('.', { ctrlKey: true, code: 'Period' }), false)).toBeNull();
  });

  it('leaves plain keys to whoever types', () => {
    expect(commandFor(press('Escape'), true)).toBe('chat.stop');
    expect(commandFor(press('k'), true)).toBeNull();
  });

  it('are given to one command each', () => {
    const keys = Object.values(commands).flatMap((command) => ('keys' in command ? [command.keys] : []));
    expect(new Set(keys).size).toBe(keys.length);
  });
});
