/** What the owner may look through: what is known, what it rests on, what waits for them. */
import { ClaimTopic, type Aside, type Claim, type ClaimOrder, type ClaimOrigin, type Proposal } from '../contract/claim.ts';
import type { Handlers } from '../contract/contract.ts';
import { claimsById, countThings, knownThings, restingText, successors, type KnownRow } from '../store/claimKnown.ts';
import { claimConflicts } from '../store/claimList.ts';
import { getClaim, sameClaims, toClaim } from '../store/claims.ts';
import type { Database } from '../store/database.ts';
import { arrange, holderOf } from './arrange.ts';
import { whyAside } from './screening.ts';
import { topicOf } from './topics.ts';

export type KnownRequest = { by: ClaimOrder; group: string | null; text: string; pinned: boolean; limit: number };

type Browsing = Pick<Handlers['claims'], 'known' | 'about' | 'conflicts' | 'asking' | 'proposals'>;

export const browsing = (db: Database): Browsing => ({
  known: (request) => known(db, request),
  about: ({ id }) => about(db, id),
  conflicts: () => conflicts(db),
  asking: () => ({ proposed: countThings(db, 'proposed'), aside: countThings(db, 'quarantined'), conflicts: conflicts(db).length }),
  proposals: ({ origin, most }) => ({ groups: proposals(db, origin, most), aside: knownThings(db, 'quarantined').map((row) => asideOf(db, row)) }),
});

function known(db: Database, { by, group, text, pinned, limit }: KnownRequest) {
  const { groups, things } = arrange(knownThings(db, 'active', text).filter((row) => !pinned || row.pinned), by);
  const wanted = group === null ? things : things.filter((thing) => thing.group === group);
  const replaced = countReplaced(db);
  const shown = wanted.slice(0, limit).map(({ row, group: key }) => ({
    claim: toClaim(row),
    sources: row.ids.length,
    since: row.begun,
    replaced: row.ids.reduce((sum, id) => sum + (replaced.get(id) ?? 0), 0),
    group: key,
  }));
  return { by, groups, known: shown, total: wanted.length };
}

/** How many claims each has taken the place of, by way of others too. */
function countReplaced(db: Database): Map<string, number> {
  const next = successors(db);
  const counts = new Map<string, number>();
  for (const id of next.keys()) {
    const holder = holderOf(id, next);
    counts.set(holder, (counts.get(holder) ?? 0) + 1);
  }
  return counts;
}

function about(db: Database, id: string): { sources: Claim[]; replaced: Claim[] } {
  const claim = getClaim(db, id);
  const sources = sameClaims(db, claim, [claim.status]).reverse();
  const holders = new Set(sources.map((source) => source.id));
  const next = successors(db);
  const replaced = [...next.keys()].filter((one) => holders.has(holderOf(one, next)));
  return { sources: sources.map(toClaim), replaced: claimsById(db, replaced).map(toClaim) };
}

/** Each question once, however often either side was said. */
function conflicts(db: Database): { older: Claim; newer: Claim }[] {
  const asked = new Set<string>();
  return claimConflicts(db).filter(({ older, newer }) => {
    const question = JSON.stringify([older.keptIn?.id, older.scope, older.scope === 'own' && older.personaId, older.subject, ...[older, newer].map(({ slot, value, ended }) => `${slot} ${value} ${ended}`).sort()]);
    return !asked.has(question) && asked.add(question);
  });
}

function proposals(db: Database, origin: ClaimOrigin | null, most: number) {
  const waiting = knownThings(db, 'proposed').filter((row) => origin === null || row.origin === origin);
  return ClaimTopic.options.flatMap((topic) => {
    const rows = waiting.filter(({ slot }) => topicOf(slot) === topic);
    return rows.length === 0 ? [] : [{ topic, count: rows.length, proposals: rows.slice(0, most).map(proposalOf) }];
  });
}

const proposalOf = (row: KnownRow): Proposal => ({ claim: toClaim(row), ids: row.ids });

const asideOf = (db: Database, row: KnownRow): Aside => ({ ...proposalOf(row), ...whyAside(row, restingText(db, row.memoryId)) });
