import { useState } from 'react';
import type { Persona } from '../../main/contract/persona.ts';
import { useCall } from '../api.ts';
import { go, hrefOf, useRoute, type MemoryTab } from '../app/route.ts';
import { t } from '../messages.ts';
import { BackLink, Screen, Tabs } from '../ui/index.ts';
import { ForgetDialog } from './ForgetDialog.tsx';
import { Forgettings } from './Forgettings.tsx';
import { IndexNote } from './IndexNote.tsx';
import { KnownClaims } from './KnownClaims.tsx';
import { KnownMemories } from './KnownMemories.tsx';
import { OneMemory } from './OneMemory.tsx';
import { PendingForgettings } from './PendingForgettings.tsx';
import { ProfileCard } from './ProfileCard.tsx';
import { RememberBox } from './RememberBox.tsx';
import { Review } from './Review.tsx';
import type { Forgetting } from './useClaimActions.ts';
import { useWaiting } from './useWaiting.ts';
import './memory.css';
import './claims.css';

/** What it knows about its owner, where from, what was said, and what can be done about it. */
export function MemoryScreen() {
  const route = useRoute();
  const { memoryId, tab } = route.screen === 'memory' ? route : elsewhere;
  const personas = useCall('persona.list', {});
  const [forgetting, setForgetting] = useState<Partial<Forgetting> | null>(null);
  const nameOfPersona = (id: string) => personas.data?.find((persona) => persona.id === id)?.name ?? t('memory.gonePersona');
  const shared: Shared = { personas: personas.data ?? [], nameOfPersona, onForget: setForgetting };
  const back = <BackLink href={hrefOf({ screen: 'memory', memoryId: null, tab: 'words' })}>{t('memory.back')}</BackLink>;

  return (
    <Screen title={t('memory.title')} lead={memoryId ? back : t('memory.lead')}>
      <PendingForgettings />
      {memoryId ? <OneMemory key={memoryId} id={memoryId} {...shared} onForget={(id) => setForgetting({ memoryId: id })} /> : <MemoryTabs tab={tab} {...shared} />}
      <ForgetDialog memoryId={forgetting?.memoryId ?? null} quote={forgetting?.quote} onClose={() => setForgetting(null)} />
    </Screen>
  );
}

const elsewhere = { memoryId: null, tab: 'known' } as const;

type Shared = { personas: readonly Persona[]; nameOfPersona: (id: string) => string; onForget: (forgetting: Partial<Forgetting>) => void };

function MemoryTabs({ tab, personas, nameOfPersona, onForget }: Shared & { tab: MemoryTab }) {
  const waiting = useWaiting();
  const known = (
    <div className="memory-known">
      <RememberBox personas={personas} />
      <ProfileCard personas={personas} />
      <KnownClaims nameOfPersona={nameOfPersona} onForget={onForget} />
    </div>
  );
  const words = (
    <div className="memory-known">
      <IndexNote />
      <KnownMemories personas={personas} nameOfPersona={nameOfPersona} onForget={(memoryId) => onForget({ memoryId })} />
    </div>
  );
  return (
    <Tabs<MemoryTab>
      label={t('memory.title')}
      value={tab}
      onValue={(next) => go({ screen: 'memory', memoryId: null, tab: next }, 'replace')}
      tabs={[
        { value: 'known', label: t('memory.tabKnown'), content: known },
        { value: 'words', label: t('memory.tabWords'), content: words },
        { value: 'review', label: t('memory.tabReview'), count: { value: waiting, label: t('memory.waiting', { count: waiting }) }, content: <Review nameOfPersona={nameOfPersona} /> },
        { value: 'forgotten', label: t('memory.tabForgotten'), content: <Forgettings /> },
      ]}
    />
  );
}
