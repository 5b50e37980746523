import { useSyncExternalStore } from 'react';

/** Where the window is. The address holds it, so that going back, reloading and linking work. */
export type Route =
  | { screen: 'chat'; conversationId: string | null; messageId: string | null }
  | { screen: 'search'; query: string }
  | { screen: 'memory'; memoryId: string | null }
  | { screen: 'personas' | 'models'; id: string | null }
  | { screen: 'settings' | 'welcome' };
export type ScreenName = Route['screen'];

/** `#/chat/<id>?message=<id>` and its like; anything else is a new conversation. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [screen, rawId] = path.split('/');
  const id = rawId ? decode(rawId) : null;
  const values = new URLSearchParams(query);
  switch (screen) {
    case 'search':
      return { screen, query: values.get('q') ?? '' };
    case 'memory':
      return { screen, memoryId: id };
    case 'personas':
    case 'models':
      return { screen, id };
    case 'settings':
    case 'welcome':
      return { screen };
    default:
      return { screen: 'chat', conversationId: screen === 'chat' ? id : null, messageId: values.get('message') };
  }
}

/** The address of a place, for links. */
export function hrefOf(route: Route): string {
  switch (route.screen) {
    case 'chat': {
      const path = route.conversationId ? `#/chat/${encodeURIComponent(route.conversationId)}` : '#/chat';
      return route.messageId ? `${path}?${new URLSearchParams({ message: route.messageId })}` : path;
    }
    case 'search':
      return route.query ? `#/search?${new URLSearchParams({ q: route.query })}` : '#/search';
    case 'memory':
      return withId('#/memory', route.memoryId);
    case 'personas':
    case 'models':
      return withId(`#/${route.screen}`, route.id);
    case 'settings':
    case 'welcome':
      return `#/${route.screen}`;
  }
}

const withId = (path: string, id: string | null) => (id ? `${path}/${encodeURIComponent(id)}` : path);

function decode(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

export const hrefOfMessage = (conversationId: string, messageId: string | null): string => hrefOf({ screen: 'chat', conversationId, messageId });

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
