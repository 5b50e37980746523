export type HighlightedLine = { content: string; color?: string | undefined }[];
export type HighlightRequest = { id: number; code: string; language: string };
export type HighlightReply = { id: number; lines: HighlightedLine[] | null };

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, (lines: HighlightedLine[] | null) => void>();

/** The coloured tokens of each line of code, or null where its language is not known. */
export function highlight(code: string, language: string): Promise<HighlightedLine[] | null> {
  worker ??= startWorker();
  lastId += 1;
  const request: HighlightRequest = { id: lastId, code, language };
  worker.postMessage(request);
  return new Promise((resolve) => waiting.set(request.id, resolve));
}

function startWorker(): Worker {
  const started = new Worker(new URL('./highlightWorker.ts', import.meta.url), { type: 'module', name: 'highlight' });
  started.addEventListener('message', ({ data }: MessageEvent<HighlightReply>) => {
    waiting.get(data.id)?.(data.lines);
    waiting.delete(data.id);
  });
  return started;
}
