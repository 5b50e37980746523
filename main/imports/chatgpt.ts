/** ChatGPT's export: a conversation is a tree of nodes under `mapping`, of which `current_node` is shown. Pure. */
import type { LeftOut, LeftOutReason } from '../contract/importing.ts';
import { cleaned, Collected, count, isRecord, listOf, nameOf, recordOf, refusalOf, textOf, timeOf, withPlaceholder, type FoundConversation, type Json, type Read } from './found.ts';

export function fromChatgpt(value: Json): FoundConversation {
  const mapping = recordOf(value['mapping']);
  const collected = new Collected();
  for (const { id, parent, node } of inOrder(mapping, collected.leftOut)) {
    const { message } = node;
    // The root, and others that only hold the tree together.
    if (message === null || message === undefined) collected.skip(id, placeOf(collected, parent), null);
    else collected.add(id, parent, readMessage(message));
  }
  const { messages, leftOut } = collected;
  return {
    source: 'chatgpt',
    // Old exports name it only by its nodes.
    id: nameOf(value, ['conversation_id', 'id']) ?? Object.keys(mapping)[0] ?? null,
    title: textOf(value['title']),
    at: timeOf(value['create_time']),
    messages,
    shown: placeOf(collected, textOf(value['current_node'])),
    leftOut,
  };
}

const placeOf = (collected: Collected, id: string | null) => collected.placeOf(id ?? undefined) ?? null;

type Placed = { id: string; parent: string | null; node: Json };

/** Every node after the one it follows, else in order of time. What hangs in the air or in a circle is broken. */
function inOrder(mapping: Json, leftOut: LeftOut): Placed[] {
  const children = new Map<string | null, string[]>();
  const ids = Object.keys(mapping).filter((id) => isRecord(mapping[id]));
  count(leftOut, 'broken', Object.keys(mapping).length - ids.length);
  const known = new Set(ids);
  for (const id of ids) {
    const named = textOf(recordOf(mapping[id])['parent']);
    const parent = known.has(named) ? named : null;
    const list = children.get(parent);
    if (list) list.push(id);
    else children.set(parent, [id]);
  }
  const placed: (Placed & { at: number })[] = [];
  const waiting = (children.get(null) ?? []).map((id) => ({ id, parent: null as string | null, after: -Infinity }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { id, parent, after } = next;
    const node = recordOf(mapping[id]);
    const at = Math.max(after, timeOf(recordOf(node['message'])['create_time']) ?? after);
    placed.push({ id, parent, node, at });
    for (const child of children.get(id) ?? []) waiting.push({ id: child, parent: id, after: at });
  }
  count(leftOut, 'broken', ids.length - placed.length);
  return placed.sort((a, b) => (a.at === b.at ? 0 : a.at - b.at));
}

function readMessage(message: unknown): Read {
  if (!isRecord(message)) return { leftOut: 'broken' };
  const role = textOf(recordOf(message['author'])['role']);
  const content = recordOf(message['content']);
  const why = whyNot(role, message, textOf(content['content_type']));
  if (why) return { leftOut: why };
  const said = textIn(content);
  const { text, caption } = withPlaceholder(said, pictures(message, content));
  const refused = refusalOf(text, caption);
  return refused ? { leftOut: refused } : { role: role as 'user' | 'assistant', text, caption, at: timeOf(message['create_time']) };
}

/** Kinds of content that were never said: custom instructions, memories of the model, its thinking. */
const unsaid = new Set(['user_editable_context', 'model_editable_context', 'thoughts', 'reasoning_recap', 'app_pairing_content']);
const toolContent = new Set(['execution_output', 'tether_browsing_display', 'tether_quote', 'system_error', 'computer_output', 'citable_code_output', 'super_widget']);

function whyNot(role: string, message: Json, contentType: string): LeftOutReason | null {
  if (role === 'system' || unsaid.has(contentType) || recordOf(message['metadata'])['is_visually_hidden_from_conversation'] === true) return 'system';
  if (role === 'tool' || toolContent.has(contentType) || isToolCall(message)) return 'tool';
  return role === 'user' || role === 'assistant' ? null : 'broken';
}

/** What the assistant says to a tool is addressed to it; everybody else is "all". */
const isToolCall = (message: Json) => !['', 'all'].includes(textOf(message['recipient']));

function textIn(content: Json): string {
  if (content['content_type'] === 'code') return cleaned(`\`\`\`${languageOf(content)}\n${textOf(content['text'])}\n\`\`\``);
  const parts = listOf(content['parts']).map((part) => (typeof part === 'string' ? part : textOf(recordOf(part)['text'])));
  const whole = parts.length > 0 ? parts.filter((part) => part !== '').join('\n\n') : textOf(content['text']);
  return cleaned(withoutMarks(whole));
}

const languageOf = (content: Json) => (/^[\w+#-]{1,20}$/.test(textOf(content['language'])) ? textOf(content['language']).replace('unknown', '') : '');

/** Marks of ChatGPT's own window stand between characters of private use: citations go, names stay. None holds another. */
const withoutMarks = (text: string) =>
  text
    .replace(/\ue200entity\ue202\[[^\ue200\ue201"]*"[^"\ue200\ue201]*",\s*"([^"\ue200\ue201]*)"[^\ue200\ue201]*\ue201/gu, '$1')
    .replace(/\ue200[^\ue200\ue201]*\ue201/gu, '')
    .replace(/【\d+[†:][^【】]*】/gu, '');

function pictures(message: Json, content: Json): string[] {
  const named = listOf(recordOf(message['metadata'])['attachments']).map((attachment) => textOf(recordOf(attachment)['name'])).filter((name) => name !== '');
  const shown = listOf(content['parts']).filter((part) => textOf(recordOf(part)['content_type']) === 'image_asset_pointer').length;
  return named.length > 0 ? named : shown > 0 ? [shown === 1 ? 'a picture' : `${shown} pictures`] : [];
}
