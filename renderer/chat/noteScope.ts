import type { Note, NoteFolder, NoteScope } from '../../main/contract/note.ts';
import type { Conversation } from '../../main/contract/conversation.ts';
import { api, callCache, updateCall } from '../api.ts';
import { t } from '../messages.ts';
import { attempt } from '../ui/notices.ts';

export const everyNote: NoteScope = { folderIds: [], tags: [], noteIds: [] };

export const isNarrow = ({ folderIds, tags, noteIds }: NoteScope): boolean => folderIds.length + tags.length + noteIds.length > 0;

/** What its answers may draw on, in a few words. */
export function scopeName(scope: NoteScope | null, folders: readonly Pick<NoteFolder, 'id' | 'name'>[], notes: readonly Pick<Note, 'id' | 'title'>[]): string {
  if (scope === null) return t('chat.notesOff');
  if (!isNarrow(scope)) return t('chat.notesAll');
  const named = [
    ...scope.folderIds.map((id) => folders.find((folder) => folder.id === id)?.name ?? t('chat.notesFolderGone')),
    ...scope.tags.map((tag) => `#${tag}`),
    ...scope.noteIds.map((id) => notes.find((note) => note.id === id)?.title ?? t('chat.notesOne')),
  ];
  return named.length <= 2 ? named.join(', ') : t('chat.notesSome', { first: named[0]!, count: named.length - 1 });
}

/** Shown at once; taken back when it cannot be kept. */
export async function setNotes({ id }: Pick<Conversation, 'id'>, notes: NoteScope | null): Promise<void> {
  updateCall('conversation.open', { id }, (open) => ({ ...open, conversation: { ...open.conversation, notes } }));
  const saved = await attempt(() => api.conversation.setNotes({ id, notes }));
  if (!saved) callCache.invalidate(['conversation.open'], id);
}
