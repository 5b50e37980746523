import { api, callCache, updateCall } from '../api.ts';
import { attempt } from '../ui/notices.ts';

/**
 * Has another persona answer from now on, and its overlay applied and the prompt re-read at once. `onPreparing` is told
 * when that begins and ends.
 */
export async function setPersona(conversationId: string, personaId: string, onPreparing: (preparing: boolean) => void = () => {}): Promise<void> {
  const show = (chosen: string) =>
    updateCall('conversation.open', { id: conversationId }, (open) => ({ ...open, conversation: { ...open.conversation, personaId: chosen } }));
  show(personaId);
  const changed = await attempt(() => api.conversation.setPersona({ id: conversationId, personaId }));
  if (!changed) {
    callCache.invalidate(['conversation.open'], conversationId);
    return;
  }
  onPreparing(true);
  await prepare(conversationId);
  onPreparing(false);
}

/** Has the assistant read a conversation's prompt ahead, so that the next answer starts at once. */
export async function prepare(conversationId: string): Promise<void> {
  try {
    await api.chat.prepare({ conversationId });
  } catch {
    // Failing costs only time; the answer itself will say what is wrong, if anything still is.
  }
}
