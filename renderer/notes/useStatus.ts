import { useEffect, useState } from 'react';
import type { NotesStatus } from '../../main/contract/note.ts';
import { useCall } from '../api.ts';
import { useLive } from '../live.ts';

/** States that come and go faster are not worth a word, milliseconds. */
const calmMs = 600;

/** How the index stands, without what is over before it could be read. */
export function useStatus(): NotesStatus | null {
  const heard = useLive((live) => live.notes);
  const asked = useCall('notes.status', {}, { enabled: heard === null }).data;
  const now = heard ?? asked ?? null;
  const [shown, setShown] = useState(now);
  const calm = shown === null || now === null || shown.state === now.state || now.state === 'idle' || now.state === 'paused';
  if (calm && shown !== now) setShown(now);
  useEffect(() => {
    if (calm) return;
    const timer = setTimeout(() => setShown(now), calmMs);
    return () => clearTimeout(timer);
  }, [calm, now]);
  return shown;
}
