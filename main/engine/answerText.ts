/** Turns generated tokens into the text a person sees, piece by piece. */
import type { Token } from 'node-llama-cpp';

/** What is needed of a model's tokenizer. */
export type Detokenizer = {
  detokenize(tokens: readonly Token[], specialTokens?: boolean, lastTokens?: readonly Token[]): string;
  isSpecialToken(token: Token): boolean;
};

export type Markers = {
  /** Texts that end the answer. */
  stops: string[];
  /**
   * What surrounds a thought, which is not shown; null for models that do not think aloud. An empty `open` belongs to
   * those whose prompt opens it.
   */
  thought: { open: string; close: string } | null;
};

export type AnswerTextOptions = {
  /** The tokens before the answer: some tokenizers decide about a space by them. */
  before: readonly Token[];
  markers: Markers;
  /** The prompt already ends inside a thought. */
  thinking: boolean;
  /** The answer begins here, so white space before its first word is left out. */
  fresh: boolean;
};

export type AnswerText = {
  /** The visible text this token completes, and whether it ended the answer. Often empty: half a letter, or a possible marker. */
  push(token: Token): { text: string; ended: boolean };
  /** What was held back, when nothing more comes. */
  finish(): string;
  /** The tokens, when the visible text is all they say; null when something was hidden. */
  exactTokens(): Token[] | null;
};

/** Longest run of tokens that can make up one letter. */
const longestLetter = 4;

export function createAnswerText(tokenizer: Detokenizer, options: AnswerTextOptions): AnswerText {
  const filter = createMarkerFilter(options);
  const before = options.before.slice(-8);
  const done: Token[] = [];
  let pending: Token[] = [];
  let exact = !options.thinking;

  function push(token: Token): { text: string; ended: boolean } {
    if (tokenizer.isSpecialToken(token)) {
      const visible = flush();
      exact = false;
      const marker = filter.add(tokenizer.detokenize([token], true), true);
      return { text: visible + marker.text, ended: marker.ended };
    }
    pending.push(token);
    const text = tokenizer.detokenize(pending, false, [...before, ...done].slice(-8));
    if (text.endsWith('\uFFFD') && pending.length < longestLetter) return { text: '', ended: false };
    settle();
    return filter.add(text, false);
  }

  function settle(): void {
    done.push(...pending);
    pending = [];
  }

  /** Shows a half letter's bytes only when more text follows them. */
  function flush(): string {
    if (pending.length === 0) return '';
    const text = tokenizer.detokenize(pending, false, [...before, ...done].slice(-8));
    settle();
    return filter.add(text, false).text;
  }

  return {
    push,
    finish: () => filter.finish(),
    exactTokens: () => (exact && filter.exact() ? done : null),
  };
}

/** Lets visible text through, holding back what may become a marker. */
function createMarkerFilter({ markers, thinking: startsThinking, fresh }: AnswerTextOptions) {
  let buffer = '';
  // One character for each of `buffer`: x where a control token stands, which is matched but never shown.
  let mask = '';
  let thinking = startsThinking;
  let atStart = fresh;
  let exact = true;

  function add(piece: string, hidden: boolean): { text: string; ended: boolean } {
    buffer += piece;
    mask += (hidden ? 'x' : '.').repeat(piece.length);
    let text = '';
    for (;;) {
      if (thinking) {
        if (!leaveThought()) return { text, ended: false };
        continue;
      }
      const found = firstMarker(buffer, markers);
      if (!found) return { text: text + show(buffer.length - heldBack(buffer, markers)), ended: false };
      text += show(found.at);
      exact = false;
      drop(found.marker.length);
      if (found.kind === 'stop') return { text, ended: true };
      thinking = true;
    }
  }

  /** True when the thought's end was found; else forgets what cannot be part of it. */
  function leaveThought(): boolean {
    const close = markers.thought?.close ?? '';
    const at = buffer.indexOf(close);
    if (at < 0) {
      drop(Math.max(0, buffer.length - close.length + 1));
      return false;
    }
    drop(at + close.length);
    thinking = false;
    atStart = true;
    return true;
  }

  function show(length: number): string {
    let text = '';
    for (let index = 0; index < length; index += 1) if (mask[index] === '.') text += buffer[index];
    drop(length);
    if (atStart) text = text.trimStart();
    if (text) atStart = false;
    return text;
  }

  function drop(length: number): void {
    buffer = buffer.slice(length);
    mask = mask.slice(length);
  }

  return {
    add,
    finish: () => (thinking ? '' : show(buffer.length)),
    exact: () => exact,
  };
}

type Found = { at: number; marker: string; kind: 'stop' | 'thought' };

function firstMarker(text: string, { stops, thought }: Markers): Found | null {
  let first: Found | null = null;
  const consider = (marker: string, kind: Found['kind']) => {
    const at = text.indexOf(marker);
    if (at >= 0 && (first === null || at < first.at)) first = { at, marker, kind };
  };
  for (const stop of stops) consider(stop, 'stop');
  if (thought?.open) consider(thought.open, 'thought');
  return first;
}

/** Length of the longest end of the text with which a marker may begin. */
function heldBack(text: string, { stops, thought }: Markers): number {
  let held = 0;
  for (const marker of thought ? [...stops, thought.open] : stops) {
    for (let length = Math.min(marker.length - 1, text.length); length > held; length -= 1) {
      if (text.endsWith(marker.slice(0, length))) held = length;
    }
  }
  return held;
}
