import type { PersonaDraft } from '../../main/contract/persona.ts';
import { t } from '../messages.ts';
import { Radios } from '../ui/index.ts';
import type { PartProps } from './part.ts';

/** What it may recall, and where what is said to it goes. */
export function MemoryScope({ draft, change }: PartProps) {
  return (
    <div className="persona-part">
      <Radios<PersonaDraft['memoryScope']>
        label={t('persona.memory')}
        hint={t('persona.memoryHelp')}
        value={draft.memoryScope}
        options={(['shared', 'own', 'none'] as const).map((value) => ({
          value,
          label: t(`persona.scope.${value}`),
          hint: t(`persona.scope.${value}Help`),
        }))}
        onValue={(memoryScope) => change({ memoryScope })}
      />
    </div>
  );
}
