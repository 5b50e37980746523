/** Messages to tokens, in the form the loaded model was trained on. */
import { randomUUID } from 'node:crypto';
import {
  LlamaText,
  SpecialToken,
  SpecialTokensText,
  type ChatHistoryItem,
  type LlamaModel,
  type Token,
} from 'node-llama-cpp';
import type { Markers } from './answerText.ts';
import { chooseChatWrapper } from './chatTemplate.ts';
import type { PromptMessage } from './contract.ts';

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

export function createRenderer(model: LlamaModel): Renderer {
  const wrapper = chooseChatWrapper(model);
  /** By trimmed text: what is stored may have been trimmed. */
  const remembered = new Map<string, { text: string; tokens: Token[] }>();

  function render(messages: PromptMessage[], answerSoFar: string): Rendering {
    const places = new Map<string, Token[]>();
    const history = messages.map((message) => toHistoryItem(message, place));
    const answered = answerSoFar === '' ? [] : [continued(answerSoFar)];
    const { contextText, stopGenerationTriggers } = wrapper.generateContextState({ chatHistory: [...history, { type: 'model', response: answered }] });
    const thought = thoughtMarkers();
    const stops = readStops(stopGenerationTriggers);
    return {
      tokens: tokenize(contextText, places),
      stopTokens: stops.tokens,
      markers: { stops: stops.texts, thought },
      thinking: thought !== null && contextText.toString().trimEnd().endsWith(thought.open),
    };

    /** A word no text contains, standing where remembered tokens go. */
    function place(text: string): string {
      const tokens = remembered.get(text.trim())?.tokens;
      if (!tokens) return text;
      const word = `\u{f0000}${randomUUID()}\u{f0000}`;
      places.set(word, tokens);
      return word;
    }

    function continued(text: string): string {
      return exactTokens(text) ? place(text) : text;
    }
  }

  /** Going on needs the very text: white space that was trimmed for storage would be missing before the next word. */
  function exactTokens(text: string): Token[] | null {
    const answer = remembered.get(text.trim());
    return answer?.text.trimStart() === text.trimStart() ? (answer?.tokens ?? null) : null;
  }

  function thoughtMarkers(): Markers['thought'] {
    const { prefix, suffix } = wrapper.settings.segments?.thought ?? {};
    const close = suffix === undefined ? '' : LlamaText(suffix).toString().trim();
    if (prefix === undefined || close === '') return null;
    const open = typeof prefix === 'object' && 'type' in prefix ? '' : LlamaText(prefix).toString().trim();
    return { open, close };
  }

  /** Ordinary text never becomes a control token: only what the template itself wrote is read as such. */
  function tokenize(text: LlamaText, places: Map<string, Token[]>): Token[] {
    const tokens: Token[] = [];
    for (const part of splitAt(text, [...places.keys()])) {
      const known = typeof part === 'string' ? places.get(part) : undefined;
      const options = tokens.length > 0 ? 'trimLeadingSpace' : undefined;
      // (No spread: a long prompt has more tokens than a call may have arguments.)
      for (const token of known ?? LlamaText(part).tokenize(model.tokenizer, options)) tokens.push(token);
    }
    return tokens;
  }

  function readStops(triggers: readonly LlamaText[]): { tokens: Set<Token>; texts: string[] } {
    const tokens = new Set<Token>();
    const texts = new Set<string>();
    for (const trigger of triggers) {
      const special = trigger.values.every((value) => value instanceof SpecialToken || value instanceof SpecialTokensText);
      const read = special ? trigger.tokenize(model.tokenizer) : [];
      const only = read.length === 1 ? read[0] : undefined;
      if (only !== undefined) tokens.add(only);
      else if (trigger.toString() !== '' && !special) texts.add(trigger.toString());
    }
    return { tokens, texts: [...texts] };
  }

  return {
    render,
    answerTokens: (answer) => exactTokens(answer) ?? model.tokenize(answer, false, 'trimLeadingSpace'),
    renderAhead(messages) {
      if (messages.at(-1)?.role === 'user') return render(messages, '').tokens;
      const one = render([...messages, { role: 'user', text: 'a' }], '').tokens;
      const other = render([...messages, { role: 'user', text: '7' }], '').tokens;
      const differs = one.findIndex((token, index) => token !== other[index]);
      return differs < 0 ? one : one.slice(0, differs);
    },
    remember(answer, tokens) {
      const key = answer.trim();
      if (key === '' || tokens.length === 0) return;
      remembered.delete(key);
      remembered.set(key, { text: answer, tokens });
      if (remembered.size > mostRemembered) remembered.delete(remembered.keys().next().value!);
    },
  };
}

function toHistoryItem(message: PromptMessage, place: (text: string) => string): ChatHistoryItem {
  switch (message.role) {
    case 'system':
      return { type: 'system', text: message.text };
    case 'user':
      return { type: 'user', text: message.text };
    case 'assistant':
      return { type: 'model', response: [place(message.text)] };
  }
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
