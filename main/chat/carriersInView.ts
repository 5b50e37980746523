import type { Carrier } from '../contract/memory.ts';
import { conversationsIn, memoriesIn, messagesIn } from '../store/claimView.ts';
import type { Database } from '../store/database.ts';
import type { View } from '../store/memoryRecall.ts';

const idOf = ({ key }: Carrier) => key.slice(key.indexOf(':') + 1);

/** The places that a persona may see: what another keeps for itself alone is neither shown to this one nor touched by it. */
export function inView(db: Database, view: View, carriers: readonly Carrier[]): Carrier[] {
  const ids = carriers.map(idOf);
  const seen = { messages: messagesIn(db, view, ids), conversations: conversationsIn(db, view, ids), memories: memoriesIn(db, view, ids) };
  return carriers.filter((carrier) => tests[carrier.kind](idOf(carrier), view, seen));
}

type Seen = { messages: Set<string>; conversations: Set<string>; memories: Set<string> };

const tests: Record<Carrier['kind'], (id: string, view: View, seen: Seen) => boolean> = {
  message: (id, _, { messages }) => messages.has(id),
  answer: (id, _, { messages }) => messages.has(id),
  citation: (id, _, { messages }) => messages.has(id),
  attachment: () => true,
  title: (id, _, { conversations }) => conversations.has(id),
  draft: (id, _, { conversations }) => conversations.has(id),
  memory: (id, _, { memories }) => memories.has(id),
  claim: (id, _, { memories }) => memories.has(id),
  persona: (id, view) => id === view.personaId,
  profile: (id, view) => id === (view.shared ? 'shared' : `own:${view.personaId}`),
  backup: () => true,
};
