import { describe, expect, it } from 'vitest';
import type { Forgetting } from '../../main/contract/memory.ts';
import { graceOptions } from './grace.ts';
import { canUndo, outcomeOf, pending, proof } from './outcome.ts';

const forgetting = (over: Partial<Forgetting>): Forgetting => ({
  id: 'f', state: 'erased', sentence: null, places: 1, requestedAt: 0, erasesAt: 0, erasedAt: new Date(2026, 10, 20, 14, 2).getTime(),
  check: { filesSearched: 12, bytesSearched: 18_200_000, found: [] }, failure: null, ...over,
});

describe('what became of a forgetting', () => {
  it('is proved only when no file holds it any more', () => {
    const found = forgetting({ check: { filesSearched: 12, bytesSearched: 1, found: ['backups/a'] } });
    expect(outcomeOf(forgetting({}))).toBe('erased');
    expect(outcomeOf(found)).toBe('found');
    expect(proof(found)).not.toContain('nothing found');
  });

  it('says when, how many files and how much was searched', () => {
    expect(proof(forgetting({}))).toMatch(/^Erased .*2026.*2:02.*: 12 files, 18\.2 MB searched, nothing found\.$/);
  });

  it('claims no search that did not happen', () => {
    expect(proof(forgetting({ check: null }))).not.toContain('searched');
  });

  it('offers undo only while it waits', () => {
    expect(canUndo(forgetting({ state: 'pending', erasesAt: 10 }), 9)).toBe(true);
    expect(canUndo(forgetting({ state: 'pending', erasesAt: 10 }), 10)).toBe(false);
    expect(canUndo(forgetting({ state: 'erasing', erasesAt: 10 }), 9)).toBe(false);
  });

  it('lists those that wait, the soonest first', () => {
    const waiting = [30, 10, 20].map((erasesAt) => forgetting({ state: 'pending', erasesAt }));
    expect(pending([...waiting, forgetting({})]).map(({ erasesAt }) => erasesAt)).toEqual([10, 20, 30]);
  });
});

describe('graceOptions', () => {
  it('offers the five periods, and the one from the settings where it is another', () => {
    expect(graceOptions(60).map(({ label }) => label)).toEqual(['At once', 'After 1 minute', 'After 1 hour', 'After 1 day', 'After 7 days']);
    expect(graceOptions(7_200).map(({ seconds }) => seconds)).toEqual([0, 60, 3_600, 7_200, 86_400, 604_800]);
  });
});
