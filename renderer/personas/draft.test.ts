import { describe, expect, it } from 'vitest';
import type { Adapter, Persona } from '../../main/contract/persona.ts';
import { attach, detach, faults, fitting, formatScale, newDraft, rescale, sameDraft, samplingRanges, toDraft, usersOf } from './draft.ts';

const adapter = (id: string, over: Partial<Adapter> = {}): Adapter => ({
  id, name: id, path: `/${id}`, architecture: 'llama', rank: 8, sizeBytes: 1, bundled: false, misfit: null, present: true, ...over,
});

describe('a persona draft', () => {
  it('is acceptable as it starts, and at every end of every slider', () => {
    expect([...faults(newDraft('Ana'))]).toEqual([]);
    for (const [key, { min, max }] of Object.entries(samplingRanges)) {
      for (const value of [min, max]) {
        const draft = newDraft('Ana');
        expect([...faults({ ...draft, sampling: { ...draft.sampling, [key]: value } })], `${key} ${value}`).toEqual([]);
      }
    }
  });

  it('names the field that would be refused', () => {
    const draft = newDraft('  ');
    expect([...faults({ ...draft, sampling: { ...draft.sampling, maxTokens: 0, temperature: Number.NaN } })].sort()).toEqual([
      'name', 'sampling.maxTokens', 'sampling.temperature',
    ]);
  });

  it('is the same whatever the order of its keys and the space around its name', () => {
    const { name, ...rest } = newDraft('Ana');
    expect(sameDraft({ ...rest, name: `${name} ` }, newDraft('Ana'))).toBe(true);
    expect(sameDraft(newDraft('Ana'), { ...newDraft('Ana'), adapters: [{ adapterId: 'a', scale: 0.5 }] })).toBe(false);
  });

  it('made from a persona shares nothing with it, so that cancelling loses the edit', () => {
    const persona = { ...newDraft('Ana'), adapters: [{ adapterId: 'a', scale: 1 }], id: 'p', builtIn: false, createdAt: 0, updatedAt: 0 };
    const draft = toDraft(persona);
    draft.adapters[0]!.scale = 3;
    draft.sampling.temperature = 2;
    expect(persona.adapters[0]!.scale).toBe(1);
    expect(persona.sampling.temperature).toBe(0.7);
  });
});

describe('adapters of a draft', () => {
  it('are attached once, rescaled within the limits, and detached', () => {
    const one = attach(attach([], 'a'), 'a');
    expect(one).toEqual([{ adapterId: 'a', scale: 1 }]);
    expect(rescale(one, 'a', 0.1 + 0.2)).toEqual([{ adapterId: 'a', scale: 0.3 }]);
    expect(rescale(one, 'a', 9)).toEqual([{ adapterId: 'a', scale: 4 }]);
    expect(detach(one, 'a')).toEqual([]);
  });

  it('are compared only where they can work', () => {
    const uses = ['fits', 'misfit', 'gone', 'unknown'].map((adapterId) => ({ adapterId, scale: 1 })).concat({ adapterId: 'off', scale: 0 });
    const known = [adapter('fits'), adapter('misfit', { misfit: 'Made for another base.' }), adapter('gone', { present: false }), adapter('off')];
    expect(fitting(uses, known)).toEqual([{ adapterId: 'fits', scale: 1 }]);
  });
});

describe('an adapter', () => {
  it('names every persona that is saved with it: removing it would be refused', () => {
    const persona = (name: string, ...ids: string[]): Persona => ({
      ...newDraft(name), adapters: ids.map((adapterId) => ({ adapterId, scale: 1 })), id: name, builtIn: false, createdAt: 1, updatedAt: 1,
    });
    const personas = [persona('Ana', 'a', 'b'), persona('Ben', 'b'), persona('Cy')];
    expect(['a', 'b', 'c'].map((id) => usersOf(id, personas))).toEqual([['Ana'], ['Ana', 'Ben'], []]);
  });
});

describe('formatScale', () => {
  it('reads as a percentage of what was trained', () => {
    expect([1, 0.35000000000000003, -0.5, -0].map(formatScale)).toEqual(['100%', '35%', '-50%', '0%']);
  });
});
