import { useEffect, useState } from 'react';
import { t } from '../messages.ts';
import { nextWords, type Heard } from './announce.ts';
import type { ThreadRow, Turn } from './fold.ts';

/** Tells those who listen what happens: whole sentences as they are finished, politely, and the end. */
export function Announcer({ turn, rows }: { turn: Turn | null; rows: readonly ThreadRow[] }) {
  const [heard, setHeard] = useState<Heard>({ turn: null, upTo: 0, words: '' });
  const next = nextWords(heard, turn, rows.at(-1)?.message.text ?? '');
  if (next !== heard) setHeard(next);
  // Cleared after a while, so that it is not met again when reading through the page.
  useEffect(() => {
    if (!heard.words) return;
    const timer = setTimeout(() => setHeard((now) => (now === heard ? { ...now, words: '' } : now)), 8_000);
    return () => clearTimeout(timer);
  }, [heard]);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" aria-atomic="true" aria-label={t('chat.progress')}>
      {heard.words}
    </div>
  );
}
