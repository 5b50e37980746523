/** What is known of the owner in general, for a model that can make use of it: once in a conversation, at its beginning. */
import { profile } from '../claims/profile.ts';
import { viewOf } from '../memory/recall.ts';
import type { Persona } from '../contract/persona.ts';
import { countTokens } from '../contract/tokens.ts';
import type { HistoryMessage } from '../store/messages.ts';
import type { Plan } from './assemble.ts';
import type { ChatDependencies, ChatModel } from './chatTypes.ts';
import { withoutFence } from './prompt.ts';
import { writtenDay } from './wording.ts';

/** Of the tokens for memory. */
const share = 0.25;
const opening = 'About the user, as known on ';

export type ProfileParts = { persona: Persona; conversationId: string; history: HistoryMessage[]; model: ChatModel; plan: Plan };

/**
 * Null where the model was given it before, and sees it still; where nothing is known; and for models that are too small:
 * the trust rule founds their answers on quotations, and those that know one prompt know no such line (`bench/README.md`).
 */
export async function profileLine(deps: Pick<ChatDependencies, 'keeping' | 'now'>, { persona, conversationId, history, model, plan }: ProfileParts): Promise<string | null> {
  const view = viewOf(persona, conversationId);
  if (!view || !model.trusted || model.trained) return null;
  const seen = new Set(plan.seen);
  if (history.some(({ id, given }) => seen.has(id) && given.some((line) => line.startsWith(opening)))) return null;
  const known = profile(deps.keeping.db, view);
  let parts = known.split(/(?<=[;\n])/u);
  while (parts.length > 0 && countTokens(parts.join('')) > share * plan.budget.memory) parts = parts.slice(0, -1);
  for (; parts.length > 0; parts = parts.slice(0, -1)) {
    const line = written(parts.join(''), deps.now());
    if (line === null || (await plan.countLines([line], share)) === 1) return line;
  }
  return null;
}

function written(known: string, at: number): string | null {
  const text = withoutFence(known.trim().replace(/;$/u, '').replace(/[;\s]*\n/gu, '. '));
  return text === '' ? null : `${opening}${writtenDay(at)}: ${text}`;
}
