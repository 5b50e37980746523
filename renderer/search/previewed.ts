/** Which part of a document a preview shows. Pure. */
import type { Message } from '../../main/contract/conversation.ts';
import type { NoteBlock, NotePlace } from '../../main/contract/note.ts';

const blocksBefore = 30;
const blocksBehind = 60;
const messagesAround = 4;

export type Previewed = {
  shown: readonly NoteBlock[];
  /** The first of what was found, by its place among those that are shown. */
  first: number;
  isCutBefore: boolean;
  isCutBehind: boolean;
};

/** What stands around a passage; the beginning where there is none. */
export function aroundPassage(blocks: readonly NoteBlock[], place: NotePlace | null): Previewed {
  const found = place === null ? -1 : blocks.findIndex((block) => block.place.to > place.from);
  const from = Math.max(0, found - blocksBefore);
  const to = Math.min(blocks.length, Math.max(found, 0) + blocksBehind);
  return { shown: blocks.slice(from, to), first: found - from, isCutBefore: from > 0, isCutBehind: to < blocks.length };
}

/** Some messages before and behind it; the first ones where there is none, or where it stands in another branch. */
export function aroundMessage(messages: readonly Message[], id: string | null): readonly Message[] {
  const at = messages.findIndex((message) => message.id === id);
  return at === -1 ? messages.slice(0, 2 * messagesAround) : messages.slice(Math.max(0, at - messagesAround), at + messagesAround + 1);
}
