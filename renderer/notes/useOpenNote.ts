import { useEffect, useRef } from 'react';
import type { Note } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';

/** The note as it stands on the disk; read anew, and kept in sight meanwhile, when its file has changed. */
export function useOpenNote(id: string, query: string) {
  const known = useCall('notes.get', { id });
  const open = useCall('notes.open', { id, query }, { keepPrevious: true });
  const seen = known.data ? signature(known.data) : null;
  const last = useRef(seen);
  const { reload } = open;
  useEffect(() => {
    if (last.current !== null && seen !== null && last.current !== seen) reload();
    last.current = seen;
  }, [seen, reload]);
  return { known, open };
}

const signature = ({ path, size, modifiedAt, state }: Note) => `${path} ${size} ${modifiedAt} ${state}`;
