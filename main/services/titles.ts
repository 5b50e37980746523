import { AppError } from '../contract/errors.ts';
import type { ConversationStore } from '../store/conversations.ts';
import type { MessageStore } from '../store/messages.ts';
import { asksToKeepHere } from '../chat/commands.ts';
import type { TurnEnd } from '../chat/chatTypes.ts';
import { thinkOfTitle, type TitleDependencies } from '../chat/title.ts';

export type TitlesDependencies = TitleDependencies & {
  wanted(): boolean;
  conversations(id: string): ConversationStore;
  messages(id: string): MessageStore;
  /** The conversation with this id has a new title. */
  titled(id: string): void;
  failed(error: unknown): void;
};

export type Titles = {
  /** After an answer: names the conversation if nobody has. One at a time, the latest. */
  consider(end: TurnEnd): void;
  /** A turn begins: the model is needed for that. */
  stepAside(): void;
  /** Resolves when no title is being thought of. */
  settled(): Promise<void>;
};

export function createTitles(deps: TitlesDependencies): Titles {
  let thinking = new AbortController();
  let last: Promise<void> = Promise.resolve();

  async function name({ conversation: { id }, answer }: TurnEnd, signal: AbortSignal): Promise<void> {
    if (!isUnnamed(deps, id)) return;
    const questions = deps.messages(id).branch(id).filter(({ role, text }) => role === 'user' && !asksToKeepHere(text)).slice(0, 10).map(({ text }) => text);
    if (questions.length === 0) return;
    const title = await thinkOfTitle(deps, { questions, answer: answer.text }, signal);
    // The owner may have named or deleted it meanwhile.
    if (title === null || !isUnnamed(deps, id)) return;
    deps.conversations(id).suggestTitle(id, title);
    deps.titled(id);
  }

  return {
    consider(end) {
      // A title is seen from everywhere.
      if (end.conversation.temporary || asksToKeepHere(end.question.text) || !deps.wanted()) return;
      thinking.abort();
      thinking = new AbortController();
      const { signal } = thinking;
      const naming = name(end, signal).catch((error: unknown) => {
        // The model was unloaded, or its process ended: the next answer is the next chance.
        if (!['cancelled', 'no-model', 'engine-stopped'].includes(AppError.from(error).code)) deps.failed(error);
      });
      // The one before, of another conversation perhaps, was stopped but may still have its title to write.
      last = Promise.all([last, naming]).then(() => undefined);
    },
    stepAside: () => thinking.abort(),
    settled: () => last,
  };
}

function isUnnamed(deps: TitlesDependencies, id: string): boolean {
  try {
    return deps.conversations(id).get(id).titledBy === 'nobody';
  } catch {
    // Deleted.
    return false;
  }
}
