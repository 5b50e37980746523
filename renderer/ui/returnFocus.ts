import { useRef } from 'react';

type Handlers = { onOpenAutoFocus: (event: Event) => void; onCloseAutoFocus: (event: Event) => void };

/**
 * For the content of a layer: gives the focus back to where it was before. By itself the layer would give it to its
 * trigger only, and most of ours are opened by keys, commands or menus. `focusFirst` says where it goes meanwhile.
 */
export function useReturnFocus(focusFirst: (event: Event) => void = () => {}): Handlers {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: (event) => {
      before.current = placeOf(document.activeElement);
      focusFirst(event);
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      // What the layer did may have led elsewhere, and taken the focus along.
      if (document.activeElement !== document.body) return;
      const place = before.current?.isConnected ? before.current : document.querySelector('main');
      place?.focus({ preventScroll: true });
    },
  };
}

/** A menu that opened the layer is gone when that closes; its button is not. */
function placeOf(element: Element | null): HTMLElement | null {
  const button = element?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const place = button ? document.getElementById(button) : element;
  return place instanceof HTMLElement && place !== document.body ? place : null;
}
