import { CircleOff } from 'lucide-react';
import { hrefOf } from '../app/route.ts';
import { useLive } from '../live.ts';
import { t } from '../messages.ts';
import { Callout } from '../ui/index.ts';

const models = hrefOf({ screen: 'models', id: null });

/** Which model answers, quietly; a way to choose another. */
export function ModelLabel() {
  const engine = useLive((live) => live.engine);
  if (!engine) return null;
  if (engine.state === 'loading') return <span className="composer-note">{t('chat.loadingModel')}</span>;
  if (engine.state === 'starting' || engine.state === 'crashed') return <span className="composer-note">{t('chat.startingEngine')}</span>;
  return (
    <a className="model-label" href={models} aria-label={t('chat.model', { name: engine.chatModel?.name ?? t('chat.noModel') })}>
      {engine.chatModel?.name ?? t('chat.noModel')}
    </a>
  );
}

/** Said above the box while nothing can answer. */
export function NoModelNote() {
  const missing = useLive((live) => live.engine !== null && live.engine.chatModel === null && live.engine.state === 'ready');
  if (!missing) return null;
  return (
    <div className="composer-callout">
      <Callout tone="caution" icon={<CircleOff aria-hidden />} action={<a href={models}>{t('chat.chooseModel')}</a>}>
        {t('chat.noModelHint')}
      </Callout>
    </div>
  );
}
