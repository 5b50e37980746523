import { describe, expect, it } from 'vitest';
import { fromChatgpt } from './chatgpt.ts';
import { fromClaude } from './claude.ts';
import { claudeConversation, gptConversation, gptTalk } from './fixtures/exports.ts';
import { fromPlainMarkdown } from './markdown.ts';
import { recognise } from './recognise.ts';

const said = (found: { messages: { role: string; text: string; follows: number | null }[] }) => found.messages.map(({ role, text, follows }) => [role, text, follows]);

describe('ChatGPT', () => {
  it('gives the tree with its branches, in order of time, and which one is shown', () => {
    const found = fromChatgpt(
      gptConversation('c1', [
        { id: 'root', parent: null, message: null },
        { id: 'q', parent: 'root', text: 'Where is Porto?', at: 10 },
        { id: 'a2', parent: 'q', role: 'assistant', text: 'In the north of Portugal.', at: 30 },
        { id: 'a1', parent: 'q', role: 'assistant', text: 'In Portugal.', at: 20 },
      ], { current_node: 'a2' }),
    );
    expect(found).toMatchObject({ source: 'chatgpt', id: 'c1', title: 'About c1', at: 1_700_000_000_123, shown: 2, leftOut: {} });
    expect(said(found)).toEqual([['user', 'Where is Porto?', null], ['assistant', 'In Portugal.', 0], ['assistant', 'In the north of Portugal.', 0]]);
    expect(found.messages.map(({ at }) => at)).toEqual([10_000, 20_000, 30_000]);
  });

  it('takes nothing for said that was not: system prompts, hidden messages, thoughts, tools and what was said to them', () => {
    const found = fromChatgpt(
      gptConversation('c1', [
        { id: 's', parent: null, role: 'system', text: 'You are helpful.' },
        { id: 'i', parent: 's', role: 'user', message: { content: { content_type: 'user_editable_context', user_profile: 'I am Ada', user_instructions: 'Be short' }, metadata: { is_visually_hidden_from_conversation: true } } },
        { id: 'h', parent: 'i', role: 'user', text: 'Hidden', message: { metadata: { is_visually_hidden_from_conversation: true } } },
        { id: 'q', parent: 'h', text: 'How warm is it?', at: 10 },
        { id: 't', parent: 'q', role: 'assistant', message: { content: { content_type: 'thoughts', thoughts: [{ summary: 'Weather', content: 'Look it up' }] } } },
        { id: 'r', parent: 't', role: 'assistant', message: { content: { content_type: 'reasoning_recap', content: 'Thought for 3 seconds' } } },
        { id: 'c', parent: 'r', role: 'assistant', message: { recipient: 'python', content: { content_type: 'code', language: 'unknown', text: 'get_weather()' } } },
        { id: 'o', parent: 'c', role: 'tool', message: { content: { content_type: 'execution_output', text: '21' } } },
        { id: 'a', parent: 'o', role: 'assistant', text: 'It is 21 degrees.\ue200cite\ue202turn0search1\ue201', at: 20 },
        { id: 'e', parent: 'a', role: 'user', text: '   ' },
      ]),
    );
    expect(said(found)).toEqual([['user', 'How warm is it?', null], ['assistant', 'It is 21 degrees.', 0]]);
    expect(found.leftOut).toEqual({ system: 5, tool: 2, empty: 1 });
    expect(found.shown).toBe(1);
  });

  it('names pictures and files in their place, and writes down what was spoken', () => {
    const picture = { content_type: 'image_asset_pointer', asset_pointer: 'file-service://file-abc', size_bytes: 1, width: 1, height: 1 };
    const found = fromChatgpt(
      gptConversation('c1', [
        { id: 'p', parent: null, message: { content: { content_type: 'multimodal_text', parts: [picture, 'What is this?'] }, metadata: { attachments: [{ id: 'file-abc', name: 'cat.jpg', mime_type: 'image/jpeg' }] } } },
        { id: 'b', parent: 'p', message: { content: { content_type: 'multimodal_text', parts: [picture, picture] } } },
        { id: 'v', parent: 'b', message: { content: { content_type: 'multimodal_text', parts: [{ content_type: 'audio_transcription', text: 'My dog is called Rex.', direction: 'in' }, { content_type: 'real_time_user_audio_video_asset_pointer' }] } } },
      ]),
    );
    expect(found.messages.map(({ text, caption }) => [text, caption])).toEqual([['What is this?', 'cat.jpg'], ['[2 pictures]', null], ['My dog is called Rex.', null]]);
  });

  it('is read in no time, whatever marks stand in it', () => {
    const began = performance.now();
    for (const mark of ['\ue200', '\ue200entity\ue202["', '【1†', '【1']) fromChatgpt(gptTalk('a', [mark.repeat(200_000)]));
    expect(performance.now() - began).toBeLessThan(1_000);
  });

  it('keeps code said to the owner, and the names that ChatGPT marks', () => {
    const found = fromChatgpt(
      gptConversation('c1', [
        { id: 'a', parent: null, role: 'assistant', message: { content: { content_type: 'code', language: 'python', text: 'print(1)' } } },
        { id: 'b', parent: 'a', role: 'assistant', text: 'In \ue200entity\ue202["city","Porto","in Portugal"]\ue201 it rains【12†source】.' },
      ]),
    );
    expect(found.messages.map(({ text }) => text)).toEqual(['```python\nprint(1)\n```', 'In Porto it rains.']);
  });

  it('is not led astray by circles, orphans, wrong types and absurd times', () => {
    const found = fromChatgpt({
      title: 7,
      create_time: 1e300,
      current_node: ['x'],
      mapping: {
        a: { id: 'a', parent: 'b', message: null },
        b: { id: 'b', parent: 'a', message: null },
        orphan: { id: 'orphan', parent: 'gone', message: { author: { role: 'user' }, content: { content_type: 'text', parts: ['Still here'] }, create_time: 'soon' } },
        nothing: null,
        text: 'text',
        wizard: { parent: 'orphan', message: { author: { role: 'wizard' }, content: { parts: ['Abracadabra'] } } },
        list: { parent: 'orphan', message: [] },
        nul: { parent: 'orphan', message: { author: { role: 'assistant' }, content: { content_type: 'text', parts: ['a\0b', 3, null, { text: 4 }] }, create_time: -1e30 } },
        __proto__: { parent: 'orphan' },
      },
    });
    expect(found).toMatchObject({ title: '', at: null, shown: null });
    expect(said(found)).toEqual([['user', 'Still here', null], ['assistant', 'ab', 0]]);
    expect(found.messages.map(({ at }) => at)).toEqual([null, null]);
    expect(found.leftOut).toEqual({ broken: 6 });
  });
});

