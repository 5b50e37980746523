import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../main/contract/conversation.ts';
import { filterByTitle, groupByDate, worthListing } from './group.ts';

const now = new Date(2026, 10, 20, 0, 30).getTime();
/** Local time: without a zone, the standard reads a date with a time so. */
const at = (day: string, time = '12:00') => new Date(`${day}T${time}`).getTime();

function conversation(id: string, part: Partial<Conversation> = {}): Conversation {
  return {
    id,
    title: id,
    titledBy: 'model',
    personaId: 'friendly',
    pinned: false,
    kept: false,
    archived: false,
    temporary: false,
    notes: null,
    draft: '',
    createdAt: now,
    updatedAt: now,
    messageCount: 2,
    ...part,
  };
}

describe('groupByDate', () => {
  it('goes by calendar days, not by 24 hours: half past midnight, an hour ago is yesterday', () => {
    const groups = groupByDate([conversation('late', { updatedAt: now - 3_600_000 }), conversation('just now')], now);
    expect(groups.map((group) => [group.heading, group.conversations.map(({ id }) => id)])).toEqual([
      ['today', ['just now']],
      ['yesterday', ['late']],
    ]);
  });

  it('puts pinned ones first, whatever their age, and sorts each group newest first', () => {
    const groups = groupByDate(
      [
        conversation('monday', { updatedAt: at('2026-11-16') }),
        conversation('old and pinned', { updatedAt: at('2020-01-01'), pinned: true }),
        conversation('wednesday', { updatedAt: at('2026-11-18') }),
      ],
      now,
    );
    expect(groups.map((group) => group.heading)).toEqual(['pinned', 'week']);
    expect(groups[1]?.conversations.map(({ id }) => id)).toEqual(['wednesday', 'monday']);
  });

  it('keeps the same month of different years apart', () => {
    const groups = groupByDate([conversation('a', { updatedAt: at('2026-03-05') }), conversation('b', { updatedAt: at('2025-03-09') })], now);
    expect(groups.map((group) => group.heading)).toEqual([{ monthOf: at('2026-03-01', '00:00') }, { monthOf: at('2025-03-01', '00:00') }]);
  });

  it('treats a clock that runs ahead as today', () => {
    expect(groupByDate([conversation('tomorrow', { updatedAt: now + 86_400_000 })], now)[0]?.heading).toBe('today');
  });
});

describe('worthListing', () => {
  it('hides empty conversations but the one in sight, and never one with a draft', () => {
    const list = [conversation('empty', { messageCount: 0 }), conversation('here', { messageCount: 0 }), conversation('draft', { messageCount: 0, draft: 'Dear' })];
    expect(worthListing(list, 'here').map(({ id }) => id)).toEqual(['here', 'draft']);
  });
});

describe('filterByTitle', () => {
  it('finds words in any order, case and accent', () => {
    const list = [conversation('a', { title: 'A weekend in Évora' }), conversation('b', { title: 'Tax return' })];
    expect(filterByTitle(list, 'evora WEEK').map(({ id }) => id)).toEqual(['a']);
    expect(filterByTitle(list, '  ')).toHaveLength(2);
  });
});
