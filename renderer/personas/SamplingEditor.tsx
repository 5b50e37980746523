import type { Sampling } from '../../main/contract/persona.ts';
import { language } from '../format.ts';
import { t } from '../messages.ts';
import { NumberField, Section, Segments, Slider, Switch } from '../ui/index.ts';
import { round, samplingRanges } from './draft.ts';
import { presetNames, presetOf, withPreset, type Preset } from './presets.ts';
import type { PartProps } from './part.ts';

const sliders = ['temperature', 'topP', 'topK', 'minP', 'repeatPenalty'] as const;
const LARGEST_SEED = 2_147_483_647;

/** How it chooses each next word: three ways with a name, and every value for those who want it. */
export function SamplingEditor({ draft: { sampling }, change }: PartProps) {
  const set = (part: Partial<Sampling>) => change({ sampling: { ...sampling, ...part } });
  const preset = presetOf(sampling);
  const names: readonly (Preset | 'own')[] = preset === 'own' ? [...presetNames, 'own'] : presetNames;
  return (
    <Section title={t('persona.sampling')} hint={t('persona.samplingHelp')}>
      <div>
        <Segments<Preset | 'own'>
          label={t('persona.presets')}
          value={preset}
          options={names.map((value) => ({ value, label: t(`persona.preset.${value}`) }))}
          onValue={(name) => name !== 'own' && change({ sampling: withPreset(sampling, name) })}
        />
      </div>
      <NumberField
        label={t('persona.maxTokens')}
        hint={t('persona.maxTokensHelp')}
        value={sampling.maxTokens}
        least={samplingRanges.maxTokens.min}
        most={samplingRanges.maxTokens.max}
        fault={t('persona.numberFault', samplingRanges.maxTokens)}
        onValue={(maxTokens) => set({ maxTokens })}
      />
      <Seed seed={sampling.seed} onSeed={(seed) => set({ seed })} />
      <details className="sampling-details">
        <summary>{t('persona.samplingDetails')}</summary>
        <div className="sampling-values">
          {sliders.map((key) => (
            <Slider
              key={key}
              label={t(`persona.${key}`)}
              hint={t(`persona.${key}Help`)}
              value={sampling[key]}
              {...samplingRanges[key]}
              show={showValue}
              onValue={(value) => set({ [key]: round(value) })}
            />
          ))}
        </div>
      </details>
    </Section>
  );
}

/** Shares and penalties differ in the second place after the point. */
const twoPlaces = new Intl.NumberFormat(language, { maximumFractionDigits: 2 });
const showValue = (value: number) => twoPlaces.format(round(value));

function Seed({ seed, onSeed }: { seed: number | null; onSeed: (seed: number | null) => void }) {
  return (
    <div className="stack">
      <Switch label={t('persona.seed')} hint={t('persona.seedHelp')} checked={seed !== null} onChecked={(on) => onSeed(on ? 1 : null)} />
      {seed === null ? null : (
        <NumberField label={t('persona.seedNumber')} value={seed} least={0} most={LARGEST_SEED} fault={t('persona.seedFault')} onValue={onSeed} />
      )}
    </div>
  );
}
