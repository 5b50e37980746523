/** What the owner drops on the window. */
import { useEffect, useRef, useState } from 'react';

/** `paths` is empty where nobody says where the dropped things lie: a browser keeps that to itself. */
export type Dropped = { paths: string[]; folder: boolean };

/** How long the shell's preload script has to say where they lie, milliseconds. */
const toldWithinMs = 1_000;

/** Follows files that are dragged over the window while the component is shown; says whether any are over it now. */
export function useDropped(onDrop: (dropped: Dropped) => void, enabled = true): boolean {
  const [over, setOver] = useState(false);
  const latest = useRef(onDrop);
  useEffect(() => {
    latest.current = onDrop;
  });
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    const { signal } = stop;
    const drag = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'link';
      setOver(true);
    };
    window.addEventListener('dragenter', drag, { signal });
    window.addEventListener('dragover', drag, { signal });
    window.addEventListener('dragleave', (event) => event.relatedTarget === null && setOver(false), { signal });
    window.addEventListener(
      'drop',
      (event) => {
        if (!holdsFiles(event)) return;
        event.preventDefault();
        setOver(false);
        void droppedIn(event).then((dropped) => latest.current(dropped));
      },
      { signal },
    );
    return () => stop.abort();
  }, [enabled]);
  return over;
}

const holdsFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true || dataTransfer?.types.includes('text/uri-list') === true;

async function droppedIn({ dataTransfer }: DragEvent): Promise<Dropped> {
  const folder = [...(dataTransfer?.items ?? [])].some((item) => item.kind === 'file' && item.webkitGetAsEntry()?.isDirectory === true);
  const listed = pathsIn(dataTransfer?.getData('text/uri-list') ?? '');
  // Told by `electron/preload.ts`; the loopback host has none.
  const paths = listed.length > 0 || location.hostname === '127.0.0.1' ? listed : await toldPaths();
  return { paths, folder: folder || paths.length > 0 };
}

/** Files in a list of addresses, as some file managers give it. */
export function pathsIn(list: string): string[] {
  return list.split(/\r?\n/).flatMap((line) => {
    if (!/^file:\/\/(localhost)?\//.test(line)) return [];
    try {
      const path = decodeURIComponent(new URL(line).pathname);
      return [/^\/[a-z]:\//i.test(path) ? path.slice(1) : path];
    } catch {
      return [];
    }
  });
}

function toldPaths(): Promise<string[]> {
  return new Promise((resolve) => {
    const done = (paths: string[]) => {
      clearTimeout(timer);
      window.removeEventListener('message', listen);
      resolve(paths);
    };
    const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
      const told = data as { type?: unknown; paths?: unknown } | null;
      if (source !== window || origin !== location.origin || told?.type !== 'engram-dropped' || !Array.isArray(told.paths)) return;
      done(told.paths.filter((path) => typeof path === 'string'));
    };
    const timer = setTimeout(() => done([]), toldWithinMs);
    window.addEventListener('message', listen);
  });
}
