import { useEffect, useState } from 'react';
import { useCommand } from '../keyboard.ts';
import type * as Overlay from '../palette/overlays.ts';
import { attempt } from '../ui/notices.ts';
import { go } from './route.ts';

type Parts = typeof Overlay;

let fetched: Parts | null = null;
const fetchOverlays = async () => (fetched = await import('../palette/overlays.ts'));

/**
 * Palette and keyboard map, above whatever is shown. They come in a chunk of their own, fetched once the window stands:
 * a palette that opened late would leave the first letters typed after its keys to the message box.
 */
export function Overlays() {
  const [shown, setShown] = useState<{ name: 'palette' | 'keyboard'; parts: Parts } | null>(null);
  const show = (name: 'palette' | 'keyboard') => {
    if (fetched) setShown({ name, parts: fetched });
    else void attempt(async () => setShown({ name, parts: await fetchOverlays() }));
  };
  const close = () => setShown(null);
  useEffect(fetchSoon, []);

  useCommand('app.palette', () => (shown?.name === 'palette' ? close() : show('palette')));
  useCommand('app.keyboard', () => show('keyboard'));
  useCommand('place.search', () => go({ screen: 'search', query: '' }));
  useCommand('place.notes', () => go({ screen: 'notes', noteId: null, at: null, query: '' }));
  useCommand('place.memory', () => go({ screen: 'memory', memoryId: null, tab: 'known' }));
  useCommand('place.personas', () => go({ screen: 'personas', id: null }));
  useCommand('place.models', () => go({ screen: 'models', id: null }));
  useCommand('place.settings', () => go({ screen: 'settings' }));

  if (!shown) return null;
  return shown.name === 'palette' ? <shown.parts.Palette onClose={close} /> : <shown.parts.KeyboardMap onClose={close} />;
}

function fetchSoon(): () => void {
  // Where that fails it is fetched when it is asked for, and said if it fails then.
  const timer = setTimeout(() => void fetchOverlays().catch(() => {}), 300);
  return () => clearTimeout(timer);
}
