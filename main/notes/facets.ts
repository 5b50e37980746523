/** What the notes that were found could be narrowed to, counted over all that match. */
import path from 'node:path';
import type { Counted, NoteFacet } from '../contract/note.ts';
import type { Database } from '../store/database.ts';
import { keptWithin, matchingNotes, placesOf, tagsOf, type Place } from '../store/noteFacets.ts';
import { folded } from '../store/noteText.ts';
import { hasFilter, matchOf } from '../words/query.ts';
import type { Understood } from '../words/understand.ts';
import { withinOf } from './search.ts';
import { notesHoldingAll, settled, tellingOf } from './terms.ts';

/** As many notes are counted as a moment between two keystrokes allows. */
const mostCounted = 1_000;
/** Of each kind. */
const mostShown = 8;

export type Facets = { facets: NoteFacet[]; count: Counted };

export function facetsOf(db: Database, understood: Understood): Facets {
  const notes = notesMatching(db, understood);
  const count = { count: Math.min(notes.length, mostCounted), more: notes.length > mostCounted };
  if (notes.length === 0) return { facets: [], count };
  const counted = notes.slice(0, mostCounted);
  const places = placesOf(db, counted);
  const tags = tagsOf(db, counted, mostShown).map(({ tag, count: held }): NoteFacet => ({ kind: 'tag', label: tag, filter: `tag:${quoted(tag)}`, count: held }));
  return { facets: [...folders(places), ...types(places), ...tags, ...tops(places, pathAsked(understood))], count };
}

function notesMatching(db: Database, { query, alike }: Understood): number[] {
  const within = withinOf(query);
  const most = mostCounted + 1;
  const terms = tellingOf(db, settled(db, { wanted: query.wanted, alike }));
  const match = matchOf(terms.wanted, terms.alike);
  if (match === null) return hasFilter(query) ? keptWithin(db, within, { among: null, most }) : [];
  const together = matchingNotes(db, { match, within, most });
  if (terms.wanted.length === 1 || together.length === most) return together;
  const apart = notesHoldingAll(db, terms);
  return [...new Set([...together, ...keptWithin(db, within, { among: apart, most })])].slice(0, most);
}

/** Nothing is narrowed by a choice of one. */
const ofSeveral = (facets: NoteFacet[]): NoteFacet[] =>
  facets.length < 2 ? [] : facets.sort((one, other) => other.count - one.count || one.label.localeCompare(other.label)).slice(0, mostShown);

function folders(places: readonly Place[]): NoteFacet[] {
  const all = [...counted(places, ({ folder }) => folder)].map(([folder, count]) => ({ folder, count, name: path.basename(folder) || folder }));
  const isAlone = (name: string) => all.filter((one) => one.name === name).length === 1;
  return ofSeveral(all.map(({ folder, name, count }) => ({ kind: 'folder', label: isAlone(name) ? name : folder, filter: `folder:${quoted(isAlone(name) ? name : folder)}`, count })));
}

const types = (places: readonly Place[]): NoteFacet[] => ofSeveral([...counted(places, ({ type }) => type)].map(([type, count]) => ({ kind: 'type', label: type, filter: `type:${quoted(type)}`, count })));

/** Folders in the folders, those right below what is asked for already. */
function tops(places: readonly Place[], asked: string): NoteFacet[] {
  const depth = asked.split('/').length - 1;
  const all = counted(places, (place) => {
    const parts = place.path.split('/');
    return folded(`/${place.path}`).startsWith(asked) && parts.length > depth ? parts.slice(0, depth).join('/') : null;
  });
  return ofSeveral([...all].map(([top, count]) => ({ kind: 'path', label: top, filter: `path:${quoted(`/${top}/`)}`, count })));
}

/** The longest path that is asked for from its beginning to a folder's end. */
const pathAsked = ({ query }: Understood): string =>
  query.filters.paths.filter(({ value, isNot }) => !isNot && value.startsWith('/') && value.endsWith('/')).reduce((longest, { value }) => (value.length > longest.length ? value : longest), '/');

function counted(places: readonly Place[], nameOf: (place: Place) => string | null): Map<string, number> {
  const counts = new Map<string, number>();
  for (const place of places) {
    const name = nameOf(place);
    if (name !== null && name !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

const quoted = (value: string) => (/^[^\s"]+$/u.test(value) ? value : `"${value.replaceAll('"', ' ')}"`);
