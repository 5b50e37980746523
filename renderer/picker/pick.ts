import { useSyncExternalStore } from 'react';
import { api } from '../api.ts';
import { attempt } from '../ui/notices.ts';

export type PickRequest = {
  /** What is asked for, as the dialog's title. */
  title: string;
  /** Endings without the dot; none means any file. */
  extensions: string[];
  /** A folder rather than a file. */
  folder: boolean;
};
type Open = PickRequest & { answer: (path: string | null) => void };

let open: Open | null = null;
const listeners = new Set<() => void>();

function show(next: Open | null): void {
  open = next;
  for (const listener of listeners) listener();
}

/** Asks for a file or folder of this machine: through the shell where there is one, else in a dialog. Null: none was chosen. */
export async function pick(request: PickRequest): Promise<string | null> {
  const info = await attempt(() => api.app.info({}));
  if (!info) return null;
  if (info.shell.pick) return (await attempt(() => api.app.pick(request))) ?? null;
  open?.answer(null);
  return new Promise((resolve) => {
    show({
      ...request,
      answer: (path) => {
        show(null);
        resolve(path);
      },
    });
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** What is being asked for now, if anything. */
export const useOpenPick = (): Open | null => useSyncExternalStore(subscribe, () => open);
