import { ShieldAlert } from 'lucide-react';
import type { Aside } from '../../main/contract/claim.ts';
import { t } from '../messages.ts';
import { Section } from '../ui/index.ts';
import { ProposalItem } from './ProposalItem.tsx';

/** What reads like an order, each with the reason why it is kept aside. */
export function Asides({ aside, nameOfPersona }: { aside: readonly Aside[]; nameOfPersona: (id: string) => string }) {
  return (
    <Section title={t('claims.asideTitle')} hint={t('claims.asideHint')}>
      <ul role="list">
        {aside.map((one) => (
          <ProposalItem key={one.claim.id} proposal={one} nameOfPersona={nameOfPersona}>
            <p className="aside-why">
              <ShieldAlert aria-hidden />
              <span>{one.words === '' ? t('claims.why.unknown') : t(`claims.why.${one.why}`, { words: one.words })}</span>
            </p>
          </ProposalItem>
        ))}
      </ul>
    </Section>
  );
}
