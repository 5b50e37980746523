import { useSyncExternalStore } from 'react';
import type { ImportEvent, ImportKind } from '../../main/contract/importing.ts';
import { api, callCache } from '../api.ts';
import { go } from '../app/route.ts';
import { t } from '../messages.ts';
import { pick } from '../picker/pick.ts';
import { attempt, notify } from '../ui/notices.ts';
import { importOutcome } from './importOutcome.ts';

export type Importing = {
  /** Null while the file is being recognised. */
  kind: ImportKind | null;
  /** Of the file, between 0 and 1; null: not known yet. */
  fraction: number | null;
  /** Messages read so far. */
  messages: number;
  stopping: boolean;
  stop: () => void;
};

let importing: Importing | null = null;
const listeners = new Set<() => void>();

function show(next: Importing | null): void {
  importing = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The import that runs, if one does. */
export const useImporting = (): Importing | null => useSyncExternalStore(subscribe, () => importing);

type Started = Extract<ImportEvent, { type: 'started' }>;
type Done = Extract<ImportEvent, { type: 'done' }>;

/** Brings in conversations from a file of this machine, whoever exported it, and says what came of it. */
export async function importConversations(): Promise<void> {
  const path = importing ? null : await pick({ title: t('import.pick'), extensions: ['zip', 'json', 'jsonl', 'md', 'txt'], folder: false });
  // Two of them would only wait for each other.
  if (importing) notify({ message: t('import.busy') });
  if (path === null || importing) return;
  const stopper = new AbortController();
  const stop = () => {
    stopper.abort();
    if (importing) show({ ...importing, stopping: true });
  };
  show({ kind: null, fraction: null, messages: 0, stopping: false, stop });
  try {
    const last = await attempt(() => follow(api.conversation.importPast({ path }, stopper.signal)));
    callCache.invalidate(['conversation.list', 'search.query']);
    if (last) sayOutcome(last.kind, last.done);
  } finally {
    show(null);
  }
}

async function follow(events: AsyncIterable<ImportEvent>): Promise<{ kind: ImportKind | null; done: Done } | null> {
  let started: Started | null = null;
  for await (const event of events) {
    if (event.type === 'done') return { kind: started?.kind ?? null, done: event };
    if (event.type === 'started') started = event;
    if (importing) show({ ...importing, ...shownOf(event, started) });
  }
  return null;
}

function shownOf(event: Exclude<ImportEvent, Done>, started: Started | null): Partial<Importing> {
  if (event.type === 'started') return { kind: event.kind };
  const { added, known } = event.figures.messages;
  return { messages: added + known, fraction: started && started.bytes > 0 ? event.bytes / started.bytes : null };
}

/** A few conversations are opened at once; of many, the first is offered. */
function sayOutcome(kind: ImportKind | null, done: Done): void {
  const { added, grown } = done.figures.conversations;
  const { firstId } = done;
  const open = firstId === null ? null : () => go({ screen: 'chat', conversationId: firstId, messageId: null });
  const atOnce = open !== null && (kind === 'engram' || added + grown === 1);
  if (atOnce) open();
  const action = open && !atOnce ? { action: { label: t('import.show'), run: open } } : {};
  notify({ message: importOutcome(kind, done), lasts: 20_000, ...action });
}
