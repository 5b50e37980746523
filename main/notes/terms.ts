/** What is looked for, told by how common it is: what stands nearly everywhere tells nothing, and takes longest to look for. */
import type { Database } from '../store/database.ts';
import { countRows, notesHolding } from '../store/noteSearch.ts';
import { matchOfOne, termOf, type Wanted } from '../words/query.ts';
import type { Understood } from '../words/understand.ts';

export type Terms = Pick<Understood['query'], 'wanted'> & Pick<Understood, 'alike'>;

/** What stands in so many rows stands nearly everywhere. */
const common = 12_000;

type Known = { settled?: Terms; telling?: Terms; notes?: number[] };
/** By what was wanted: the same search is counted for its facets, too. */
const knownOf = new WeakMap<readonly Wanted[], Known>();

function known<K extends keyof Known>(wanted: readonly Wanted[], key: K, find: () => NonNullable<Known[K]>): NonNullable<Known[K]> {
  const all = knownOf.get(wanted) ?? {};
  knownOf.set(wanted, all);
  return (all[key] ??= find())!;
}

/** A word that stands nearly everywhere is no other's beginning, until another letter is typed: all that begin with "the" take long to look for. */
export const settled = (db: Database, terms: Terms): Terms =>
  known(terms.wanted, 'settled', () => {
    const last = terms.wanted.at(-1);
    if (!last?.isTyped || countRows(db, termOf({ ...last, words: last.words.slice(-1), isTyped: false }), common) < common) return terms;
    const alike = new Map([...terms.alike].filter(([at]) => at !== terms.wanted.length - 1));
    return { wanted: [...terms.wanted.slice(0, -1), { ...last, isTyped: false }], alike };
  });

/**
 * Without what stands nearly everywhere, where there is more: it leaves out next to nothing, and to look for it takes
 * longer than all the rest. What stands in quotes is asked for as it is.
 */
export const tellingOf = (db: Database, terms: Terms): Terms =>
  known(terms.wanted, 'telling', () => {
    if (terms.wanted.length < 2) return terms;
    const kept = terms.wanted.flatMap((one, index) => {
      const isCommon = !one.isQuoted && countRows(db, matchOfOne(one, terms.alike.get(index)), common) === common;
      return isCommon ? [] : [{ one, others: terms.alike.get(index) }];
    });
    if (kept.length === 0 || kept.length === terms.wanted.length) return terms;
    return { wanted: kept.map(({ one }) => one), alike: new Map(kept.flatMap(({ others }, index) => (others ? [[index, others] as const] : []))) };
  });

/** Notes in which all words stand, wherever. The rarest word first: what has it not is not looked at again. */
export const notesHoldingAll = (db: Database, terms: Terms): number[] =>
  known(terms.wanted, 'notes', () => {
    let notes: number[] | null = null;
    for (const { match } of rowsOf(db, terms)) {
      notes = notesHolding(db, match, notes);
      if (notes.length === 0) break;
    }
    return notes ?? [];
  });

/** What does not stand nearly everywhere, each in full-text syntax. */
export const rareOf = (db: Database, terms: Terms): string[] => rowsOf(db, terms).filter(({ rows }) => rows < common).map(({ match }) => match);

const rowsOf = (db: Database, { wanted, alike: others }: Terms) =>
  wanted
    .map((one, index) => matchOfOne(one, others.get(index)))
    .map((match) => ({ match, rows: countRows(db, match, common) }))
    .sort((one, other) => one.rows - other.rows);
