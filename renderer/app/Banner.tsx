import { RotateCw, TriangleAlert, Unplug } from 'lucide-react';
import type { EngineStatus } from '../../main/contract/model.ts';
import { api } from '../api.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { attempt, Button } from '../ui/index.ts';

/** What keeps the assistant from answering, said at the top of the page while it lasts. */
export function Banner() {
  const connection = useLive((live) => live.connection);
  const failure = useLive((live) => live.failure);
  const engine = useLive((live) => live.engine);
  if (failure !== null) {
    return (
      <div className="banner" role="alert">
        <TriangleAlert aria-hidden />
        <p className="grow">{failure}</p>
      </div>
    );
  }
  if (connection === 'lost' || connection === 'refused') {
    return (
      <div className="banner" role="alert">
        <Unplug aria-hidden />
        <p className="grow">{t(connection === 'lost' ? 'app.lost' : 'app.refused')}</p>
      </div>
    );
  }
  const trouble = engine && troubleOf(engine);
  return trouble ? <EngineTrouble sentence={trouble} canRestart={engine.state === 'stopped'} /> : null;
}

function troubleOf({ state, notice }: EngineStatus): string | null {
  if (state === 'ready' || state === 'loading') return null;
  return notice ?? (state === 'crashed' ? t('app.engineCrashed') : null);
}

function EngineTrouble({ sentence, canRestart }: { sentence: string; canRestart: boolean }) {
  return (
    <div className="banner" role="alert">
      <TriangleAlert aria-hidden />
      <p className="grow">{sentence}</p>
      {canRestart ? (
        <Button size="small" look="quiet" icon={<RotateCw aria-hidden />} onClick={() => void attempt(() => api.model.restartEngine({}))}>
          {t('app.engineRestart')}
        </Button>
      ) : null}
    </div>
  );
}
