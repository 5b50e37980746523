import { ChatMLChatWrapper, resolveChatWrapper, type ChatWrapper, type LlamaModel } from 'node-llama-cpp';

/**
 * How this model wants its messages written. Finding out renders its template many times and takes a third of a second;
 * the plainest form of all is recognised at once.
 */
export function chooseChatWrapper(model: LlamaModel): ChatWrapper {
  const template = model.fileInfo.metadata?.tokenizer?.chat_template;
  if (typeof template === 'string' && isPlainChatMl(template)) return new ChatMLChatWrapper();
  // Thinking aloud costs minutes on a laptop: models that can do without are asked to.
  return resolveChatWrapper(model, {
    warningLogs: false,
    customWrapperSettings: { qwen: { thoughts: 'discourage' }, jinjaTemplate: { reasoning: false } },
  });
}

const plainChatMl = "{%forminmessages%}<|im_start|>m[role]⏎m[content]<|im_end|>⏎{%endfor%}{%ifadd_generation_prompt%}<|im_start|>assistant⏎{%endif%}";

/** Whether a template is ChatML and nothing else, however it is spaced and quoted. Pure. */
export function isPlainChatMl(template: string): boolean {
  const variable = /\{%-?\s*for\s+(\w+)\s+in\s+messages/u.exec(template)?.[1];
  if (variable === undefined) return false;
  const written = template
    .replace(/\\n|\n/gu, '⏎')
    .replaceAll(new RegExp(`\\b${variable}\\b`, 'gu'), 'm')
    .replace(/\.(role|content)\b/gu, '[$1]')
    .replace(/\{\{|\}\}|["'+\s]/gu, '');
  return written === plainChatMl;
}
