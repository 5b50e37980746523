import type { Settings } from '../../main/contract/app.ts';
import { t } from '../messages.ts';
import { duration } from '../memory/countdown.ts';
import { graceOptions } from '../memory/grace.ts';
import { NumberField, Radios, Select } from '../ui/index.ts';
import { Line } from './parts.tsx';
import { change } from './saving.ts';

/** What the setting starts from when it is taken out of the app's hands, tokens. */
const USUAL_TOKENS = 300;
const MOST_TOKENS = 3_000;

/** When memories are quoted, how much of them a prompt may hold, and how long forgetting can be undone. */
export function MemorySettings({ settings }: { settings: Settings }) {
  const { quoteMemories, forgetGraceSeconds, memoryTokens } = settings;
  return (
    <>
      <Radios<Settings['quoteMemories']>
        label={t('settings.quote')}
        hint={t('settings.quoteHelp')}
        value={quoteMemories}
        options={(['untrusted', 'always', 'never'] as const).map((value) => ({
          value,
          label: t(`settings.quote.${value}`),
          hint: t(`settings.quote.${value}Help`),
        }))}
        onValue={(next) => void change({ quoteMemories: next })}
      />
      <Line title={t('settings.grace')} hint={t('settings.graceHelp')}>
        <Select
          aria-label={t('settings.grace')}
          value={String(forgetGraceSeconds)}
          options={graceOptions(forgetGraceSeconds).map(({ value, seconds }) => ({
            value,
            label: seconds === 0 ? t('settings.graceNone') : duration(seconds),
          }))}
          onValue={(seconds) => void change({ forgetGraceSeconds: Number(seconds) })}
        />
      </Line>
      <Radios<'automatic' | 'own'>
        label={t('settings.memoryTokens')}
        hint={t('settings.memoryTokensHelp')}
        value={memoryTokens === null ? 'automatic' : 'own'}
        options={[
          { value: 'automatic', label: t('settings.memoryTokensAutomatic') },
          { value: 'own', label: t('settings.memoryTokensOwn') },
        ]}
        onValue={(next) => void change({ memoryTokens: next === 'own' ? USUAL_TOKENS : null })}
      />
      {memoryTokens === null ? null : (
        <div className="indented">
          <NumberField
            label={t('settings.memoryTokensNumber')}
            value={memoryTokens}
            least={0}
            most={MOST_TOKENS}
            fault={t('settings.memoryTokensFault', { most: MOST_TOKENS })}
            onValue={(next) => void change({ memoryTokens: next })}
          />
        </div>
      )}
    </>
  );
}
