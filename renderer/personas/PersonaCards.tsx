import { FileUp, Plus, UserRound } from 'lucide-react';
import type { Adapter, Persona } from '../../main/contract/persona.ts';
import { useCall } from '../api.ts';
import { go, hrefOf } from '../app/route.ts';
import { t } from '../messages.ts';
import { Badge, Button, EmptyState, Loaded, Screen } from '../ui/index.ts';
import { formatScale, overlayState } from './draft.ts';
import { NEW, useDraft } from './draftStore.ts';
import { importPersona } from './exchange.ts';
import { PersonaMenu } from './PersonaMenu.tsx';

/** Every persona as a card, and the ways to get another. */
export function PersonaCards() {
  const personas = useCall('persona.list', {});
  return (
    <Screen title={t('personas.title')} lead={t('personas.lead')} actions={<Actions />}>
      <Loaded call={personas} failed={t('personas.failedTitle')}>
        {(all) => <Cards personas={all} />}
      </Loaded>
    </Screen>
  );
}

function Cards({ personas }: { personas: readonly Persona[] }) {
  const adapters = useCall('persona.adapters', {}).data ?? [];
  const defaultId = useCall('app.settings', {}).data?.defaultPersonaId;
  if (personas.length === 0) {
    return (
      <EmptyState icon={<UserRound aria-hidden />} title={t('personas.emptyTitle')}>
        {t('personas.emptyBody')}
      </EmptyState>
    );
  }
  return (
    <ul role="list" className="persona-cards">
      {personas.map((persona) => (
        <PersonaCard key={persona.id} persona={persona} adapters={adapters} isDefault={persona.id === defaultId} />
      ))}
    </ul>
  );
}

function Actions() {
  return (
    <>
      <Button icon={<FileUp aria-hidden />} onClick={() => void importPersona()}>
        {t('personas.import')}
      </Button>
      <Button look="primary" icon={<Plus aria-hidden />} onClick={() => go({ screen: 'personas', id: NEW })}>
        {t('personas.new')}
      </Button>
    </>
  );
}

type CardProps = { persona: Persona; adapters: readonly Adapter[]; isDefault: boolean };

function PersonaCard({ persona, adapters, isDefault }: CardProps) {
  const { id, name, instructions, memoryScope, builtIn } = persona;
  const unsaved = useDraft(id) !== null;
  return (
    <li className="persona-card">
      <header className="spread">
        <h2 className="persona-name">
          {/* The whole card answers to the pointer; the keyboard and the screen reader have one link. */}
          <a className="persona-link" href={hrefOf({ screen: 'personas', id })}>
            {name}
          </a>
        </h2>
        <PersonaMenu persona={persona} isDefault={isDefault} />
      </header>
      <p className="persona-says">{instructions || t('personas.noInstructions')}</p>
      <p className="persona-marks">
        {isDefault ? <Badge tone="accent">{t('personas.default')}</Badge> : null}
        {unsaved ? <Badge tone="caution">{t('persona.unsaved')}</Badge> : null}
        <span>{t(`personas.scope.${memoryScope}`)}</span>
        <OverlayWords persona={persona} adapters={adapters} />
        {builtIn ? <span>{t('personas.builtIn')}</span> : null}
      </p>
    </li>
  );
}

/** "friendly 100%, witty 35%", and how many of them are left out. */
function OverlayWords({ persona, adapters }: { persona: Persona; adapters: readonly Adapter[] }) {
  const parts = overlayState(persona.adapters, adapters);
  if (parts.length === 0) return <span>{t('personas.noOverlay')}</span>;
  const left = parts.filter(({ adapter }) => !adapter?.present || adapter.misfit).length;
  const works = parts.flatMap(({ adapter, use }) => (adapter?.present && !adapter.misfit ? `${adapter.name} ${formatScale(use.scale)}` : []));
  return (
    <>
      {works.length > 0 ? <span>{works.join(', ')}</span> : null}
      {left > 0 ? <Badge tone="caution">{t('personas.misfits', { count: left })}</Badge> : null}
    </>
  );
}