describe('Claude', () => {
  it('gives what was said, without thinking, tools and what was attached', () => {
    const found = fromClaude(
      claudeConversation('u1', [
        { uuid: 'm1', sender: 'human', text: 'Read this.', attachments: [{ file_name: 'plan.txt', file_size: 9, file_type: 'txt', extracted_content: 'Secret plan' }], files: [{ file_name: 'map.png' }] },
        { uuid: 'm2', sender: 'assistant', text: 'Thinking… This block is not supported.', content: [{ type: 'thinking', thinking: 'Hm' }, { type: 'tool_use', name: 'search', input: {} }, { type: 'tool_result', content: [] }, { type: 'text', text: 'It is a plan.' }] },
        { uuid: 'm3', sender: 'assistant', text: 'This block is not supported.', content: [{ type: 'tool_use', name: 'search', input: {} }] },
        { uuid: 'm4', sender: 'human', text: 'Old exports have only this.', content: [] },
        { uuid: 'm4', sender: 'human', text: 'Twice' },
        { uuid: 'm5', sender: 'robot', text: 'Beep' },
      ]),
    );
    expect(found).toMatchObject({ source: 'claude', id: 'u1', title: 'About u1', at: Date.UTC(2025, 2, 4, 10) });
    expect(said(found)).toEqual([['user', 'Read this.', null], ['assistant', 'It is a plan.', 0], ['user', 'Old exports have only this.', 1]]);
    expect(found.messages[0]?.caption).toBe('plan.txt, map.png');
    expect(found.leftOut).toEqual({ tool: 1, broken: 2 });
  });

  it('follows the branches of newer exports', () => {
    const root = '00000000-0000-4000-8000-000000000000';
    const found = fromClaude(
      claudeConversation('u1', [
        { uuid: 'm1', sender: 'human', text: 'Hello', parent_message_uuid: root },
        { uuid: 'm2', sender: 'assistant', text: 'Hi', parent_message_uuid: 'm1' },
        { uuid: 'm3', sender: 'human', text: 'Hello again', parent_message_uuid: root },
        { uuid: 'm4', sender: 'assistant', text: 'Hi there', parent_message_uuid: 'm1' },
      ]),
    );
    expect(found.messages.map(({ follows }) => follows)).toEqual([null, 0, null, 0]);
  });
});

