import { useSyncExternalStore } from 'react';
import { usePreference } from './preferences.ts';

/** Below these widths a panel has no room beside the conversation and slides over it instead: rem of the text size chosen. */
const widths = { sidebar: 56.25, receipts: 70 } as const;

/** Whether the window is too narrow, for the text size chosen, to show this panel beside the page. */
export function useNarrow(panel: keyof typeof widths): boolean {
  const textSize = usePreference('textSize');
  // Media queries know nothing of our text size: their rem is the browser's own.
  const query = `(width < ${(widths[panel] * 16 * textSize) / 100}px)`;
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener('change', listener);
      return () => list.removeEventListener('change', listener);
    },
    () => matchMedia(query).matches,
  );
}
