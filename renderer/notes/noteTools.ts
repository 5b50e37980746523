import { createContext, use, type ReactNode } from 'react';
import type { NoteLinkTo } from '../../main/contract/note.ts';
import { go } from '../app/route.ts';

/** What the text of a note can ask of whoever shows it. */
export type NoteTools = {
  /** The note that a link names; undefined where there is none. */
  resolve: (target: string) => string | undefined;
  /** Goes to a heading or block of this note. */
  toHeading: (name: string) => void;
  /** The highest level of its headings, from 1: they stand below the title, whatever they begin with. */
  topLevel: number;
  /** A piece of another note; null within such a piece: there it is a link. */
  embed: ((noteId: string, heading: string) => ReactNode) | null;
};

const Tools = createContext<NoteTools | null>(null);
export const NoteToolsProvider = Tools;

export function useNoteTools(): NoteTools {
  const tools = use(Tools);
  if (!tools) throw new Error('A part of a note was drawn outside one.');
  return tools;
}

export function resolverOf(links: readonly NoteLinkTo[]): NoteTools['resolve'] {
  const ids = new Map(links.flatMap(({ target, noteId }) => (noteId === null ? [] : [[target, noteId] as const])));
  return (target) => ids.get(target);
}

export const goToNote = (noteId: string, heading?: string): void => go({ screen: 'notes', noteId, at: null, query: '', ...(heading ? { heading } : {}) });
