import { Info } from 'lucide-react';
import type { IndexStatus } from '../../main/contract/app.ts';
import { useCall } from '../api.ts';
import { hrefOf } from '../app/route.ts';
import { formatNumber } from '../format.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { Callout, Progress } from '../ui/index.ts';

/** How memories can be found just now: by meaning too, by words while reading goes on, or by words only. */
export function IndexNote() {
  const heard = useLive((live) => live.index);
  const asked = useCall('memory.index', {}, { enabled: heard === null });
  const status = heard ?? asked.data;
  if (!status) return null;
  switch (status.state) {
    case 'up-to-date':
      return null;
    case 'indexing':
    case 'rebuilding':
      return <Reading status={status} />;
    case 'words-only':
      return (
        <Callout tone="caution" icon={<Info aria-hidden />} action={<a href={hrefOf({ screen: 'models', id: null })}>{t('memory.indexWordsOnlyAction')}</a>}>
          {t('memory.indexWordsOnly')}
        </Callout>
      );
  }
}

function Reading({ status: { state, embedded, total } }: { status: IndexStatus }) {
  const counts = { embedded: formatNumber(embedded), total: formatNumber(total) };
  return (
    <div className="index-reading">
      <p className="field-note">{t(state === 'rebuilding' ? 'memory.indexRebuilding' : 'memory.indexIndexing', counts)}</p>
      <Progress label={t('memory.indexProgress')} value={total === 0 ? null : embedded / total} />
    </div>
  );
}
