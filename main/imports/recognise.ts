import type { ImportKind } from '../contract/importing.ts';
import { fromChatgpt } from './chatgpt.ts';
import { fromClaude } from './claude.ts';
import { isRecord, listOf, textOf, type FoundConversation, type Json } from './found.ts';
import { fromRoleList, isRoleMessage, messagesIn } from './roleList.ts';

export type Recognised =
  | { kind: Exclude<ImportKind, 'engram' | 'markdown'>; conversations: FoundConversation[] }
  /** One message of a file that is a single list of them. */
  | { kind: 'message' }
  | { kind: 'engram' };

/** What one entry of a JSON file is, by its shape; null: none that is known. */
export function recognise(value: unknown): Recognised | null {
  if (!isRecord(value)) return null;
  if (textOf(value['format']).startsWith('engram-')) return { kind: 'engram' };
  return one(value) ?? several(value) ?? (isRoleMessage(value) ? { kind: 'message' } : null);
}

function one(value: Json): Exclude<Recognised, { kind: 'message' | 'engram' }> | null {
  if (isRecord(value['mapping'])) return { kind: 'chatgpt', conversations: [fromChatgpt(value)] };
  if (Array.isArray(value['chat_messages'])) return { kind: 'claude', conversations: [fromClaude(value)] };
  const list = messagesIn(value);
  return list && { kind: 'list', conversations: [fromRoleList(value, list)] };
}

/** A record around a list of conversations. */
function several(value: Json): Recognised | null {
  for (const key of ['conversations', 'chats', 'data']) {
    const found = listOf(value[key]).flatMap((each) => (isRecord(each) ? (one(each) ?? []) : []));
    const [first] = found;
    if (first) return { kind: first.kind, conversations: found.flatMap(({ conversations }) => conversations) };
  }
  return null;
}
