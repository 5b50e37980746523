/**
 * The turns that are running, by conversation. They belong to the window and not to a component,
 * so that looking elsewhere does not stop an answer.
 */
import { useSyncExternalStore } from 'react';
import type { ChatEvent } from '../../main/contract/conversation.ts';
import { AppError } from '../../main/contract/errors.ts';
import { api, callCache, updateCall } from '../api.ts';
import { beginTurn, foldEvent, withSaved, type NewTurn, type Turn } from './fold.ts';

type Running = { turn: Turn; waiting: ChatEvent[]; flush: (() => void) | null; controller: AbortController; started: boolean };

const running = new Map<string, Running>();
const listeners = new Set<() => void>();

const announce = () => {
  for (const listener of listeners) listener();
};

/**
 * Runs a turn to its end and shows it as it goes, one redraw a frame. Resolves when the assistant has the question on disk;
 * fails when it never did, so that what was typed can be given back.
 */
export function runTurn(start: NewTurn, send: (signal: AbortSignal) => AsyncIterable<ChatEvent>): Promise<void> {
  running.get(start.conversationId)?.controller.abort();
  const entry: Running = { turn: beginTurn(start, Date.now()), waiting: [], flush: null, controller: new AbortController(), started: false };
  running.set(start.conversationId, entry);
  announce();
  return new Promise((accepted, rejected) => {
    void follow(entry, send, accepted).catch((failure: unknown) => {
      const error = AppError.from(failure);
      if (entry.started) return failed(entry, error);
      drop(entry);
      rejected(error);
    });
  });
}

/** Asks the assistant to stop; what was written so far is kept. */
export function stopTurn(conversationId: string): void {
  running.get(conversationId)?.controller.abort();
}

async function follow(entry: Running, send: (signal: AbortSignal) => AsyncIterable<ChatEvent>, accepted: () => void): Promise<void> {
  for await (const event of send(entry.controller.signal)) {
    entry.waiting.push(event);
    if (event.type === 'started') {
      entry.started = true;
      accepted();
    }
    if (event.type === 'saved') return finished(entry);
    entry.flush ??= soon(() => foldWaiting(entry));
  }
  throw new AppError('disconnected', 'The assistant stopped before it finished.');
}

function foldWaiting(entry: Running): void {
  entry.flush?.();
  entry.flush = null;
  entry.turn = entry.waiting.splice(0).reduce(foldEvent, entry.turn);
  announce();
}

function finished(entry: Running): void {
  foldWaiting(entry);
  const { turn } = entry;
  updateCall('conversation.open', { id: turn.conversationId }, (open) => withSaved(open, turn));
  drop(entry);
  // Numbers of siblings and the title may have changed beside what was streamed.
  callCache.invalidate(['conversation.open'], turn.conversationId);
  callCache.invalidate(['conversation.list']);
}

/** Stopping is no failure, and what the assistant kept of a failed answer is better than what the window saw of it. */
async function failed(entry: Running, error: AppError): Promise<void> {
  foldWaiting(entry);
  entry.turn = { ...entry.turn, phase: 'failed', reading: null, failure: error.code === 'cancelled' ? null : error };
  announce();
  const id = entry.turn.conversationId;
  try {
    const open = await api.conversation.open({ id });
    updateCall('conversation.open', { id }, () => open);
    drop(entry);
  } catch {
    // The assistant is away: what was seen stays in sight until it is back and tells what it kept.
  }
  callCache.invalidate(['conversation.list']);
}

function drop(entry: Running): void {
  entry.flush?.();
  if (running.get(entry.turn.conversationId) === entry) running.delete(entry.turn.conversationId);
  announce();
}

/** On the next frame; a window out of sight draws none, so there a little later. Returns what calls it off. */
function soon(work: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(work, 250);
    return () => clearTimeout(timer);
  }
  const frame = requestAnimationFrame(work);
  return () => cancelAnimationFrame(frame);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The turn of this conversation, while there is one. */
export const runningTurn = (conversationId: string): Turn | null => running.get(conversationId)?.turn ?? null;

/** The same, for a component that follows it. */
export const useRunningTurn = (conversationId: string): Turn | null => useSyncExternalStore(subscribe, () => runningTurn(conversationId));

/** Whether an answer is being written there. */
export function useIsAnswering(conversationId: string): boolean {
  return useSyncExternalStore(subscribe, () => isAnswering(runningTurn(conversationId)));
}

export const isAnswering = (turn: Turn | null): boolean => turn !== null && turn.phase !== 'failed' && turn.phase !== 'saved';
