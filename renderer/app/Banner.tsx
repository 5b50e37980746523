import { RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import { api } from '../api.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { attempt, Button } from '../ui/index.ts';

/** What keeps the assistant from answering, said at the top of the page while it lasts. */
export function Banner() {
  const connection = useLive((live) => live.connection);
  const engine = useLive((live) => live.engine);

  if (connection === 'lost' || connection === 'refused') {
    return (
      <div className="banner" role="alert">
        <Unplug aria-hidden />
        <p className="grow">{t(connection === 'lost' ? 'app.lost' : 'app.refused')}</p>
      </div>
    );
  }
  if (engine?.state === 'crashed') {
    return (
      <div className="banner" role="alert">
        <TriangleAlert aria-hidden />
        <p className="grow">{engine.notice ?? t('app.engineCrashed')}</p>
        <Button size="small" look="quiet" icon={<RotateCw aria-hidden />} onClick={() => void attempt(() => api.model.restartEngine({}))}>
          {t('app.engineRestart')}
        </Button>
      </div>
    );
  }
  return null;
}
