import type { EngineStatus } from '../contract/model.ts';
import type { Engine } from '../engine/engine.ts';

const isBusy = ({ state }: EngineStatus) => state === 'loading' || state === 'starting';

/**
 * Resolves when the engine is loading nothing, or when stopped: a question asked while the model comes up waits for it
 * rather than failing. `started`: what is loaded at start has been tried.
 */
export async function modelSettled(engine: Pick<Engine, 'status' | 'onStatus'>, started: Promise<void>, signal: AbortSignal): Promise<void> {
  await Promise.race([started, aborted(signal)]);
  if (signal.aborted || !isBusy(engine.status())) return;
  await new Promise<void>((resolve) => {
    const finish = () => {
      unsubscribe();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const unsubscribe = engine.onStatus((status) => {
      if (!isBusy(status)) finish();
    });
    signal.addEventListener('abort', finish);
  });
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
