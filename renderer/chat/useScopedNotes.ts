import { useEffect, useState } from 'react';
import type { Note, NoteScope } from '../../main/contract/note.ts';
import { api } from '../api.ts';

/** The notes that a scope names, as far as they are there. */
export function useScopedNotes(scope: NoteScope | null): Note[] {
  const wanted = scope?.noteIds.join('\n') ?? '';
  const [found, setFound] = useState<{ wanted: string; notes: Note[] }>({ wanted: '', notes: [] });
  useEffect(() => {
    if (wanted === '') return;
    let shown = true;
    void Promise.all(wanted.split('\n').map((id) => api.notes.cited({ id, folderId: null, path: '' }).catch(() => ({ note: null })))).then((all) => {
      if (shown) setFound({ wanted, notes: all.flatMap(({ note }) => note ?? []) });
    });
    return () => {
      shown = false;
    };
  }, [wanted]);
  return found.wanted === wanted ? found.notes : [];
}
