/** Messages to tokens, in the form the loaded model was trained on. */
import { randomUUID } from 'node:crypto';
import { LlamaText, type ChatHistoryItem, type ChatWrapper, type LlamaModel, type SpecialToken, type SpecialTokensText, type Token, type Tokenizer } from 'node-llama-cpp';
import type { Markers } from './answerText.ts';
import { chooseChatWrapper } from './chatTemplate.ts';
import type { PromptMessage } from './contract.ts';
import { plainTokenizer } from './plainText.ts';

export type Rendering = {
  tokens: Token[];
  /** Tokens that end the answer, beside the model's own end tokens. */
  stopTokens: ReadonlySet<Token>;
  markers: Markers;
  /** The prompt ends inside a thought: this kind of model always thinks first. */
  thinking: boolean;
};

export type Renderer = {
  render(messages: PromptMessage[], answerSoFar: string): Rendering;
  /** The tokens that stay the same whatever is asked next. */
  renderAhead(messages: PromptMessage[]): Token[];
  /**
   * Keeps the exact tokens of an answer. Reading its text again may give other tokens, and then nothing after it in the
   * llama context could be used again.
   */
  remember(answer: string, tokens: Token[]): void;
  /** The tokens an answer stands for in a prompt. */
  answerTokens(answer: string): Token[];
};

/** Answers whose tokens are kept; the oldest go first. */
const mostRemembered = 512;

export const createRenderer = (model: LlamaModel): Renderer => new ModelRenderer(model);

type Places = Map<string, Token[]>;

class ModelRenderer implements Renderer {
  private readonly model: LlamaModel;
  private readonly tokenizer: Tokenizer;
  private readonly wrapper: ChatWrapper;
  /** By trimmed text: what is stored may have been trimmed. */
  private readonly remembered = new Map<string, { text: string; tokens: Token[] }>();

  constructor(model: LlamaModel) {
    this.model = model;
    this.tokenizer = plainTokenizer(model);
    this.wrapper = chooseChatWrapper(model);
  }

  render(messages: PromptMessage[], answerSoFar: string): Rendering {
    const places: Places = new Map();
    const history = messages.map((message) => this.historyItem(message, places));
    const open: ChatHistoryItem = { type: 'model', response: answerSoFar === '' ? [] : [this.continued(answerSoFar, places)] };
    const { contextText, stopGenerationTriggers } = this.wrapper.generateContextState({ chatHistory: [...history, open] });
    const thought = thoughtMarkers(this.wrapper);
    const stops = this.readStops(stopGenerationTriggers);
    return {
      tokens: this.tokenize(contextText, places),
      stopTokens: stops.tokens,
      markers: { stops: stops.texts, thought },
      thinking: thought !== null && contextText.toString().trimEnd().endsWith(thought.open),
    };
  }

  renderAhead(messages: PromptMessage[]): Token[] {
    if (messages.at(-1)?.role === 'user') return this.render(messages, '').tokens;
    const one = this.render([...messages, { role: 'user', text: 'a' }], '').tokens;
    const other = this.render([...messages, { role: 'user', text: '7' }], '').tokens;
    const differs = one.findIndex((token, index) => token !== other[index]);
    return differs < 0 ? one : one.slice(0, differs);
  }

  remember(answer: string, tokens: Token[]): void {
    const key = answer.trim();
    if (key === '' || tokens.length === 0) return;
    this.remembered.delete(key);
    this.remembered.set(key, { text: answer, tokens });
    if (this.remembered.size > mostRemembered) this.remembered.delete(this.remembered.keys().next().value!);
  }

  answerTokens(answer: string): Token[] {
    return this.exactTokens(answer) ?? this.model.tokenize(answer, false, 'trimLeadingSpace');
  }

  /** Going on needs the very text: white space that was trimmed for storage would be missing before the next word. */
  private exactTokens(text: string): Token[] | null {
    const answer = this.remembered.get(text.trim());
    return answer?.text.trimStart() === text.trimStart() ? (answer?.tokens ?? null) : null;
  }

  private historyItem(message: PromptMessage, places: Places): ChatHistoryItem {
    switch (message.role) {
      case 'system':
        return { type: 'system', text: message.text };
      case 'user':
        return { type: 'user', text: message.text };
      case 'assistant': {
        const tokens = this.remembered.get(message.text.trim())?.tokens;
        return { type: 'model', response: [tokens ? holdPlace(tokens, places) : message.text] };
      }
    }
  }

  private continued(text: string, places: Places): string {
    const tokens = this.exactTokens(text);
    return tokens ? holdPlace(tokens, places) : text;
  }

  /** Ordinary text never becomes a control token: only what the template itself wrote is read as such. */
  private tokenize(text: LlamaText, places: Places): Token[] {
    const tokens: Token[] = [];
    for (const part of splitAt(text, [...places.keys()])) {
      const known = typeof part === 'string' ? places.get(part) : undefined;
      const options = tokens.length > 0 ? 'trimLeadingSpace' : undefined;
      // (No spread: a long prompt has more tokens than a call may have arguments.)
      for (const token of known ?? LlamaText(part).tokenize(this.tokenizer, options)) tokens.push(token);
    }
    return tokens;
  }

  private readStops(triggers: readonly LlamaText[]): { tokens: Set<Token>; texts: string[] } {
    const tokens = new Set<Token>();
    const texts = new Set<string>();
    for (const trigger of triggers) {
      const special = trigger.values.every((value) => typeof value !== 'string');
      const read = special ? trigger.tokenize(this.model.tokenizer) : [];
      const only = read.length === 1 ? read[0] : undefined;
      if (only !== undefined) tokens.add(only);
      else if (trigger.toString() !== '' && !special) texts.add(trigger.toString());
    }
    return { tokens, texts: [...texts] };
  }
}

/** A word no text contains, standing where known tokens go. */
function holdPlace(tokens: Token[], places: Places): string {
  const word = `\u{f0000}${randomUUID()}\u{f0000}`;
  places.set(word, tokens);
  return word;
}

function thoughtMarkers(wrapper: ChatWrapper): Markers['thought'] {
  const { prefix, suffix } = wrapper.settings.segments?.thought ?? {};
  const close = suffix === undefined ? '' : LlamaText(suffix).toString().trim();
  if (prefix === undefined || close === '') return null;
  const open = typeof prefix === 'object' && 'type' in prefix ? '' : LlamaText(prefix).toString().trim();
  return { open, close };
}

/** Cuts the text's strings at these words and keeps the words as parts of their own. */
function splitAt(text: LlamaText, words: string[]): (string | LlamaText)[] {
  const parts: (string | LlamaText)[] = [];
  let open: (string | SpecialToken | SpecialTokensText)[] = [];
  const close = () => {
    if (open.length > 0) parts.push(LlamaText(open));
    open = [];
  };
  for (const value of text.values) {
    if (typeof value !== 'string') {
      open.push(value);
      continue;
    }
    let rest = value;
    for (;;) {
      const [word, at] = firstOf(rest, words);
      if (word === null) break;
      if (at > 0) open.push(rest.slice(0, at));
      close();
      parts.push(word);
      rest = rest.slice(at + word.length);
    }
    if (rest) open.push(rest);
  }
  close();
  return parts;
}

function firstOf(text: string, words: string[]): [string | null, number] {
  let found: [string | null, number] = [null, -1];
  for (const word of words) {
    const at = text.indexOf(word);
    if (at >= 0 && (found[0] === null || at < found[1])) found = [word, at];
  }
  return found;
}
