import { describe, expect, it } from 'vitest';
import { newDraft } from './draft.ts';
import { presetNames, presetOf, withPreset } from './presets.ts';

describe('presets of sampling', () => {
  const { sampling } = newDraft('Ana');

  it('are recognised again, whatever the length and the seed', () => {
    for (const name of presetNames) expect(presetOf({ ...withPreset(sampling, name), maxTokens: 9, seed: 4 })).toBe(name);
  });

  it('leave length and seed alone', () => {
    expect(withPreset({ ...sampling, maxTokens: 9, seed: 4 }, 'precise')).toMatchObject({ maxTokens: 9, seed: 4 });
  });

  it('are somebody’s own once a value is changed; a new persona starts in the middle', () => {
    expect(presetOf({ ...withPreset(sampling, 'precise'), topK: 41 })).toBe('own');
    expect(presetOf(sampling)).toBe('balanced');
  });
});
