import { useSyncExternalStore } from 'react';

/**
 * What this window remembers of itself, not of its owner: is the sidebar open, what did it look like last.
 * Kept by the browser; where it refuses, for as long as the window lives.
 */
export type Preferences = {
  sidebar: boolean;
  receipts: boolean;
  /** As last told by the settings, so that the first paint is right before they arrive. */
  theme: 'system' | 'light' | 'dark';
  textSize: number;
};
const initial: Preferences = { sidebar: true, receipts: false, theme: 'system', textSize: 100 };
const storageKey = 'engram.window';

let current: Preferences = { ...initial, ...read() };
const listeners = new Set<() => void>();

function read(): Partial<Preferences> {
  try {
    return JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Preferences>;
  } catch {
    return {};
  }
}

export const preferencesNow = (): Preferences => current;

export function changePreferences(part: Partial<Preferences>): void {
  current = { ...current, ...part };
  try {
    localStorage.setItem(storageKey, JSON.stringify(current));
  } catch {
    // Storage may be full or forbidden; the window works without.
  }
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const usePreference = <K extends keyof Preferences>(key: K): Preferences[K] => useSyncExternalStore(subscribe, () => current[key]);