describe('lists of messages with roles', () => {
  const messages = [
    { role: 'system', content: 'You are helpful.' },
    { role: 'user', content: [{ type: 'text', text: 'What is this?' }, { type: 'image_url', image_url: { url: 'data:…' } }] },
    { role: 'assistant', content: null, tool_calls: [{}] },
    { role: 'tool', content: '42' },
    { role: 'assistant', content: 'A cat.', created_at: '2025-01-02T03:04:05Z' },
  ];

  it.each([
    ['OpenAI’s', { id: 'x', title: 'Cat', messages }],
    ['inside a chat', { id: 'x', title: 'Cat', chat: { messages } }],
    ['among several', { data: [{ id: 'x', title: 'Cat', messages }, 7] }],
  ])('are read: %s', (_, value) => {
    const known = recognise(value);
    const found = known && 'conversations' in known ? known.conversations[0]! : null;
    expect(found).toMatchObject({ source: 'list', id: 'x', title: 'Cat', leftOut: { system: 1, tool: 2 } });
    expect(said(found!)).toEqual([['user', 'What is this?', null], ['assistant', 'A cat.', 0]]);
    expect(found?.messages[0]?.caption).toBe('a picture');
    expect(found?.messages[1]?.at).toBe(Date.UTC(2025, 0, 2, 3, 4, 5));
  });

  it('are known by other names', () => {
    const known = recognise({ conversations: [{ from: 'human', value: 'Hello' }, { from: 'gpt', value: 'Hi' }] });
    expect(known && 'conversations' in known && said(known.conversations[0]!)).toEqual([['user', 'Hello', null], ['assistant', 'Hi', 0]]);
    const twice = recognise({ messages: [{ id: 1, role: 'user', content: 'One' }, { id: 1, role: 'user', content: 'Two' }] });
    expect(twice && 'conversations' in twice && twice.conversations[0]?.messages.map(({ id, text }) => [id, text])).toEqual([['1', 'One'], [null, 'Two']]);
    expect(recognise({ sender: 'User', text: 'Hello' })).toEqual({ kind: 'message' });
    expect(recognise(gptTalk('a', ['b']))).toMatchObject({ kind: 'chatgpt' });
  });

  it.each([[null], [7], ['text'], [[]], [{}], [{ messages: [] }], [{ messages: 'x' }], [{ role: 'user' }], [{ data: [{}] }]])('are not seen in %j', (value) => {
    expect(recognise(value)).toBeNull();
  });
});

describe('Markdown', () => {
  it.each([
    ['headings', '# Trip\n\n## You · 2025-01-02T03:04:05Z\n\nWhere to?\n\n## ChatGPT\n\nPorto.\n\n```\n## You\n```\n\n---\n\n### System\n\nBe kind.\n'],
    ['bold names', '# Trip\n\n**User:** Where to?\n\n---\n\n**Assistant:**\nPorto.\n\n```\n## You\n```\n\n**System:** Be kind.'],
    ['names and colons', '# Trip\r\n\r\nYou said:\r\nWhere to?\r\nChatGPT said:\r\nPorto.\r\n\r\n```\r\n## You\r\n```\r\nSystem: Be kind.'],
  ])('is read by its %s', (_, text) => {
    const found = fromPlainMarkdown(text);
    expect(found).toMatchObject({ source: 'markdown', title: 'Trip', leftOut: { system: 1 } });
    expect(said(found!)).toEqual([['user', 'Where to?', null], ['assistant', 'Porto.\n\n```\n## You\n```', 0]]);
  });

  it('is not seen in a note, nor in a line that only looks like one who speaks', () => {
    expect(fromPlainMarkdown('# A note\n\nwith text\n\nYou can do: this')).toBeNull();
    expect(said(fromPlainMarkdown('**You:** My login:\nUser: ada\nBot: no')!)).toEqual([['user', 'My login:\nUser: ada\nBot: no', null]]);
  });

  it('is read in no time, whatever the lines', () => {
    const began = performance.now();
    for (const line of ['**' + 'claude '.repeat(50_000), '#'.repeat(300_000), `## You (${'-'.repeat(300_000)}`, 'gpt-' + '.'.repeat(300_000), `You: a${'\n'.repeat(300_000)}b`, `You: a\n${'-'.repeat(300_000)}b`]) fromPlainMarkdown(line);
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});
