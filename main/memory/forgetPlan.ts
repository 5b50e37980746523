/** What forgetting would do to each place. Pure: places in, carriers and changes out. */
import type { Carrier } from '../contract/memory.ts';
import type { Place } from '../store/places.ts';
import { repeats, withoutParts } from './profileParts.ts';
import { createRedactor, isBare, mark, segmentsOf, type Needles, type Redactor } from './redact.ts';

/** One column of one row, as it stands and as it would. `after` null: the row goes. */
export type Change = { table: Place['table']; id: string; column: string; before: string; after: string | null };

export type Planned = { carrier: Carrier; changes: Change[] };

/** The thing itself: what was said or written, and what that corrects. */
export type Target = {
  /** The memory and what it stands for: answers that cite these are looked at. */
  memoryIds: ReadonlySet<string>;
  /** By row id: the segments that go whatever else is looked for. */
  own: ReadonlyMap<string, ReadonlySet<string>>;
};

export function planChanges(places: readonly Place[], target: Target, needles: Needles): Planned[] {
  const redactor = createRedactor(needles);
  const certainly = createRedactor({ ...needles, weak: [] });
  const restingOnIt = new Set(places.filter((place) => restsOn(place, target.memoryIds)).map((place) => place.id));
  const texts = places.filter(({ kind }) => kind !== 'claim' && kind !== 'profile').flatMap((place) => {
    const found = changesOf(place, target, redactor);
    if (found.length > 0) {
      const certain = target.own.has(place.id) || changesOf(place, target, certainly).length > 0;
      return [planned(place, found, certain)];
    }
    // It used the memory, and says so in words of its own; where a mark stands, that part has gone before.
    if (place.kind === 'answer' && restingOnIt.has(place.id) && !(place.texts.text ?? '').includes(mark)) {
      return [planned(place, [change(place, 'text', mark)], false)];
    }
    return [];
  });
  const redactors = { redactor, certainly };
  const all = withClaims(texts, places.filter(({ kind }) => kind === 'claim'), redactors);
  return [...all, ...places.filter(({ kind }) => kind === 'profile').flatMap((place) => profilePlanned(place, all, redactors))];
}

/** A profile loses the parts that say it, and those that repeat a claim that goes. */
function profilePlanned(place: Place, going: readonly Planned[], { redactor, certainly }: Redactors): Planned[] {
  const lines = going.flatMap(({ changes }) => changes).flatMap((one) => (one.table === 'claim' && one.column === 'text' ? [one.before] : []));
  const before = place.texts.text ?? '';
  const without = ({ carries }: Redactor) => withoutParts(before, (part) => carries(part) || repeats(part, lines));
  const after = without(redactor);
  return after === before ? [] : [planned(place, [change(place, 'text', after)], without(certainly) !== before)];
}

type Redactors = { redactor: Redactor; certainly: Redactor };

/** A claim goes with the text it rests on; one that says it in other words than its text does is a place of its own. */
function withClaims(planned: Planned[], claims: readonly Place[], { redactor, certainly }: Redactors): Planned[] {
  const sources = new Map(planned.filter(({ carrier }) => carrier.kind === 'message' || carrier.kind === 'memory').map((one) => [one.carrier.key.slice(one.carrier.kind.length + 1), one]));
  const goingAlong = new Map<Planned, Change[]>();
  const alone: Planned[] = [];
  for (const claim of claims) {
    const source = sources.get(claim.source ?? '');
    const says = Object.values(claim.texts).some((text) => redactor.carries(text));
    if (source && (says || !stillRests(claim, source))) goingAlong.set(source, [...(goingAlong.get(source) ?? []), ...removalOf(claim)]);
    else if (says) alone.push(claimPlanned(claim, Object.values(claim.texts).some((text) => certainly.carries(text))));
  }
  return [...planned.map((one) => ({ ...one, changes: [...one.changes, ...(goingAlong.get(one) ?? [])] })), ...alone];
}

