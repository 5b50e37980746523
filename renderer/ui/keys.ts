const platform = typeof navigator === 'undefined' ? '' : navigator.userAgent;
export const isMac = /Mac OS X|Macintosh/.test(platform);

const onMac: Record<string, string> = { mod: '⌘', ctrl: '⌃', alt: '⌥', shift: '⇧', enter: '↩', escape: 'esc', up: '↑', down: '↓', left: '←', right: '→', backspace: '⌫' };
const elsewhere: Record<string, string> = { mod: 'Ctrl', ctrl: 'Ctrl', alt: 'Alt', shift: 'Shift', enter: 'Enter', escape: 'Esc', up: '↑', down: '↓', left: '←', right: '→', backspace: 'Backspace' };
const spoken: Record<string, string> = { ...elsewhere, mod: isMac ? 'Command' : 'Control', ctrl: 'Control', escape: 'Escape', up: 'Up', down: 'Down', left: 'Left', right: 'Right' };

const parts = (keys: string) => keys.split('+').map((part) => part.toLowerCase());

/** `mod+k` as this platform writes it: ⌘ K, or Ctrl K. */
export const keyNames = (keys: string, mac = isMac): string[] => parts(keys).map((part) => (mac ? onMac : elsewhere)[part] ?? part.toUpperCase());

/** `mod+k` as one would say it. */
export const spokenKeys = (keys: string): string => parts(keys).map((part) => spoken[part] ?? part.toUpperCase()).join(' ');

type Pressed = { key: string; code: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean; shiftKey: boolean };

/** Whether an event is this combination; `mod` is Command on a Mac and Control elsewhere. */
export function matchesKeys(event: Pressed, keys: string, mac = isMac): boolean {
  const wanted = parts(keys).map((part) => (part === 'mod' ? (mac ? 'meta' : 'ctrl') : part));
  const key = wanted.at(-1) ?? '';
  const held = { ctrl: event.ctrlKey, meta: event.metaKey, alt: event.altKey, shift: event.shiftKey };
  const isSign = /^[^\w\s]$/.test(key);
  // "?" and "/" need Shift on some layouts: for signs the sign counts, not how it was typed.
  if (isSign && !wanted.includes('shift')) held.shift = false;
  // With Shift another sign comes out, and which one differs: then the key counts.
  const isKey = nameOf(event) === key || (isSign && event.shiftKey && signKeys[key] === event.code);
  return isKey && Object.entries(held).every(([name, isHeld]) => isHeld === wanted.includes(name));
}

const signKeys: Record<string, string> = { ',': 'Comma', '.': 'Period', '/': 'Slash' };

const names: Record<string, string> = { ' ': 'space', arrowup: 'up', arrowdown: 'down', arrowleft: 'left', arrowright: 'right', esc: 'escape' };

/** Layouts without Latin letters, and Option on a Mac, still have the key in the same place: fall back to where it is. */
function nameOf(event: Pressed): string {
  const key = event.key.toLowerCase();
  const isForeign = key === 'dead' || /^\P{ASCII}$/u.test(key);
  if (isForeign && /^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  return names[key] ?? key;
}
