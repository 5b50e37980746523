import { expect, it } from 'vitest';
import { extract } from './extract.ts';

const prompt = (message: string) => `## Summary\n\n\n## Last k Messages\nuser: We sold it.\n\n## New Messages\n${message}\n\n## Observation Date\n2026-11-21\n\n# Output:`;

it.each([
  ['user: I moved to Porto. Nice, right? Hi!', ['User: I moved to Porto.']],
  ['user: Caroline: I went to a group yesterday! [a photo of a dog]', ['Caroline: I went to a group yesterday!', 'Caroline: [a photo of a dog]']],
  ['assistant: I suggest the blue one.', ['Assistant: I suggest the blue one.']],
  ['user: 仙台に引っ越した。いつ?', ['User: 仙台に引っ越した。']],
  ['user: Ok!', []],
  // Bug: what stands before the new message is taken for new.
  ['user: What now?', []],
])('%s', (message, facts) => expect(extract(prompt(message))).toEqual(facts));
