import { useState } from 'react';
import { useCall } from '../api.ts';
import { hrefOf, useRoute } from '../app/route.ts';
import { t } from '../messages.ts';
import { BackLink, Screen, Tabs } from '../ui/index.ts';
import { ForgetDialog } from './ForgetDialog.tsx';
import { Forgettings } from './Forgettings.tsx';
import { IndexNote } from './IndexNote.tsx';
import { KnownMemories } from './KnownMemories.tsx';
import { OneMemory } from './OneMemory.tsx';
import { PendingForgettings } from './PendingForgettings.tsx';
import './memory.css';

type Tab = 'known' | 'forgotten';

/** What it knows about its owner, where from, and what can be done about it. */
export function MemoryScreen() {
  const route = useRoute();
  const memoryId = route.screen === 'memory' ? route.memoryId : null;
  const personas = useCall('persona.list', {});
  const [tab, setTab] = useState<Tab>('known');
  const [forgetting, setForgetting] = useState<string | null>(null);
  const nameOfPersona = (id: string) => personas.data?.find((persona) => persona.id === id)?.name ?? t('memory.gonePersona');
  const shared = { personas: personas.data ?? [], nameOfPersona, onForget: setForgetting };

  return (
    <Screen title={t('memory.title')} lead={memoryId ? <BackLink href={hrefOf({ screen: 'memory', memoryId: null })}>{t('memory.back')}</BackLink> : t('memory.lead')}>
      <PendingForgettings />
      {memoryId ? (
        <OneMemory key={memoryId} id={memoryId} {...shared} />
      ) : (
        <Tabs<Tab>
          label={t('memory.title')}
          value={tab}
          onValue={setTab}
          tabs={[
            {
              value: 'known',
              label: t('memory.tabKnown'),
              content: (
                <div className="memory-known">
                  <IndexNote />
                  <KnownMemories {...shared} />
                </div>
              ),
            },
            { value: 'forgotten', label: t('memory.tabForgotten'), content: <Forgettings /> },
          ]}
        />
      )}
      <ForgetDialog memoryId={forgetting} onClose={() => setForgetting(null)} />
    </Screen>
  );
}
