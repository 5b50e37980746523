import { describe, expect, it } from 'vitest';
import type { NotesStatus } from '../../main/contract/note.ts';
import { formatDuration } from '../format.ts';
import { statusShown } from './status.ts';

const status: NotesStatus = { state: 'idle', why: null, read: 10_000, notes: 10_000, marked: 0, embedded: 0, chunks: 50_000, perSecond: null, secondsLeft: null, meaning: 'ready' };
const shown = (part: Partial<NotesStatus>) => {
  const { text, details, progress } = statusShown({ ...status, ...part });
  return [[text, ...details].join(' · '), progress];
};

describe('the state of the index', () => {
  it('says what is done, how fast and how long yet, in figures that do not flicker', () => {
    expect(shown({ state: 'reading', read: 3_200, perSecond: 1_417.3, secondsLeft: 4.8 })).toEqual([`Reading 3,200 of 10,000 · 1,400 a second · ${formatDuration(5_000)} left`, 0.32]);
    expect(shown({ state: 'reading', read: 3_200 })).toEqual(['Reading 3,200 of 10,000', 0.32]);
    expect(shown({ state: 'embedding', embedded: 31_499, perSecond: 41.6, secondsLeft: 445 })).toEqual([`Words are searchable now, meaning follows: 62% · 42 a second · ${formatDuration(420_000)} left`, 0.62]);
  });

  it('says what it waits for, and when it is paused', () => {
    expect(shown({ state: 'waiting', why: 'The disk is full.', read: 5_000 })).toEqual(['Waiting: The disk is full. · “Read it now” does not wait for that.', 0.5]);
    expect(shown({ state: 'paused', read: 0 })).toEqual(['Paused: 0 of 10,000 are read.', 0]);
  });

  // Bug: a full bar stands beside “The rest is read for its meaning when it is quieter”.
  it('shows how much of the meaning is there while only that waits', () => {
    const waiting: NotesStatus = { ...status, state: 'waiting', why: 'The machine is busy.', embedded: 31_499, meaning: 'building' };
    expect(statusShown(waiting)).toMatchObject({ brief: 'Waiting at 62%', progress: 0.62 });
    expect(statusShown({ ...waiting, meaning: 'none' })).toMatchObject({ brief: 'Waiting at 100%', progress: 1 });
  });

  it('says how notes are found when all is done, and what could not be read', () => {
    expect(shown({ marked: 2 })).toEqual(['10,000 notes, all read. · Found by words and by meaning. · 2 could not be read whole.', undefined]);
    // In a folder that is paused, or away.
    expect(shown({ read: 9_000 })[0]).toContain('9,000 of 10,000 notes are read.');
    expect(shown({ meaning: 'none', notes: 1, read: 1 })[0]).toContain('load an embedder');
    expect(shown({ state: 'reading', notes: 0, read: 0 })[1]).toBe(1);
  });

  it('is not all done before it is: 9,999 of 10,000 are 99 %', () => {
    expect(shown({ state: 'reading', read: 9_999 })[1]).toBe(0.99);
  });
});
