import { describe, expect, it } from 'vitest';
import { hrefOf, parseRoute, type Route } from './route.ts';

const places: Route[] = [
  { screen: 'chat', conversationId: null, messageId: null },
  { screen: 'chat', conversationId: 'a/b?c#d', messageId: 'm & n' },
  { screen: 'search', query: 'where? 100% "sure" & more' },
  { screen: 'memory', memoryId: 'x', tab: 'known' },
  { screen: 'memory', memoryId: null, tab: 'review' },
  { screen: 'notes', noteId: null, at: null, query: '' },
  { screen: 'notes', noteId: 'a/b?c', at: { from: 0, to: 12 }, query: '"garden shed" tag:x & -y' },
  { screen: 'notes', noteId: 'n', at: null, query: '', heading: '^id & more' },
  { screen: 'personas', id: null },
  { screen: 'models', id: 'starter model' },
  { screen: 'settings' },
  { screen: 'welcome' },
];

describe('addresses', () => {
  it.each(places)('$screen survives the way there and back', (place) => {
    expect(parseRoute(hrefOf(place))).toEqual(place);
  });

  it('takes no half of a place, and none that runs backwards', () => {
    for (const values of ['from=3', 'to=3', 'from=9&to=3', 'from=-1&to=3', 'from=a&to=b', 'from=&to=']) expect(parseRoute(`#/notes/n?${values}`)).toMatchObject({ noteId: 'n', at: null });
  });

  it.each(['', '#', '#/', '#/nowhere/at/all', '#code=abc', '#/chat/%E0%A4%A'])('%j is a new conversation', (hash) => {
    expect(parseRoute(hash)).toEqual({ screen: 'chat', conversationId: null, messageId: null });
  });
});
