import { PersonaDraft, type Adapter, type AdapterUse, type Persona, type Sampling } from '../../main/contract/persona.ts';
import { language } from '../format.ts';

/** What a new persona starts from: no instructions, no overlay, sampling that suits a small model. */
export const newDraft = (name: string): PersonaDraft => ({
  name,
  instructions: '',
  sampling: { temperature: 0.7, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: 1.05, maxTokens: 768, seed: null },
  adapters: [],
  memoryScope: 'shared',
});

/** The part of a persona that can be edited. */
export const toDraft = ({ name, instructions, sampling, adapters, memoryScope }: Persona): PersonaDraft => ({
  name,
  instructions,
  sampling: { ...sampling },
  adapters: adapters.map((use) => ({ ...use })),
  memoryScope,
});

/** Whether two drafts say the same, so that leaving an untouched editor asks nothing. */
export const sameDraft = (a: PersonaDraft, b: PersonaDraft): boolean => JSON.stringify(toPlain(a)) === JSON.stringify(toPlain(b));

const toPlain = ({ name, instructions, sampling: s, adapters, memoryScope }: PersonaDraft) => [
  name.trim(), instructions, s.temperature, s.topP, s.topK, s.minP, s.repeatPenalty, s.maxTokens, s.seed,
  adapters.map(({ adapterId, scale }) => [adapterId, scale]), memoryScope,
];

/** Limits and step of each sampling value, as the contract has them, for sliders and number boxes. */
export const samplingRanges = {
  temperature: { min: 0, max: 2, step: 0.05 },
  topP: { min: 0.05, max: 1, step: 0.05 },
  topK: { min: 0, max: 200, step: 1 },
  minP: { min: 0, max: 0.5, step: 0.01 },
  repeatPenalty: { min: 1, max: 2, step: 0.05 },
  maxTokens: { min: 1, max: 32_768, step: 1 },
} satisfies Partial<Record<keyof Sampling, { min: number; max: number; step: number }>>;

/** Scales the contract takes. */
export const scaleRange = { min: -2, max: 4, step: 0.05 } as const;
/** Scales that make sense; the slider shows these unless the persona came with others. */
const usualScales = { min: -1, max: 2 } as const;

export const sliderRange = (scale: number) => (scale < usualScales.min || scale > usualScales.max ? scaleRange : { ...usualScales, step: scaleRange.step });

/** Which fields would be refused, by path ("name", "sampling.maxTokens"), before anything is sent. */
export function faults(draft: PersonaDraft): Set<string> {
  const parsed = PersonaDraft.safeParse(draft);
  return new Set(parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.')));
}

/** A scale as people read it: a percentage of what was trained, the sign kept, no noise from floating point. */
export const formatScale = (scale: number): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0, signDisplay: 'negative' }).format(round(scale));

/** Sliders count in steps of binary fractions; what is kept is what was meant. */
export const round = (value: number): number => Math.round(value * 100) / 100;

export const attach = (uses: readonly AdapterUse[], adapterId: string): AdapterUse[] =>
  uses.some((use) => use.adapterId === adapterId) ? [...uses] : [...uses, { adapterId, scale: 1 }];

export const detach = (uses: readonly AdapterUse[], adapterId: string): AdapterUse[] => uses.filter((use) => use.adapterId !== adapterId);

export const rescale = (uses: readonly AdapterUse[], adapterId: string, scale: number): AdapterUse[] =>
  uses.map((use) => (use.adapterId === adapterId ? { adapterId, scale: round(Math.min(Math.max(scale, scaleRange.min), scaleRange.max)) } : use));

/** What of a persona's overlay would work now: its adapters as they are known here, the unknown ones by id. */
export function overlayState(uses: readonly AdapterUse[], adapters: readonly Adapter[]): { use: AdapterUse; adapter: Adapter | null }[] {
  const known = new Map(adapters.map((adapter) => [adapter.id, adapter]));
  return uses.map((use) => ({ use, adapter: known.get(use.adapterId) ?? null }));
}

/** Adapters that fit the loaded base, for the comparison, which runs on it. */
export const fitting = (uses: readonly AdapterUse[], adapters: readonly Adapter[]): AdapterUse[] =>
  overlayState(uses, adapters).filter(({ use, adapter }) => adapter?.present && !adapter.misfit && use.scale !== 0).map(({ use }) => use);

/** The names of the personas, as saved, that have this adapter laid over them. */
export const usersOf = (adapterId: string, personas: readonly Persona[]): string[] =>
  personas.filter(({ adapters }) => adapters.some((use) => use.adapterId === adapterId)).map(({ name }) => name);
