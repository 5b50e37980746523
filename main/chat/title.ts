import type { Engine, Overlay } from '../engine/engine.ts';
import type { ChatModel } from './chatTypes.ts';
import { titleGrammar } from './titleGrammar.ts';
import { utteranceOf } from './utterance.ts';
import { contentWords, sentences } from './words.ts';

export type TitleDependencies = {
  engine: Pick<Engine, 'generate'>;
  model(): ChatModel | null;
};

/** What a title is made from: the questions so far, oldest first, and the first answer. */
export type TitleParts = { questions: string[]; answer: string };

const longestTitle = 60;
const noOverlay: Overlay = [];

/**
 * A title for a conversation, by the model where it does it well, else from the question's own words; so too when
 * stopped. Null while nothing has been said that could name it: a greeting is no title.
 */
export async function thinkOfTitle(deps: TitleDependencies, parts: TitleParts, signal: AbortSignal): Promise<string | null> {
  const question = parts.questions.find((text) => utteranceOf(text) !== 'small-talk');
  if (question === undefined) return null;
  const model = deps.model();
  const thought = model ? await ask(deps, { model, question, answer: parts.answer }, signal) : '';
  if (signal.aborted) return plainTitle(question);
  return isGoodTitle(thought, `${question} ${parts.answer}`, model?.trusted ?? false) ? thought : plainTitle(question);
}

type Asking = { model: ChatModel; question: string; answer: string };

async function ask(deps: TitleDependencies, { model, question, answer }: Asking, signal: AbortSignal): Promise<string> {
  const asked = question.slice(0, 300);
  const messages =
    model.trained
      ? [
          { role: 'system' as const, text: model.trained.titleInstructions },
          { role: 'user' as const, text: asked },
        ]
      : [
          { role: 'system' as const, text: 'You name conversations. Answer with a title of two to six words and nothing else.' },
          { role: 'user' as const, text: `Question: ${question.slice(0, 1_000)}\n\nAnswer: ${answer.slice(0, 600)}` },
        ];
  // A trained model names a conversation in words of the question, and cannot leave them.
  const grammar = model.trained ? titleGrammar(asked) : undefined;
  if (grammar === null) return '';
  const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: 24, seed: null };
  let text = '';
  try {
    for await (const event of deps.engine.generate({ messages, answerSoFar: '', overlay: noOverlay, lane: 'side', sampling, ...(grammar === undefined ? {} : { grammar }) }, signal)) {
      if (event.type === 'delta') text += event.text;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  return cleaned(text);
}

const cleaned = (text: string) =>
  capital(text.trim().replace(/^(title|name)\s*:\s*/iu, '').replace(/^["'“”*#\s]+|["'“”*\s.]+$/gu, '').trim());

const capital = (text: string) => text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());

/** One short line of words; from a model that is not trusted, words of the conversation only. */
export function isGoodTitle(title: string, said: string, trusted: boolean): boolean {
  const words = title.split(/\s+/u).length;
  if (title.length < 3 || title.length > longestTitle || words > 8 || /[\n<>{}[\]|]|^(i|you) /iu.test(title)) return false;
  if (trusted) return true;
  const known = new Set(contentWords(said));
  const named = contentWords(title);
  return words > 1 && named.length > 0 && named.every((word) => known.has(word));
}

const lead =
  /^(?:(?:hi|hello|hey|ok|okay|so|well|please|thanks|thank you|sorry)\b[\s,.!]*|(?:can|could|would|will) you (?:please )?(?:help me (?:to |with )?|tell me |explain (?:to me )?|show me )?|(?:please )?(?:help me (?:to |with )?|tell me |explain (?:to me )?|remember that |i (?:want|need|would like) (?:you )?to (?:know )?))+/iu;

/** The question's first sentence, without its lead-in, cut at a word. */
export function plainTitle(question: string): string {
  const first = sentences(question.trim())[0] ?? question.trim();
  const told = first.replace(lead, '').replace(/[.!?…:;,\s]+$/u, '') || first;
  const short = told.length <= longestTitle ? told : `${told.slice(0, longestTitle - 2).replace(/\s+\S*$/u, '')} …`;
  return capital(short.replace(/\s+/gu, ' '));
}
