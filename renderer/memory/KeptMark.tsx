import { MessageSquareLock } from 'lucide-react';
import type { KeptIn } from '../../main/contract/memory.ts';
import { hrefOfMessage } from '../app/route.ts';
import { t } from '../messages.ts';
import { Badge } from '../ui/index.ts';

/** The one conversation in which something is recalled, and the way to it; nothing where it is recalled anywhere. */
export function KeptMark({ keptIn, tabIndex }: { keptIn: KeptIn | null; tabIndex?: number | undefined }) {
  if (!keptIn) return null;
  if (keptIn.id === null) return <Badge icon={<MessageSquareLock aria-hidden />}>{t('memory.onlyNowhere')}</Badge>;
  return (
    <a className="memory-kept" href={hrefOfMessage(keptIn.id, null)} tabIndex={tabIndex}>
      <Badge icon={<MessageSquareLock aria-hidden />}>{t('memory.onlyIn', { title: keptIn.title || t('memory.untitled') })}</Badge>
    </a>
  );
}
