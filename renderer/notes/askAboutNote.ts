import type { Note } from '../../main/contract/note.ts';
import { api, callCache } from '../api.ts';
import { go } from '../app/route.ts';
import { attempt } from '../ui/index.ts';

/** Opens a new conversation that draws on this note, and on no other. */
export async function askAboutNote({ id: noteId }: Pick<Note, 'id'>): Promise<void> {
  await attempt(async () => {
    const { defaultPersonaId } = await api.app.settings({});
    const { id } = await api.conversation.create({ personaId: defaultPersonaId, temporary: false });
    await api.conversation.setNotes({ id, notes: { folderIds: [], tags: [], noteIds: [noteId] } });
    callCache.invalidate(['conversation.list']);
    go({ screen: 'chat', conversationId: id, messageId: null });
  });
}
