import { expect, it } from 'vitest';
import { engineLine } from './engineLines.ts';

// Bug: a warning that quotes the prompt is kept in the log, which promises to hold nobody's words.
it('keeps which part spoke and how loudly, and none of what it said', () => {
  const line = 'error: llama_decode: failed on "My sister lives in Porto"';
  expect(engineLine(line)).toEqual({ severity: 'error', part: 'llama_decode', characters: line.length });
  expect(JSON.stringify([line, 'My sister lives in Porto', 'warn: Porto'].map(engineLine))).not.toMatch(/Porto|sister/);
  expect(engineLine('GGML_ASSERT(n_tokens > 0) failed')).toMatchObject({ severity: 'none', part: 'ggml_assert' });
});
