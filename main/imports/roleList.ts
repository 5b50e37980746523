/** Lists of messages with roles, as OpenAI's interface takes them and many tools write them. Pure. */
import { cleaned, Collected, isRecord, listOf, nameOf, recordOf, refusalOf, textOf, timeOf, withPlaceholder, type FoundConversation, type FoundMessage, type Json, type Read } from './found.ts';

const idKeys = ['id', 'uuid', 'conversation_id', 'conversationId', 'chat_id'];
const messageIdKeys = ['id', 'uuid', 'message_id', 'messageId'];
const parentKeys = ['parentId', 'parent_id', 'parentMessageId', 'parent_message_id'];
const timeKeys = ['created_at', 'createdAt', 'create_time', 'timestamp', 'time', 'date'];
const roleKeys = ['role', 'sender', 'from', 'author'];
const textKeys = ['content', 'text', 'value', 'message'];

const roles: Record<string, FoundMessage['role'] | 'system' | 'tool'> = {
  user: 'user', human: 'user', you: 'user', me: 'user',
  assistant: 'assistant', ai: 'assistant', bot: 'assistant', model: 'assistant', gpt: 'assistant', chatgpt: 'assistant', claude: 'assistant',
  system: 'system', developer: 'system', tool: 'tool', function: 'tool', ipython: 'tool',
};

/** Whether it is one message of such a list, whoever speaks. */
export const isRoleMessage = (value: unknown): boolean =>
  isRecord(value) && roleKeys.some((key) => typeof value[key] === 'string') && textKeys.some((key) => typeof value[key] === 'string' || Array.isArray(value[key]));

/** The messages of a conversation, under the names that tools give them; null: this is none. */
export function messagesIn(value: Json): unknown[] | null {
  const within = recordOf(value['chat']);
  return [value['messages'], value['conversations'], value['conversation'], within['messages'], value['history']].map(listOf).find((list) => list.some(isRoleMessage)) ?? null;
}

export function fromRoleList(value: Json, list: readonly unknown[]): FoundConversation {
  const collected = new Collected();
  for (const entry of list) {
    const record = recordOf(entry);
    const id = nameOf(record, messageIdKeys);
    // Tools give one name to several; those are known by what was said.
    const taken = id === null || collected.placeOf(id) !== undefined;
    collected.add(taken ? null : id, parentOf(record), readMessage(entry));
  }
  const { messages, leftOut } = collected;
  return { source: 'list', id: nameOf(value, idKeys), title: nameOf(value, ['title', 'name']) ?? '', at: timeIn(value), messages, shown: null, leftOut };
}

/** Undefined: it does not say. */
const parentOf = (record: Json): string | null | undefined => nameOf(record, parentKeys) ?? (parentKeys.some((key) => record[key] === null) ? null : undefined);

const timeIn = (value: Json): number | null => timeKeys.map((key) => timeOf(value[key])).find((time) => time !== null) ?? null;

function readMessage(entry: unknown): Read {
  if (!isRecord(entry)) return { leftOut: 'broken' };
  const said = (nameOf(entry, roleKeys) ?? textOf(recordOf(entry['author'])['role'])).toLowerCase();
  const role = Object.hasOwn(roles, said) ? roles[said] : undefined;
  if (role === undefined) return { leftOut: 'broken' };
  if (role === 'system' || role === 'tool') return { leftOut: role };
  const { words, pictures } = contentOf(entry);
  const { text, caption } = withPlaceholder(cleaned(words), pictures);
  const refused = refusalOf(text, caption);
  if (refused) return { leftOut: refused === 'empty' && Array.isArray(entry['tool_calls']) ? 'tool' : refused };
  return { role, text, caption, at: timeIn(entry) };
}

/** A text, or parts of which some are texts and some pictures. */
function contentOf(entry: Json): { words: string; pictures: string[] } {
  const content = textKeys.map((key) => entry[key]).find((each) => typeof each === 'string' || Array.isArray(each));
  if (typeof content === 'string') return { words: content, pictures: [] };
  const parts = listOf(content).map((part) => (typeof part === 'string' ? { type: 'text', text: part } : recordOf(part)));
  const texts = parts.filter(({ type }) => ['text', 'input_text', 'output_text'].includes(textOf(type))).map((part) => textOf(part['text']));
  const pictures = parts.filter(({ type }) => textOf(type).includes('image')).length;
  return { words: texts.filter((text) => text !== '').join('\n\n'), pictures: pictures === 0 ? [] : [pictures === 1 ? 'a picture' : `${pictures} pictures`] };
}
