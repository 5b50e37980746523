import type { Conversation } from '../../main/contract/conversation.ts';
import { api, callCache, updateCall } from '../api.ts';
import { go, routeNow, type Route } from '../app/route.ts';
import { t } from '../messages.ts';
import { typeAhead } from '../typeAhead.ts';
import { attempt, notify } from '../ui/notices.ts';

export const titleOf = (conversation: Conversation): string =>
  conversation.title || t(conversation.temporary ? 'conversations.temporary' : 'conversations.untitled');

/** Opens a new conversation with the default persona; an empty one that was left lying about is taken up again. */
export async function startConversation(temporary: boolean, how: 'push' | 'replace' = 'push'): Promise<void> {
  typeAhead.hold();
  try {
    const id = await emptyConversation(temporary);
    // Whoever has gone elsewhere meanwhile is not fetched back from there.
    if (how === 'replace' && !isBlank(routeNow())) {
      typeAhead.release();
      return;
    }
    go({ screen: 'chat', conversationId: id, messageId: null }, how);
    typeAhead.deliver(id);
  } catch (failure) {
    typeAhead.release();
    throw failure;
  }
}

async function emptyConversation(temporary: boolean): Promise<string> {
  const empty = temporary ? undefined : (await api.conversation.list({ archived: false })).find(isUntouched);
  const personaId = (await api.app.settings({})).defaultPersonaId;
  const conversation = empty ?? (await api.conversation.create({ personaId, temporary }));
  callCache.invalidate(['conversation.list']);
  return conversation.id;
}

const isBlank = (route: Route) => route.screen === 'chat' && route.conversationId === null;

const isUntouched = (conversation: Conversation) =>
  conversation.messageCount === 0 && conversation.draft.trim() === '' && !conversation.temporary && !conversation.pinned && !conversation.kept && conversation.notes === null && conversation.titledBy === 'nobody';

/** Shows a change in the list and in the open conversation before the assistant has confirmed it; takes it back if it fails. Resolves to whether it was made. */
async function change(conversation: Conversation, part: Partial<Conversation>, save: () => Promise<Conversation>): Promise<boolean> {
  show(conversation.id, part);
  const saved = await attempt(save);
  if (saved) show(conversation.id, saved);
  callCache.invalidate(['conversation.list']);
  if (!saved) callCache.invalidate(['conversation.open'], conversation.id);
  return saved !== undefined;
}

function show(id: string, part: Partial<Conversation>): void {
  for (const archived of [false, true]) {
    updateCall('conversation.list', { archived }, (list) => list.map((one) => (one.id === id ? { ...one, ...part } : one)));
  }
  updateCall('conversation.open', { id }, (open) => ({ ...open, conversation: { ...open.conversation, ...part } }));
}

export async function renameConversation(conversation: Conversation, typed: string): Promise<void> {
  const title = typed.trim().slice(0, 200);
  if (!title || title === conversation.title) return;
  await change(conversation, { title, titledBy: 'owner' }, () => api.conversation.rename({ id: conversation.id, title }));
}

export async function pinConversation(conversation: Conversation, pinned: boolean): Promise<void> {
  await change(conversation, { pinned }, () => api.conversation.pin({ id: conversation.id, pinned }));
}

/** All of what was said in it moves at once; a notice says what that means, and takes it back. */
export async function keepConversation(conversation: Conversation, kept: boolean): Promise<void> {
  if (!(await change(conversation, { kept }, () => api.conversation.keep({ id: conversation.id, kept })))) return;
  callCache.invalidate(['search.query']);
  notify({
    message: t(kept ? 'conversations.keptNotice' : 'conversations.unkeptNotice'),
    action: { label: t('ui.undo'), run: () => void keepConversation({ ...conversation, kept }, !kept) },
  });
}

export async function archiveConversation(conversation: Conversation, archived: boolean): Promise<void> {
  await change(conversation, { archived }, () => api.conversation.archive({ id: conversation.id, archived }));
  if (!archived) return;
  notify({
    message: t('conversations.archivedNotice', { title: titleOf(conversation) }),
    action: { label: t('ui.undo'), run: () => void archiveConversation(conversation, false) },
  });
}

/** Hides it at once; it can be brought back from the notice until the assistant erases it. */
export async function deleteConversation(conversation: Conversation): Promise<void> {
  const done = await attempt(() => api.conversation.delete({ id: conversation.id }));
  if (!done) return;
  callCache.invalidate(['conversation.list', 'search.query']);
  const here = routeNow();
  if (here.screen === 'chat' && here.conversationId === conversation.id) go({ screen: 'chat', conversationId: null, messageId: null }, 'replace');
  const left = done.erasesAt - Date.now();
  notify({
    message: t('conversations.deleted', { title: titleOf(conversation) }),
    ...(left > 0 ? { lasts: Math.min(left, 15_000), action: { label: t('ui.undo'), run: () => void undoDelete(conversation) } } : {}),
  });
}

async function undoDelete(conversation: Conversation): Promise<void> {
  const restored = await attempt(() => api.conversation.undoDelete({ id: conversation.id }));
  if (!restored) return;
  callCache.invalidate(['conversation.list', 'search.query']);
  go({ screen: 'chat', conversationId: restored.id, messageId: null });
}

/** Saves it as a file, the way a browser saves: the assistant writes nothing. */
export async function exportConversation(conversation: Conversation, format: 'markdown' | 'json'): Promise<void> {
  const file = await attempt(() => api.conversation.export({ id: conversation.id, format }));
  if (!file) return;
  const address = URL.createObjectURL(new Blob([file.text], { type: format === 'json' ? 'application/json' : 'text/markdown' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
