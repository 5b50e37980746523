import type { Settings } from '../../main/contract/app.ts';
import { useCall } from '../api.ts';
import { t } from '../messages.ts';
import { Select, Switch } from '../ui/index.ts';
import { Line } from './parts.tsx';
import { change } from './saving.ts';

/** How new conversations begin and get their titles. */
export function ConversationSettings({ settings }: { settings: Settings }) {
  const personas = useCall('persona.list', {}).data ?? [];
  return (
    <>
      <Line title={t('settings.defaultPersona')} hint={t('settings.defaultPersonaHelp')}>
        <Select
          aria-label={t('settings.defaultPersona')}
          value={settings.defaultPersonaId}
          options={personas.map(({ id, name }) => ({ value: id, label: name }))}
          onValue={(defaultPersonaId) => void change({ defaultPersonaId })}
        />
      </Line>
      <Switch
        label={t('settings.automaticTitles')}
        hint={t('settings.automaticTitlesHelp')}
        checked={settings.automaticTitles}
        onChecked={(automaticTitles) => void change({ automaticTitles })}
      />
    </>
  );
}
