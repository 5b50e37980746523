import type { Conversation } from '../../main/contract/conversation.ts';
import { daysBetween } from '../format.ts';

/** A heading of the list: one of the named ones, or the month that begins at this time. */
export type Heading = 'pinned' | 'today' | 'yesterday' | 'week' | 'month' | { monthOf: number };
export type Group = { heading: Heading; conversations: Conversation[] };

/** Pinned first, then by how long ago they were last added to, newest first within each. Calendar days, local time. */
export function groupByDate(conversations: readonly Conversation[], now: number): Group[] {
  const groups = new Map<string, Group>();
  for (const conversation of inListOrder(conversations)) {
    const heading = conversation.pinned ? 'pinned' : headingOf(conversation.updatedAt, now);
    const key = typeof heading === 'string' ? heading : `month ${heading.monthOf}`;
    const group = groups.get(key);
    if (group) group.conversations.push(conversation);
    else groups.set(key, { heading, conversations: [conversation] });
  }
  return [...groups.values()];
}

/** Pinned first, then the latest. */
export const inListOrder = (conversations: readonly Conversation[]): Conversation[] =>
  [...conversations].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.updatedAt - a.updatedAt);

function headingOf(at: number, now: number): Heading {
  const days = daysBetween(at, now);
  if (days <= 0) return 'today';
  if (days === 1) return 'yesterday';
  if (days <= 7) return 'week';
  if (days <= 30) return 'month';
  const date = new Date(at);
  return { monthOf: new Date(date.getFullYear(), date.getMonth(), 1).getTime() };
}

/** What the list shows: not the empty ones that were opened and left, except the one in sight. */
export function worthListing(conversations: readonly Conversation[], currentId: string | null): Conversation[] {
  return conversations.filter((conversation) => conversation.messageCount > 0 || conversation.draft.trim() !== '' || conversation.pinned || conversation.kept || conversation.id === currentId);
}

/** Titles that contain every word typed, whatever their case and accents. */
export function filterByTitle(conversations: readonly Conversation[], typed: string): readonly Conversation[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return conversations;
  return conversations.filter((conversation) => words.every((word) => plain(conversation.title).includes(word)));
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
