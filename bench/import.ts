import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import type { Client } from '../main/contract/contract.ts';
import type { ImportEvent } from '../main/contract/importing.ts';
import { embedded, withAssistant } from './assistant.ts';
import type { Bench, Figures } from './bench.ts';
import { inFolder } from './folders.ts';

export const bench: Bench = {
  name: 'import',
  about: 'a ChatGPT export of made-up conversations brought in: time until it is found by words [--messages 50000] [--meaning: and until it has its embeddings]',
  async run({ arguments: given }) {
    const { values } = parseArgs({ args: given, options: { messages: { type: 'string', default: '50000' }, meaning: { type: 'boolean', default: false } } });
    const messages = Math.max(2, Math.round(Number(values.messages) / 2) * 2);
    return inFolder(async (folder) => {
      const file = path.join(folder, 'conversations.json');
      writeExport(file, messages);
      return withAssistant(path.join(folder, 'data'), (client) => measure(client, { file, messages, meaning: values.meaning }));
    });
  },
};

type Task = { file: string; messages: number; meaning: boolean };

async function measure(client: Client, { file, messages, meaning }: Task): Promise<Figures> {
  const pauses = monitorEventLoopDelay({ resolution: 5 });
  pauses.enable();
  const began = performance.now();
  const first = await bringIn(client, file);
  const { hits } = await client.search.query({ text: lastWord, limit: 5 });
  const seconds = (performance.now() - began) / 1_000;
  pauses.disable();
  if (first.figures.messages.added !== messages || hits.length !== 1) throw new Error(`${first.figures.messages.added} of ${messages} messages were brought in, and the last was found ${hits.length} times.`);
  const again = performance.now();
  await bringIn(client, file);
  const knownSeconds = (performance.now() - again) / 1_000;
  const meaningSeconds = meaning ? await timeTo(() => embedded(client)) : null;
  return {
    messages,
    fileMegabytes: statSync(file).size / 1e6,
    /** Until the last message is found by words. */
    seconds,
    messagesPerSecond: messages / seconds,
    /** The same file once more: everything is known. */
    againSeconds: knownSeconds,
    longestPauseMs: pauses.max / 1e6,
    peakMemoryMegabytes: process.resourceUsage().maxRSS / 1_000,
    ...(meaningSeconds === null ? {} : { embeddedSeconds: meaningSeconds }),
  };
}

async function bringIn(client: Client, file: string): Promise<Extract<ImportEvent, { type: 'done' }>> {
  let told = 0;
  for await (const event of client.conversation.importPast({ path: file })) {
    if (event.type === 'done') return event;
    if (event.type !== 'progress' || performance.now() - told < 5_000) continue;
    told = performance.now();
    console.log(`${event.figures.messages.added + event.figures.messages.known} messages read`);
  }
  throw new Error('The import ended without a last word.');
}

async function timeTo(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1_000;
}

const lastWord = 'zzyzxquine';
const inConversation = 20;

/** Twenty messages a conversation; questions of about 40 words and answers of about 250, with what else real exports carry. */
function writeExport(file: string, messages: number): void {
  const words = wordMaker();
  const target = openSync(file, 'wx');
  try {
    for (let from = 0; from < messages; from += inConversation) {
      const count = Math.min(inConversation, messages - from);
      const conversation = conversationOf({ number: from / inConversation, count, words, last: from + count === messages });
      writeSync(target, `${from === 0 ? '[' : ',\n'}${JSON.stringify(conversation)}`);
    }
    writeSync(target, ']');
  } finally {
    closeSync(target);
  }
}

type Wanted = { number: number; count: number; words(count: number): string; last: boolean };

function conversationOf({ number, count, words, last }: Wanted): Record<string, unknown> {
  const id = (index: number) => `${number.toString(16).padStart(8, '0')}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
  const at = 1_600_000_000 + number * 40_000;
  const mapping: Record<string, unknown> = { [id(0)]: { id: id(0), message: null, parent: null, children: [id(1)] } };
  for (let index = 1; index <= count; index += 1) {
    const role = index % 2 === 1 ? 'user' : 'assistant';
    const text = words(role === 'user' ? 40 : 250) + (last && index === count ? ` ${lastWord}` : '');
    mapping[id(index)] = { id: id(index), message: messageOf({ id: id(index), role, text, at: at + index * 60 }), parent: id(index - 1), children: index === count ? [] : [id(index + 1)] };
  }
  return { title: words(4), create_time: at, update_time: at + count * 60, mapping, moderation_results: [], current_node: id(count), plugin_ids: null, conversation_id: id(0), id: id(0) };
}

function messageOf({ id, role, text, at }: { id: string; role: string; text: string; at: number }): Record<string, unknown> {
  const metadata = {
    citations: [], content_references: [], message_type: 'next', model_slug: 'gpt-4o', default_model_slug: 'gpt-4o', parent_id: id, request_id: `${id}-request`,
    timestamp_: 'absolute', finish_details: { type: 'stop', stop_tokens: [200_002] }, is_complete: true, safe_urls: [], selected_github_repos: [],
    search_result_groups: role === 'assistant' ? Array.from({ length: 4 }, (_, index) => ({ type: 'search_result_group', domain: `example${index}.org`, entries: [{ url: `https://example${index}.org/${id}`, snippet: 'x'.repeat(200) }] })) : [],
  };
  return {
    id, author: { role, name: null, metadata: {} }, create_time: at, update_time: null, content: { content_type: 'text', parts: [text] },
    status: 'finished_successfully', end_turn: true, weight: 1, metadata, recipient: 'all', channel: null,
  };
}

const vocabulary = 30_000;

/** The same words every time, the commonest as common as in English. */
function wordMaker(): (count: number) => string {
  let state = 12_345;
  const random = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) / 2_147_483_648;
  const syllables = ['ka', 'lo', 'mi', 'ter', 'an', 'sho', 've', 'ri', 'du', 'pen', 'ga', 'son', 'el', 'bra', 'tu', 'ni'];
  const words = Array.from({ length: vocabulary }, (_, rank) => [...rank.toString(16)].map((digit) => syllables[Number.parseInt(digit, 16)]).join(''));
  return (count) => Array.from({ length: count }, () => words[Math.floor(vocabulary ** random()) % vocabulary]).join(' ');
}
