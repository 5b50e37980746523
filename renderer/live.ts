/** What the assistant says of itself as it goes: connection, engine, index, forgettings, and what changed. */
import { useSyncExternalStore } from 'react';
import type { AppEvent, IndexStatus } from '../main/contract/app.ts';
import { AppError } from '../main/contract/errors.ts';
import type { Forgetting } from '../main/contract/memory.ts';
import type { NotesStatus } from '../main/contract/note.ts';
import type { EngineStatus } from '../main/contract/model.ts';
import { api, callCache } from './api.ts';
import { t } from './messages.ts';
import { notify } from './ui/notices.ts';

export type Live = {
  /**
   * `refused`: the assistant runs, but this window's key is not valid (it was restarted): open it anew.
   * `failed`: it runs, but cannot work on its data folder; `failure` says why and what to do.
   */
  connection: 'connecting' | 'open' | 'lost' | 'refused' | 'failed';
  failure: string | null;
  engine: EngineStatus | null;
  index: IndexStatus | null;
  notes: NotesStatus | null;
  /** By id, as last heard. */
  forgettings: Readonly<Record<string, Forgetting>>;
};

type Changed = Extract<AppEvent, { type: 'changed' }>['what'];
/** Which answers may differ after a change of each kind. */
const affected: Record<Changed, readonly string[]> = {
  conversations: ['conversation.list', 'search.query'],
  conversation: ['conversation.open'],
  memories: ['memory.list', 'memory.get', 'memory.index', 'memory.forgettings', 'persona.ownMemories', 'search.query', 'chat.receipt'],
  claims: [
    'claims.list', 'claims.history', 'claims.conflicts', 'claims.waiting', 'claims.known', 'claims.about', 'claims.asking', 'claims.proposals', 'claims.profile', 'chat.receipt',
  ],
  personas: ['persona.list'],
  adapters: ['persona.adapters'],
  models: ['model.list', 'model.status', 'persona.adapters'],
  settings: ['app.settings', 'search.recent'],
  backups: ['app.backups'],
  // What is open is read again only when its own file has changed: reading on, others change twice a second.
  notes: ['notes.list', 'notes.get', 'notes.search', 'notes.folders', 'search.query', 'search.passages'],
  noteFolders: ['notes.folders', 'notes.list', 'notes.search', 'search.query'],
};

/** Milliseconds before each next try to reach a lost assistant; the last one repeats. */
const waits = [200, 500, 1_000, 2_000, 4_000];

let live: Live = { connection: 'connecting', failure: null, engine: null, index: null, notes: null, forgettings: {} };
const listeners = new Set<() => void>();

function change(part: Partial<Live>): void {
  live = { ...live, ...part };
  for (const listener of listeners) listener();
}

export function applyEvent(event: AppEvent): void {
  switch (event.type) {
    case 'engine':
      heardOfEngine(event.status);
      callCache.invalidate(affected.models);
      return;
    case 'index':
      change({ index: event.status });
      callCache.invalidate(['memory.index']);
      return;
    case 'notes':
      change({ notes: event.status });
      callCache.invalidate(['notes.status']);
      return;
    case 'forgetting':
      change({ forgettings: { ...live.forgettings, [event.forgetting.id]: event.forgetting } });
      callCache.invalidate(['memory.forgettings', 'search.recent']);
      return;
    case 'changed':
      callCache.invalidate(affected[event.what], event.what === 'conversation' ? event.id : null);
      return;
    case 'notice':
      notify({ message: event.message });
      return;
  }
}

/** Follows the assistant until the signal; reconnects by itself, asking for everything shown again. */
export async function followAssistant(signal: AbortSignal): Promise<void> {
  for (let failures = 0; !signal.aborted; failures += 1) {
    try {
      for await (const event of api.app.events({}, signal)) {
        if (live.connection !== 'open') {
          if (live.connection !== 'connecting') reconnected();
          failures = 0;
          change({ connection: 'open', failure: null });
        }
        applyEvent(event);
      }
    } catch (failure) {
      if (signal.aborted) return;
      change(lostBy(AppError.from(failure)));
    }
    await pause(waits[Math.min(failures, waits.length - 1)] ?? 0, signal);
  }
}

function lostBy({ code, message }: AppError): Pick<Live, 'connection' | 'failure'> {
  if (code === 'not-allowed') return { connection: 'refused', failure: null };
  if (code === 'disconnected' || code === 'cancelled') return { connection: 'lost', failure: null };
  return { connection: 'failed', failure: message };
}

/** What the engine has to say is said once in passing; while it is not ready, the banner keeps saying it. */
function heardOfEngine(status: EngineStatus): void {
  const news = status.notice !== live.engine?.notice ? status.notice : null;
  change({ engine: status });
  if (news && status.state === 'ready') notify({ message: news });
}

function reconnected(): void {
  callCache.invalidateAll();
  notify({ message: t('app.reconnected') });
}

/** Waits, but no longer than until the machine is online or the window is looked at again. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      window.removeEventListener('focus', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
    window.addEventListener('focus', done);
  });
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** One part of what is live; the component redraws when that part changes. */
export function useLive<T>(select: (live: Live) => T): T {
  return useSyncExternalStore(subscribe, () => select(live));
}
