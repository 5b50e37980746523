/**
 * The keyboard map: every action of the window, the keys it has, and one listener for all of them.
 * An action exists while some component answers for it (`useCommand`); the palette offers exactly those.
 */
import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { MessageKey } from './messages.ts';
import { matchesKeys } from './ui/keys.ts';

export type CommandGroup = 'anywhere' | 'conversation' | 'answer' | 'note' | 'places';
type Command = {
  label: MessageKey;
  group: CommandGroup;
  keys?: string;
  /** Also while typing in a field. Combinations with Ctrl/Cmd or Alt always work there. */
  whileTyping?: boolean;
  /** Not offered in the palette: it only makes sense as a key. */
  hidden?: boolean;
};

export const commands = {
  'app.palette': { label: 'command.palette', group: 'anywhere', keys: 'mod+k', hidden: true },
  'app.keyboard': { label: 'command.keyboard', group: 'anywhere', keys: 'mod+/' },
  'app.sidebar': { label: 'command.sidebar', group: 'anywhere', keys: 'mod+b' },
  'app.larger': { label: 'command.larger', group: 'anywhere', keys: 'mod+shift+.' },
  'app.smaller': { label: 'command.smaller', group: 'anywhere', keys: 'mod+shift+,' },
  'app.usualSize': { label: 'command.usualSize', group: 'anywhere' },
  'app.light': { label: 'command.light', group: 'anywhere' },
  'app.dark': { label: 'command.dark', group: 'anywhere' },
  'app.systemTheme': { label: 'command.systemTheme', group: 'anywhere' },
  'conversation.new': { label: 'command.new', group: 'conversation', keys: 'mod+shift+o' },
  'conversation.temporary': { label: 'command.temporary', group: 'conversation' },
  'conversation.import': { label: 'command.import', group: 'conversation' },
  'conversation.next': { label: 'command.next', group: 'conversation', keys: 'alt+down' },
  'conversation.previous': { label: 'command.previous', group: 'conversation', keys: 'alt+up' },
  'conversation.rename': { label: 'command.rename', group: 'conversation', keys: 'f2' },
  'conversation.pin': { label: 'command.pin', group: 'conversation' },
  'conversation.keep': { label: 'command.keep', group: 'conversation' },
  'conversation.archive': { label: 'command.archive', group: 'conversation' },
  'conversation.delete': { label: 'command.delete', group: 'conversation', keys: 'mod+shift+backspace' },
  'chat.compose': { label: 'command.compose', group: 'conversation', keys: 'mod+j' },
  'chat.persona': { label: 'command.persona', group: 'conversation', keys: 'alt+p' },
  'chat.research': { label: 'command.research', group: 'conversation', keys: 'mod+shift+enter' },
  'chat.find': { label: 'command.find', group: 'conversation', keys: 'mod+f' },
  'chat.stop': { label: 'command.stop', group: 'answer', keys: 'escape', whileTyping: true },
  'chat.regenerate': { label: 'command.regenerate', group: 'answer', keys: 'alt+r' },
  'chat.editLast': { label: 'command.editLast', group: 'answer', keys: 'alt+e' },
  'chat.copyAnswer': { label: 'command.copyAnswer', group: 'answer', keys: 'alt+c' },
  'chat.receipts': { label: 'command.receipts', group: 'answer', keys: 'alt+i' },
  'note.next': { label: 'command.nextMatch', group: 'note', keys: 'n' },
  'note.previous': { label: 'command.previousMatch', group: 'note', keys: 'p' },
  'note.nextKey': { label: 'command.nextMatch', group: 'note', keys: 'f3', hidden: true },
  'note.previousKey': { label: 'command.previousMatch', group: 'note', keys: 'shift+f3', hidden: true },
  'note.nextNote': { label: 'command.nextNote', group: 'note', keys: 'j' },
  'note.previousNote': { label: 'command.previousNote', group: 'note', keys: 'k' },
  'note.edit': { label: 'command.editNote', group: 'note', keys: 'e' },
  'note.ask': { label: 'command.askNote', group: 'note', keys: 'a' },
  'note.quote': { label: 'command.quoteNote', group: 'note' },
  'notes.add': { label: 'command.addFolder', group: 'anywhere' },
  'notes.pause': { label: 'command.pauseNotes', group: 'anywhere' },
  'search.edit': { label: 'command.searchEdit', group: 'places', keys: 'alt+o' },
  'search.copyLink': { label: 'command.searchLink', group: 'places', keys: 'alt+l' },
  'search.copyQuote': { label: 'command.searchQuote', group: 'places', keys: 'alt+q' },
  'place.search': { label: 'command.search', group: 'places', keys: 'mod+shift+f' },
  'place.notes': { label: 'command.notes', group: 'places', keys: 'alt+n' },
  'place.memory': { label: 'command.memory', group: 'places', keys: 'alt+m' },
  'place.personas': { label: 'command.personas', group: 'places' },
  'place.models': { label: 'command.models', group: 'places' },
  'place.settings': { label: 'command.settings', group: 'places', keys: 'mod+,' },
} as const satisfies Record<string, Command>;
export type CommandId = keyof typeof commands;

const entries = Object.entries(commands) as [CommandId, Command][];

/** All commands of a group, in the order of the map. */
export const commandsIn = (group: CommandGroup): [CommandId, Command][] => entries.filter(([, command]) => command.group === group);

/** The keys of a command as written in the map, or undefined. */
export const keysOf = (id: CommandId): string | undefined => (commands[id] as Command).keys;

type Pressed = Parameters<typeof matchesKeys>[0];

/** The command a key press means. Plain keys mean nothing while somebody types. */
export function commandFor(event: Pressed, typing: boolean): CommandId | null {
  for (const [id, command] of entries) {
    if (!command.keys || !matchesKeys(event, command.keys)) continue;
    const plain = !/mod|ctrl|alt|\bf\d/.test(command.keys);
    if (!plain || !typing || command.whileTyping) return id;
  }
  return null;
}

type Answer = { run: () => void };
const answering = new Map<CommandId, Answer[]>();
let available: readonly CommandId[] = [];
const listeners = new Set<() => void>();

function announce(): void {
  available = entries.map(([id]) => id).filter((id) => answering.get(id)?.length);
  for (const listener of listeners) listener();
}

/** Answers for a command while the component is shown and `enabled`; the latest to come answers first. */
export function useCommand(id: CommandId, run: () => void, enabled = true): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    const answer: Answer = { run: () => latest.current() };
    answering.set(id, [...(answering.get(id) ?? []), answer]);
    announce();
    return () => {
      answering.set(id, (answering.get(id) ?? []).filter((other) => other !== answer));
      announce();
    };
  }, [id, enabled]);
}

/** Runs a command if somebody answers for it; says whether. */
export function runCommand(id: CommandId): boolean {
  const answer = answering.get(id)?.at(-1);
  answer?.run();
  return answer !== undefined;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** The commands that can be run now. */
export const useAvailableCommands = (): readonly CommandId[] => useSyncExternalStore(subscribe, () => available);

/** Listens to the whole window until the signal. */
export function listenToKeys(signal: AbortSignal): void {
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.defaultPrevented || event.isComposing) return;
      const id = commandFor(event, isTyping(event.target));
      // An open dialog or menu has the keys to itself; the palette may still open over it.
      if (!id || (layerIsOpen() && id !== 'app.palette')) return;
      if (runCommand(id)) event.preventDefault();
    },
    { signal },
  );
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

const layerIsOpen = () => document.querySelector('[role=dialog][data-state=open], [role=alertdialog][data-state=open], [role=menu][data-state=open]') !== null;
