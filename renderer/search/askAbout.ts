import { api, callCache } from '../api.ts';
import { go } from '../app/route.ts';
import { attempt } from '../ui/index.ts';

/** Opens a new conversation with the words of a search in its box, unsent. */
export async function askAbout(text: string): Promise<void> {
  await attempt(async () => {
    const { defaultPersonaId } = await api.app.settings({});
    const { id } = await api.conversation.create({ personaId: defaultPersonaId, temporary: false });
    await api.conversation.setDraft({ id, draft: text });
    callCache.invalidate(['conversation.list']);
    go({ screen: 'chat', conversationId: id, messageId: null });
  });
}
