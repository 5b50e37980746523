import { describe, expect, it } from 'vitest';
import type { EngineStatus, Model } from '../../main/contract/model.ts';
import { byRole, canLoad, formatParameters } from './group.ts';

const model = (id: string, role: Model['role'], loaded = false): Model => ({
  id, name: id, path: `/${id}`, role, architecture: 'llama', parameters: 1, quantisation: 'F16', sizeBytes: 1, windowTokens: 512,
  bundled: false, loaded, trusted: false, fit: { verdict: 'fits-well', reason: '', needsBytes: 1 }, present: true,
});
const status = (state: EngineStatus['state']) => ({ state }) as EngineStatus;

describe('byRole', () => {
  it('puts the loaded one first and shows that there is no embedder', () => {
    const groups = byRole([model('b', 'chat'), model('c', 'chat', true), model('a', 'chat')]);
    expect(groups.map(({ role, models }) => [role, models.map(({ id }) => id)])).toEqual([['chat', ['c', 'a', 'b']], ['embedder', []]]);
  });

  it('shows re-rankers where there are any', () => {
    expect(byRole([model('r', 'reranker')]).map(({ role }) => role)).toEqual(['chat', 'embedder', 'reranker']);
  });
});

describe('canLoad', () => {
  it('allows one load at a time, and one after a crash', () => {
    expect(canLoad(status('ready'), null)).toBe(true);
    expect(canLoad(status('crashed'), null)).toBe(true);
    expect(canLoad(status('ready'), 'other')).toBe(false);
    expect(canLoad(status('loading'), null)).toBe(false);
    expect(canLoad(null, null)).toBe(false);
  });
});

describe('formatParameters', () => {
  it('names sizes as their makers do', () => {
    expect([852_000_000, 1_720_000_000, 8e9, 22_700_000, 120_000, 999].map(formatParameters)).toEqual([
      '0.85B', '1.72B', '8B', '22.7M', '120K', '999',
    ]);
  });
});
