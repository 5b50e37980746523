/** What may be kept of a line that llama.cpp wrote: its level and which part of it spoke. The rest may quote a prompt. */
export function engineLine(line: string): { severity: string; part: string; characters: number } {
  const [, level, rest = ''] = /^(fatal|error|warn|info|log|debug): ([^]*)$/.exec(line) ?? [null, null, line];
  const part = parts.find((each) => rest.toLowerCase().includes(each)) ?? 'other';
  return { severity: level ?? 'none', part, characters: line.length };
}

/**
 * In this order the first that occurs is told. They are names within llama.cpp and its drivers that nobody's words
 * could complete; what they complain of is not written.
 */
const parts = [
  'out of memory', 'failed to allocate', 'ggml_assert', 'ggml_abort', 'ggml_backend', 'ggml_cuda', 'ggml_vulkan', 'ggml_metal',
  'llama_model_load', 'llama_init', 'llama_kv_cache', 'llama_context', 'llama_adapter', 'llama_grammar', 'llama_decode', 'llama_tokenize',
  'load_tensors', 'tokenizer', 'gguf', 'vk::', 'cuda error', 'deprecationwarning', 'experimentalwarning',
] as const;
