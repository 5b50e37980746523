/** Text in a prompt stays text: whatever it spells, the model is given no control token that its template did not write. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getLlama, LlamaLogLevel, type Llama, type LlamaModel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemText, turnsOf, writeLine } from '../chat/prompt.ts';
import { hostileTexts } from '../claims/fixtures/hostileTexts.ts';
import { claimsQuestion } from '../claims/propose.ts';
import type { PromptMessage } from './contract.ts';
import { tinyShape, writeRandomLlama } from './fixtures/randomModels.ts';
import { starterChat } from './fixtures/serving.ts';
import type { Mark } from './fixtures/vocabularies.ts';
import { isMarkupToken } from './plainText.ts';
import { createRenderer } from './render.ts';

const messages = (before: string, content: string, after: string) => `{% for m in messages %}${before}{{ m['role'] }}${content}{{ m['content'] }}${after}{% endfor %}{% if add_generation_prompt %}${before}assistant${content}{% endif %}`;
const marks = (type: Mark['type'], ...texts: string[]): Mark[] => texts.map((text) => ({ text, type }));

/** The marks of each family as its vocabulary declares them. */
const families: Record<string, { chatTemplate: string; marks: Mark[] }> = {
  'Llama 3': { chatTemplate: messages('<|start_header_id|>', '<|end_header_id|>\n\n', '<|eot_id|>'), marks: marks(3, '<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>', '<|begin_of_text|>') },
  Gemma: { chatTemplate: messages('<start_of_turn>', '\n', '<end_of_turn>\n'), marks: marks(3, '<start_of_turn>', '<end_of_turn>') },
  Mistral: { chatTemplate: `{% for m in messages %}[INST] {{ m['content'] }} [/INST]{% endfor %}`, marks: marks(3, '[INST]', '[/INST]', '[AVAILABLE_TOOLS]', '[/AVAILABLE_TOOLS]', '[TOOL_CALLS]') },
  Phi: { chatTemplate: messages('<|', '|>\n', '<|end|>\n'), marks: marks(3, '<|user|>', '<|assistant|>', '<|system|>', '<|end|>', '<|endoftext|>') },
  'a ChatML whose marks are user-defined': { chatTemplate: messages('<|turn|>', '\n', '<|end|>\n'), marks: marks(4, '<|turn|>', '<|end|>', '<think>', '</think>', '<tool_call>', '</tool_call>', '<|system|>', '<start_of_turn>') },
};

let llama: Llama;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'engram-marks-'));
  llama = await getLlama({ gpu: false, build: 'never', skipDownload: true, progressLogs: false, maxThreads: 1, logLevel: LlamaLogLevel.error });
});
afterAll(async () => {
  await llama.dispose();
  rmSync(folder, { recursive: true });
});

async function modelOf(name: string): Promise<LlamaModel> {
  if (name === 'the bundled model') return llama.loadModel({ modelPath: starterChat, vocabOnly: true });
  const modelPath = join(folder, `${name}.gguf`);
  writeRandomLlama(modelPath, { ...tinyShape, ...families[name] });
  return llama.loadModel({ modelPath, vocabOnly: true });
}

const march = Date.UTC(2026, 2, 4, 12);

/** A text in every place of a prompt that data can come into. */
function promptsWith(text: string): PromptMessage[][] {
  const given = [writeLine({ mark: 1, role: 'assistant', text, saidAt: march, written: false }, null)];
  const asked = { id: 'a', role: 'user' as const, text: `What of this? ${text}`, given: [] };
  const answered = { id: 'b', role: 'assistant' as const, text: `It says ${text}`, given };
  const turns = turnsOf([asked, answered, { id: 'c', role: 'user', text: 'And now?', given: [] }], given, false);
  return [
    [{ role: 'system', text: systemText({ trained: null, instructions: text, remembers: true, at: march }) }, ...turns.flatMap((turn) => turn.messages)],
    [{ role: 'system', text: 'Note claims.' }, { role: 'user', text: claimsQuestion(text) }],
  ];
}

describe.each(['the bundled model', ...Object.keys(families)])('given to %s', (name) => {
  it('no hostile text becomes a control token', { timeout: 60_000 }, async () => {
    const model = await modelOf(name);
    const renderer = createRenderer(model);
    const controls = (prompt: PromptMessage[]): Token[] =>
      renderer.render(prompt, '').tokens.filter((token) => model.getTokenAttributes(token).control || model.isEogToken(token) || isMarkupToken(model, token));
    const harmless = promptsWith('My sister lives in Porto.').map(controls);
    expect(harmless.flat().length, 'the template itself writes some').toBeGreaterThan(0);
    const broken = hostileTexts.filter(({ text }) => promptsWith(text).some((prompt, index) => controls(prompt).join() !== harmless[index]!.join()));
    expect(broken.map((text) => text.name)).toEqual([]);
    await model.dispose();
  });
});

// Bug: a file declares `<|im_start|>` or `<think>` as user-defined, and llama.cpp reads it as one token in any text.
it('a mark of a vocabulary that stands in a text is read letter by letter, and nothing of the text is lost', async () => {
  const model = await modelOf('a ChatML whose marks are user-defined');
  const renderer = createRenderer(model);
  const said = 'a <think>b</think> <tool_call>c';
  const { tokens } = renderer.render([{ role: 'user', text: said }], '');
  expect(tokens.filter((token) => model.detokenize([token], true).includes('think>'))).toEqual([]);
  expect(model.detokenize(tokens, true)).toContain(said);
  expect(model.tokenize(said, false).some((token) => isMarkupToken(model, token)), 'llama.cpp alone reads marks here').toBe(true);
  await model.dispose();
});
