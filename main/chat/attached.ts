/** What went with questions of this conversation: its passages, whole or as far as they bear on what is asked. */
import type { AttachedChunk, AttachmentStore, SentAttachment } from '../store/attachments.ts';
import type { ChatDependencies, Passage } from './chatTypes.ts';
import { contentWords } from './words.ts';

/** `now`: it goes with the very question that is asked. */
export type Attached = { attachment: SentAttachment; now: boolean; passages: Passage[] };

/** The latest last; a note that has gone has no passages. One that came along twice is looked into once. */
export function attachedTo(deps: Pick<ChatDependencies, 'notes'> & { attachments: Pick<AttachmentStore, 'sentWith'> }, questionIds: readonly string[]): Attached[] {
  const last = questionIds.at(-1);
  const all = deps.attachments.sentWith(questionIds).map((attachment) => ({ attachment, now: attachment.messageId === last }));
  const latest = new Map(all.map((one) => [one.attachment.noteId ?? one.attachment.id, one]));
  return [...latest.values()].map((one) => ({ ...one, passages: passagesOf(deps, one.attachment) }));
}

function passagesOf({ notes }: Pick<ChatDependencies, 'notes'>, { id, noteId, title, path, chunks }: SentAttachment): Passage[] {
  if (noteId !== null) return notes.whole(noteId);
  return chunks.map((chunk, index) => fromChunk(chunk, { id: `${id}-${index}`, note: { id: null, folderId: null, title, path } }));
}

const fromChunk = ({ headings, kind, text, place }: AttachedChunk, { id, note }: { id: string; note: Omit<Passage['note'], 'headings' | 'place'> }): Passage => ({
  id, note: { ...note, headings, place }, kind, text, met: [], score: 0,
});

/** How soon a word that is repeated says no more, and how much a long passage is thought less of: BM25's usual numbers. */
const [saturation, lengthShare] = [1.2, 0.75];

/** By the question's words, best first, the best having 1; those that share none keep their order behind. */
export function rankAttached(question: string, passages: readonly Passage[]): Passage[] {
  const asked = contentWords(question);
  const read = passages.map((passage) => ({ passage, words: contentWords([passage.text, passage.note.title, ...passage.note.headings].join(' ')) }));
  const usual = read.reduce((sum, { words }) => sum + words.length, 0) / Math.max(1, read.length);
  const weights = new Map(asked.map((word) => [word, Math.log(1 + (read.length + 0.5) / (read.filter(({ words }) => words.includes(word)).length + 0.5))]));
  const scored = read.map(({ passage, words }) => {
    const met = asked.filter((word) => words.includes(word));
    const damp = (saturation + 1) / (1 + saturation * (1 - lengthShare + (lengthShare * words.length) / Math.max(1, usual)));
    return { passage, score: met.reduce((sum, word) => sum + weights.get(word)! * damp, 0) };
  });
  const best = Math.max(0, ...scored.map(({ score }) => score)) || 1;
  return scored.sort((one, other) => other.score - one.score).map(({ passage, score }) => ({ ...passage, score: score / best }));
}
