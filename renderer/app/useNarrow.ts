import { useSyncExternalStore } from 'react';

/** Below these widths a panel has no room beside the conversation and slides over it instead. */
const widths = { sidebar: '(width < 56.25rem)', receipts: '(width < 70rem)' } as const;

/** Whether the window is too narrow to show this panel beside the page. */
export function useNarrow(panel: keyof typeof widths): boolean {
  return useSyncExternalStore(
    (listener) => {
      const query = matchMedia(widths[panel]);
      query.addEventListener('change', listener);
      return () => query.removeEventListener('change', listener);
    },
    () => matchMedia(widths[panel]).matches,
  );
}
