import { useSyncExternalStore } from 'react';

/** Where the window is. The address holds it, so that going back, reloading and linking work. */
export type Route =
  | { screen: 'chat'; conversationId: string | null; messageId: string | null }
  | { screen: 'search'; query: string }
  | NotesRoute
  | { screen: 'memory'; memoryId: string | null; tab: MemoryTab }
  | { screen: 'personas' | 'models'; id: string | null }
  | { screen: 'settings' | 'welcome' };
/** `at`: characters of the note's text to show; `query`: what was searched for, to mark its words; `heading`: as a link names it. */
export type NotesRoute = { screen: 'notes'; noteId: string | null; at: { from: number; to: number } | null; query: string; heading?: string | undefined };
/** What is known, what was said, what waits for the owner, what was forgotten. */
export const memoryTabs = ['known', 'words', 'review', 'forgotten'] as const;
export type MemoryTab = (typeof memoryTabs)[number];
export type ScreenName = Route['screen'];

type Read = (id: string | null, values: URLSearchParams) => Route;
const readers: Record<ScreenName, Read> = {
  chat: (conversationId, values) => ({ screen: 'chat', conversationId, messageId: values.get('message') }),
  search: (_, values) => ({ screen: 'search', query: values.get('q') ?? '' }),
  notes: (noteId, values) => ({ screen: 'notes', noteId, at: placeIn(values), query: values.get('q') ?? '', ...(values.get('h') ? { heading: values.get('h')! } : {}) }),
  memory: (memoryId, values) => ({ screen: 'memory', memoryId, tab: memoryTabs.find((tab) => tab === values.get('tab')) ?? 'known' }),
  personas: (id) => ({ screen: 'personas', id }),
  models: (id) => ({ screen: 'models', id }),
  settings: () => ({ screen: 'settings' }),
  welcome: () => ({ screen: 'welcome' }),
};
/** Both ends, or none. */
function placeIn(values: URLSearchParams): { from: number; to: number } | null {
  const [from = NaN, to = NaN] = ['from', 'to'].map((name) => (/^\d{1,9}$/.test(values.get(name) ?? '') ? Number(values.get(name)) : NaN));
  return to >= from ? { from, to } : null;
}

const isScreen = (name: string): name is ScreenName => Object.hasOwn(readers, name);

/** `#/chat/<id>?message=<id>` and its like; anything else is a new conversation. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [name = '', id] = path.split('/');
  if (!isScreen(name)) return { screen: 'chat', conversationId: null, messageId: null };
  return readers[name](id ? decode(id) : null, new URLSearchParams(query));
}

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

/** The address of a place, for links. */
export function hrefOf(route: Route): string {
  const { id, values } = partsOf(route);
  const query = new URLSearchParams(values).toString();
  return `#/${route.screen}${id ? `/${encodeURIComponent(id)}` : ''}${query ? `?${query}` : ''}`;
}

function partsOf(route: Route): { id?: string | null; values?: Record<string, string> } {
  switch (route.screen) {
    case 'chat':
      return { id: route.conversationId, values: given({ message: route.messageId }) };
    case 'search':
      return { values: given({ q: route.query }) };
    case 'notes':
      return { id: route.noteId, values: valuesOfNote(route) };
    case 'memory':
      return { id: route.memoryId, values: given({ tab: route.tab === 'known' ? null : route.tab }) };
    case 'personas':
    case 'models':
      return { id: route.id };
    case 'settings':
    case 'welcome':
      return {};
  }
}

const valuesOfNote = ({ at, query, heading }: NotesRoute) => given({ from: at && String(at.from), to: at && String(at.to), q: query, h: heading ?? null });

/** Those that say something. */
const given = (values: Record<string, string | null>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])));

export const hrefOfMessage = (conversationId: string, messageId: string | null): string => hrefOf({ screen: 'chat', conversationId, messageId });

export const hrefOfNote = (noteId: string | null, at: NotesRoute['at'] = null, query = ''): string => hrefOf({ screen: 'notes', noteId, at, query });

/** Goes to a place. `replace` leaves no step in the history. */
export function go(route: Route, how: 'push' | 'replace' = 'push'): void {
  const href = hrefOf(route);
  if (how === 'push') {
    // Asking for the message one already stands on must scroll to it again.
    if (location.hash === href) window.dispatchEvent(new HashChangeEvent('hashchange'));
    else location.hash = href;
    return;
  }
  history.replaceState(null, '', href);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}

let lastHash: string | null = null;
let lastRoute: Route = parseRoute('');

/** A new object after every move, the same object between moves. */
export function routeNow(): Route {
  if (location.hash !== lastHash) {
    lastHash = location.hash;
    lastRoute = parseRoute(location.hash);
  }
  return lastRoute;
}

function subscribe(listener: () => void): () => void {
  const moved = () => {
    lastHash = null;
    listener();
  };
  window.addEventListener('hashchange', moved);
  return () => window.removeEventListener('hashchange', moved);
}

export const useRoute = (): Route => useSyncExternalStore(subscribe, routeNow);
