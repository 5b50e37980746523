import type { Sampling } from '../../main/contract/persona.ts';

export const presetNames = ['precise', 'balanced', 'inventive'] as const;
export type Preset = (typeof presetNames)[number];

type Chosen = Pick<Sampling, 'temperature' | 'topP' | 'topK' | 'minP' | 'repeatPenalty'>;

const presets: Record<Preset, Chosen> = {
  precise: { temperature: 0.2, topP: 0.9, topK: 40, minP: 0.05, repeatPenalty: 1.05 },
  balanced: { temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: 1.05 },
  inventive: { temperature: 1.1, topP: 0.98, topK: 100, minP: 0.03, repeatPenalty: 1.05 },
};

/** The way of choosing words these values amount to, or `own`. Length and seed are another matter. */
export const presetOf = (sampling: Sampling): Preset | 'own' => presetNames.find((name) => isPreset(sampling, presets[name])) ?? 'own';

const isPreset = (sampling: Sampling, preset: Chosen) => (Object.keys(preset) as (keyof Chosen)[]).every((key) => sampling[key] === preset[key]);

export const withPreset = (sampling: Sampling, preset: Preset): Sampling => ({ ...sampling, ...presets[preset] });
