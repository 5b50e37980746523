import { useEffect, useRef, useState } from 'react';
import type { FolderListing } from '../../main/contract/app.ts';
import { AppError } from '../../main/contract/errors.ts';
import { api } from '../api.ts';
import { hasExtension, split } from './path.ts';
import type { PickRequest } from './pick.ts';

export type Entry = FolderListing['entries'][number];
type State = {
  listing: FolderListing | null;
  /** Path of the file or folder that is marked. */
  marked: string | null;
  error: AppError | null;
  loading: boolean;
};

/** Where the picker was last, so that the second file is near the first. */
let lastFolder: string | null = null;

/** The folder that is shown, and the ways to another one. A folder that cannot be read leaves the last one in sight. */
export function useListing({ extensions, folder }: PickRequest) {
  const [state, setState] = useState<State>({ listing: null, marked: null, error: null, loading: true });
  const latest = useRef(0);

  const read = (path: string | null) => api.app.browse({ path, extensions: folder ? [] : extensions });

  const show = async (work: () => Promise<{ listing: FolderListing; marked: string | null }>) => {
    const turn = ++latest.current;
    setState((before) => ({ ...before, error: null, loading: true }));
    try {
      const found = await work();
      if (turn !== latest.current) return;
      lastFolder = found.listing.path;
      setState({ ...found, error: null, loading: false });
    } catch (failure) {
      if (turn === latest.current) setState((before) => ({ ...before, error: AppError.from(failure), loading: false }));
    }
  };

  /** Goes to a folder; `from` is marked there, so that going up and down again is quick. */
  const open = (path: string | null, from: string | null = null) =>
    show(async () => {
      const listing = await read(path);
      return { listing, marked: from ?? entriesOf(listing, extensions, folder)[0]?.path ?? null };
    });

  /** Goes to what was typed: a folder, or the file in its folder. */
  const openTyped = (typed: string) =>
    show(async () => {
      try {
        return { listing: await read(typed), marked: null };
      } catch (failure) {
        const found = folder ? null : await findFile(typed, read);
        if (!found) throw failure;
        return found;
      }
    });

  const start = () =>
    show(async () => {
      // The folder of last time may have gone; the owner's own is always there.
      const last = lastFolder === null ? null : await read(lastFolder).catch(() => null);
      const listing = last ?? (await read(null));
      return { listing, marked: entriesOf(listing, extensions, folder)[0]?.path ?? null };
    });
  const first = useRef(start);
  useEffect(() => void first.current(), []);

  const entries = state.listing ? entriesOf(state.listing, extensions, folder) : [];
  const mark = (marked: string | null) => setState((before) => ({ ...before, marked }));
  return { ...state, entries, open, openTyped, mark };
}

async function findFile(typed: string, read: (path: string) => Promise<FolderListing>) {
  const { folder, name } = split(typed);
  const listing = await read(folder);
  const file = listing.entries.find((entry) => entry.kind === 'file' && entry.name === name);
  return file ? { listing, marked: file.path } : null;
}

/** Folders first, then the files that may be chosen, each by name. */
export function entriesOf({ entries }: FolderListing, extensions: readonly string[], folder: boolean): Entry[] {
  return entries
    .filter((entry) => entry.kind === 'folder' || (!folder && hasExtension(entry.name, extensions)))
    .sort((a, b) => Number(b.kind === 'folder') - Number(a.kind === 'folder') || collator.compare(a.name, b.name));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** The entry a typed letter goes to: the next one that begins with it, after the marked one and around the end. */
export function typeAhead(entries: readonly Entry[], marked: string | null, letter: string): Entry | undefined {
  const at = entries.findIndex((entry) => entry.path === marked);
  const around = [...entries.slice(at + 1), ...entries.slice(0, at + 1)];
  return around.find((entry) => entry.name.toLocaleLowerCase().startsWith(letter.toLocaleLowerCase()));
}
