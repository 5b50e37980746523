/** What journeys start from, brought about over the wire. */
import type { Page } from '@playwright/test';
import type { Client } from '../main/contract/contract.ts';
import type { Conversation, OpenConversation } from '../main/contract/conversation.ts';

export type Speaker = 'user' | 'assistant';

/** A conversation that is already there, one message a minute. */
export async function converse(api: Client, title: string, lines: [Speaker, string][]): Promise<Conversation> {
  const { defaultPersonaId } = await api.app.settings({});
  const start = Date.now() - lines.length * 60_000;
  const messages = lines.map(([role, text], index) => ({
    id: `m${index}`,
    parentId: index > 0 ? `m${index - 1}` : null,
    role,
    text,
    createdAt: start + index * 60_000,
  }));
  return api.conversation.import({ personaId: defaultPersonaId, file: { format: 'engram-conversation', version: 1, title, createdAt: start, messages } });
}

/** The conversation talked in last. */
export async function opened(api: Client): Promise<OpenConversation> {
  const [latest] = (await api.conversation.list({ archived: false })).sort((a, b) => b.updatedAt - a.updatedAt);
  return api.conversation.open({ id: latest?.id ?? '' });
}

/** Points at a model file and loads it. */
export async function useModel(api: Client, path: string): Promise<void> {
  const { id } = await api.model.add({ path });
  for await (const _event of api.model.load({ id }));
}

/** Where a conversation is shown, in this window's own address. */
export const addressOf = (page: Page, conversationId: string): string => `${new URL(page.url()).origin}/#/chat/${conversationId}`;
