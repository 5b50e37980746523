/** Claude's export: a conversation is a list of `chat_messages`. Pure. */
import { cleaned, Collected, isRecord, listOf, nameOf, recordOf, refusalOf, textOf, timeOf, withPlaceholder, type FoundConversation, type Json, type Read } from './found.ts';

export function fromClaude(value: Json): FoundConversation {
  const collected = new Collected();
  for (const entry of listOf(value['chat_messages'])) {
    const uuid = nameOf(recordOf(entry), ['uuid']);
    collected.add(uuid, parentOf(recordOf(entry)), readMessage(entry));
  }
  const { messages, leftOut } = collected;
  return { source: 'claude', id: nameOf(value, ['uuid']), title: textOf(value['name']), at: timeOf(value['created_at']), messages, shown: null, leftOut };
}

/** Newer exports say what each message follows; in older ones it is the one before. */
function parentOf(entry: Json): string | null | undefined {
  const parent = entry['parent_message_uuid'];
  if (typeof parent !== 'string') return undefined;
  return /^0{8}-0{4}-[04]0{3}-[08]0{3}-0{12}$/.test(parent) ? null : parent;
}

const roles: Record<string, 'user' | 'assistant'> = { human: 'user', assistant: 'assistant' };

function readMessage(entry: unknown): Read {
  if (!isRecord(entry)) return { leftOut: 'broken' };
  const sender = textOf(entry['sender']);
  const role = Object.hasOwn(roles, sender) ? roles[sender] : undefined;
  if (!role) return { leftOut: sender === 'system' || sender === 'tool' ? sender : 'broken' };
  const { text, caption } = withPlaceholder(textIn(entry), filesIn(entry));
  const refused = refusalOf(text, caption);
  if (refused) return { leftOut: refused === 'empty' && onlyTools(entry) ? 'tool' : refused };
  return { role, text, caption, at: timeOf(entry['created_at']) };
}

const blocksOf = (entry: Json, type: string) => listOf(entry['content']).map(recordOf).filter((block) => block['type'] === type);

/** The blocks of text, without thinking and tools; `text` holds all in one, with sentences in place of what it cannot show. */
function textIn(entry: Json): string {
  const blocks = blocksOf(entry, 'text').map((block) => textOf(block['text']));
  if (blocks.length > 0) return cleaned(blocks.filter((text) => text.trim() !== '').join('\n\n'));
  return onlyTools(entry) ? '' : cleaned(textOf(entry['text']));
}

const onlyTools = (entry: Json) => ['tool_use', 'tool_result', 'thinking'].some((type) => blocksOf(entry, type).length > 0);

/** What was attached is named, not read: it is not the owner's words. */
const filesIn = (entry: Json): string[] => [
  ...listOf(entry['attachments']).map((file) => textOf(recordOf(file)['file_name'])),
  ...listOf(entry['files']).map((file) => textOf(recordOf(file)['file_name'])),
];
