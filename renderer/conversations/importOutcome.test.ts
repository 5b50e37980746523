import { expect, it } from 'vitest';
import type { ImportEvent } from '../../main/contract/importing.ts';
import { importOutcome } from './importOutcome.ts';

type Done = Extract<ImportEvent, { type: 'done' }>;
const done = (part: Partial<Done> = {}): Done => ({
  type: 'done',
  figures: { conversations: { added: 0, grown: 0, known: 0, leftOut: {} }, messages: { added: 0, known: 0, leftOut: {} } },
  stopped: false,
  cut: false,
  firstId: null,
  ...part,
});

it('says what came, what was known, and what was left out and why', () => {
  const figures: Done['figures'] = {
    conversations: { added: 120, grown: 1, known: 3, leftOut: { broken: 1, deleted: 2 } },
    messages: { added: 3_400, known: 60, leftOut: { system: 4, tool: 1 } },
  };
  expect(importOutcome('chatgpt', done({ figures }))).toBe(
    '120 conversations with 3,400 messages from ChatGPT were brought in. 1 that was known has grown. 3 were known already. ' +
      'Left out: 1 entry that cannot be read, 2 conversations you deleted here, 4 system or hidden messages, 1 message to or from tools.',
  );
});

it('says that it was stopped or cut off, and when nothing is new', () => {
  const figures: Done['figures'] = { conversations: { added: 1, grown: 0, known: 0, leftOut: {} }, messages: { added: 1, known: 0, leftOut: {} } };
  expect(importOutcome('engram', done({ figures }))).toBe('1 conversation with 1 message from a file of Engram was brought in.');
  expect(importOutcome('claude', done({ figures, stopped: true }))).toMatch(/^Stopped; .* goes on from there\. 1 conversation with 1 message from Claude was brought in\.$/);
  expect(importOutcome('markdown', done({ cut: true }))).toBe('Nothing new was brought in. The file ends in the middle: what stood before that is here.');
});
