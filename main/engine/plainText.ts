/**
 * A tokenizer to which only what a template wrote is markup. llama.cpp leaves a model's control tokens alone in ordinary
 * text, but not those that its makers added as "user-defined" (`<think>`, `<tool_call>`, in some files `<|im_start|>`
 * itself): text that spells one would become it.
 */
import type { LlamaModel, Token, Tokenizer } from 'node-llama-cpp';

type Model = Pick<LlamaModel, 'tokenize' | 'detokenize' | 'getTokenAttributes' | 'isSpecialToken' | 'isEogToken' | 'tokenizer'>;

export function plainTokenizer(model: Model): Tokenizer {
  const tokenize = (text: string, special?: boolean | 'builtin', options?: 'trimLeadingSpace'): Token[] => {
    // (Two overloads, one of them for the names of built-in tokens.)
    if (special === 'builtin') return model.tokenize(text as 'BOS', special);
    return special === true ? model.tokenize(text, true, options) : plainTokens(model, text, options);
  };
  const { detokenize, isSpecialToken, isEogToken } = model.tokenizer;
  return Object.assign(tokenize, { detokenize, isSpecialToken, isEogToken });
}

/** White space and the like are user-defined too, and mean no more than they say. */
const isMarkup = (text: string) => /^\s*[<[{\uff1c].*[>\]}\uff1e]\s*$/u.test(text);

export const isMarkupToken = (model: Model, token: Token): boolean =>
  model.getTokenAttributes(token).userDefined && isMarkup(model.detokenize([token], true));

function plainTokens(model: Model, text: string, options?: 'trimLeadingSpace'): Token[] {
  const tokens = model.tokenize(text, false, options);
  const marks = new Set(tokens.filter((token) => isMarkupToken(model, token)).map((token) => model.detokenize([token], true).trim()));
  if (marks.size === 0) return tokens;
  return cutWithin(text, marks).flatMap((part, index) => plainTokens(model, part, index > 0 ? 'trimLeadingSpace' : options));
}

/** Behind the first character of each mark, so that no part holds one. */
function cutWithin(text: string, marks: ReadonlySet<string>): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (![...marks].some((mark) => text.startsWith(mark, at))) continue;
    parts.push(text.slice(from, at + 1));
    from = at + 1;
  }
  parts.push(text.slice(from));
  // A mark that its token spells in another way cannot be cut; letter by letter there is none.
  return parts.length > 1 ? parts : [...text];
}