const stillRests = ({ texts }: Place, { changes }: Planned) =>
  changes.filter(({ column }) => column === 'text').every(({ after }) => (after ?? '').includes(texts.quote ?? ''));

const removalOf = ({ table, id, texts }: Place): Change[] => Object.entries(texts).map(([column, before]) => ({ table, id, column, before, after: null }));

const claimPlanned = (claim: Place, certain: boolean): Planned => ({
  changes: removalOf(claim),
  carrier: { key: `claim:${claim.id}`, kind: 'claim', where: claim.where, before: claim.texts.text ?? '', after: null, at: claim.at, certain },
});

function changesOf(place: Place, target: Target, redactor: Redactor): Change[] {
  return Object.entries(place.texts)
    .map(([column, text]) => change(place, column, redacted(place, { column, text }, { own: target.own.get(place.id), redactor })))
    .filter(({ before, after }) => before !== after);
}

function change(place: Place, column: string, after: string | null): Change {
  const goes = place.kind === 'memory' && after !== null && isBare(after);
  return { table: place.table, id: place.id, column, before: place.texts[column] ?? '', after: goes ? null : after };
}

function redacted(place: Place, cell: { column: string; text: string }, { own, redactor }: { own: ReadonlySet<string> | undefined; redactor: Redactor }): string {
  if (place.kind === 'citation' || place.kind === 'attachment') return redactor.cell(cell.text);
  if (place.kind === 'title' || cell.column === 'name') return redactor.title(cell.text);
  return redactor.text(cell.text, own);
}

function planned(place: Place, changes: Change[], certain: boolean): Planned {
  const shown = changes.flatMap(({ before, after }) =>
    place.kind === 'citation' || place.kind === 'attachment' ? changedStrings(parse(before), parse(after ?? '')) : [{ before, after }],
  );
  const goes = shown.every(({ after }) => after === null);
  return {
    changes,
    carrier: {
      key: `${place.kind}:${place.id}`,
      kind: place.kind,
      where: place.where,
      before: shown.map(({ before }) => before).join('\n'),
      after: goes ? null : shown.map(({ after }) => after ?? '').join('\n'),
      at: place.at,
      certain,
    },
  };
}

function restsOn(place: Place, memoryIds: ReadonlySet<string>): boolean {
  if (place.kind !== 'citation') return false;
  const citations = parse(place.texts.citations ?? '[]');
  return (
    Array.isArray(citations) &&
    citations.some((citation: { memoryId?: string; used?: boolean }) => citation.used === true && memoryIds.has(citation.memoryId ?? ''))
  );
}

const parse = (text: string): unknown => JSON.parse(text);

/** The strings in which two values of one shape differ. */
function changedStrings(one: unknown, other: unknown): { before: string; after: string }[] {
  if (typeof one === 'string' && typeof other === 'string') return one === other ? [] : [{ before: one, after: other }];
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null) return [];
  return Object.entries(one).flatMap(([key, value]) => changedStrings(value, (other as Record<string, unknown>)[key]));
}

/**
 * What must be looked for in other files so that they lose the same: whatever the changes took out that the needles
 * alone would not find. Texts too short to be looked for are paired with their row instead.
 */
export function widen(needles: Needles, changes: readonly Change[]): { needles: Needles; mirrors: Change[] } {
  const redactor = createRedactor(needles);
  const missed = changes
    // A claim's words stand in its line; each alone ("home", "you") stands everywhere.
    .filter(({ table, column }) => column !== 'citations' && column !== 'given' && (table !== 'claim' || column === 'text'))
    .flatMap(({ before, after }) => {
      const left = new Set((after ?? '').split(mark).flatMap(segmentsOf).map((segment) => segment.trim()));
      return segmentsOf(before).filter((segment) => !left.has(segment.trim()) && !redactor.carries(segment));
    });
  const widened = { ...needles, sentences: [...new Set([...needles.sentences, ...missed.map((segment) => segment.trim())])] };
  const wide = createRedactor(widened);
  return { needles: widened, mirrors: changes.filter(({ before, after }) => after === null || wide.cell(before) !== after) };
}
