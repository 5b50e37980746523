/** What is asked of memory, and the app's own answer to it. */
import type { Conversation } from '../contract/conversation.ts';
import type { MemoryCitation } from '../contract/memory.ts';
import type { Persona } from '../contract/persona.ts';
import { toPlainCitation } from '../memory/cite.ts';
import type { Given } from '../store/given.ts';
import { memoryRow, type View } from '../store/memoryRecall.ts';
import type { HistoryMessage } from '../store/messages.ts';
import type { ChatDependencies } from './chatTypes.ts';

export type Asked = {
  conversation: Conversation;
  /** Up to and including what is asked. */
  history: HistoryMessage[];
  persona: Persona;
  answerId: string;
};

/** An answer that needs no model. */
export type Done = { text: string; citations: MemoryCitation[]; given: Given };

/** As `Asked`, where memory may be looked into. */
export type Looking = Asked & { view: View };

export const plainly = (text: string, citations: MemoryCitation[] = []): Done => ({ text, citations, given: { lines: [] } });

/** These memories as citations, marked from 1 in this order; those out of view or gone are left out. */
export function citedIn(deps: ChatDependencies, view: View, memories: readonly { id: string; why: string }[]): MemoryCitation[] {
  const rows = memories.flatMap(({ id, why }) => {
    const row = memoryRow(deps.keeping.db, view, id);
    return row ? [{ row, why }] : [];
  });
  return rows.map(({ row, why }, index) => ({ ...toPlainCitation(row, index + 1), why: [why] }));
}
