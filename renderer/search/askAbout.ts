import type { NoteScope } from '../../main/contract/note.ts';
import { api, callCache } from '../api.ts';
import { go } from '../app/route.ts';
import { attempt } from '../ui/index.ts';

/** Opens a new conversation with the words of a search in its box, unsent. `notes`: which of them its answers may draw on. */
export async function askAbout(text: string, notes: NoteScope | null = null): Promise<void> {
  await attempt(async () => {
    const { defaultPersonaId } = await api.app.settings({});
    const { id } = await api.conversation.create({ personaId: defaultPersonaId, temporary: false });
    if (notes) await api.conversation.setNotes({ id, notes });
    await api.conversation.setDraft({ id, draft: text });
    callCache.invalidate(['conversation.list']);
    go({ screen: 'chat', conversationId: id, messageId: null });
  });
}
