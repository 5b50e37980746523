import { ofMemory, ofNotes } from '../../main/contract/memory.ts';
import { t } from '../messages.ts';
import { Progress } from '../ui/index.ts';
import type { Turn } from './fold.ts';

/** What is being done before the first word, so that waiting is understood. It shows itself only when there is waiting to do. */
export function TurnProgress({ turn }: { turn: Turn }) {
  if (turn.phase === 'writing') return <span className="caret" aria-hidden />;
  // Its steps show what is being done.
  if (turn.phase === 'failed' || turn.phase === 'saved' || turn.research) return null;
  return (
    <div className="turn-progress">
      <p>{words(turn)}</p>
      {turn.phase === 'reading' && turn.reading ? (
        <Progress label={t('chat.readingLabel')} value={turn.reading.total > 0 ? turn.reading.done / turn.reading.total : null} />
      ) : null}
    </div>
  );
}

function words(turn: Turn): string {
  if (turn.phase === 'asking') return t('chat.recalling');
  if (turn.reading && turn.reading.done < turn.reading.total) return t('chat.reading', turn.reading);
  if (turn.mode === 'none' || turn.mode === null) return t('chat.writing');
  const [passages, memories] = [ofNotes(turn.citations).length, ofMemory(turn.citations).length];
  const found = [passages > 0 ? t('chat.recalledPassages', { count: passages }) : null, memories > 0 ? t('chat.recalled', { count: memories }) : null];
  return found.filter(Boolean).join(', ') || t('chat.recalledNone');
}
