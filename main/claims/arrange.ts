/** Puts what is known into the order and the groups the owner looks through. Pure. */
import { ClaimTopic, type ClaimGroup, type ClaimOrder } from '../contract/claim.ts';
import type { KnownRow } from '../store/claimKnown.ts';
import { namesPlace, topicOf } from './topics.ts';

export type Arranged = { row: KnownRow; group: string };

/** `known`: latest first. A place is named by few things; by any other order all of them are there. */
export function arrange(known: readonly KnownRow[], by: ClaimOrder): { groups: ClaimGroup[]; things: Arranged[] } {
  if (by === 'time') return { groups: [], things: known.map((row) => ({ row, group: '' })) };
  const { keyOf, labelOf, compare } = orders[by];
  const byKey = new Map<string, KnownRow[]>();
  for (const row of known) {
    const key = keyOf(row);
    const rows = key === null ? null : byKey.get(key);
    if (rows) rows.push(row);
    else if (key !== null) byKey.set(key, [row]);
  }
  const groups = [...byKey].map(([key, rows]) => ({ key, label: labelOf(rows[0]!), count: rows.length })).sort(compare);
  return { groups, things: groups.flatMap(({ key }) => within(byKey.get(key)!).map((row) => ({ row, group: key }))) };
}

type Order = { keyOf(row: KnownRow): string | null; labelOf(row: KnownRow): string; compare(one: ClaimGroup, other: ClaimGroup): number };

/** Who or where most is known about comes first. */
const mostFirst = (one: ClaimGroup, other: ClaimGroup) => other.count - one.count || one.label.localeCompare(other.label);
const topicOrder = (topic: string) => ClaimTopic.options.findIndex((one) => one === topic);

const orders: Record<Exclude<ClaimOrder, 'time'>, Order> = {
  person: {
    keyOf: ({ subject }) => subject,
    labelOf: ({ subject }) => subject.charAt(0).toUpperCase() + subject.slice(1),
    compare: (one, other) => Number(other.key === 'you') - Number(one.key === 'you') || mostFirst(one, other),
  },
  place: {
    keyOf: ({ slot, valueKey, value }) => (namesPlace(slot) && value !== '' ? valueKey : null),
    labelOf: ({ value }) => value,
    compare: mostFirst,
  },
  topic: {
    keyOf: ({ slot }) => topicOf(slot),
    labelOf: ({ slot }) => topicOf(slot),
    compare: (one, other) => topicOrder(one.key) - topicOrder(other.key),
  },
};

/** By topic, and within one as it came: a name first, then where somebody lives. */
const within = (rows: readonly KnownRow[]) => [...rows].sort((one, other) => topicOrder(topicOf(one.slot)) - topicOrder(topicOf(other.slot)));

/** At the end of the chain that begins with this claim. */
export function holderOf(id: string, successors: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let holder = id;
  for (let next = successors.get(id); next !== undefined && !passed.has(next); next = successors.get(next)) {
    passed.add(next);
    holder = next;
  }
  return holder;
}
