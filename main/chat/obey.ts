/** What the owner asks of memory itself is done here, whatever model is loaded, and answered in the app's own words. */
import { viewOf } from '../memory/recall.ts';
import type { Given } from '../store/given.ts';
import type { ChatDependencies } from './chatTypes.ts';
import type { Command } from './commandForms.ts';
import { commandOf } from './commands.ts';
import { correctTold, restateTold } from './correctTold.ts';
import { plainly, type Asked, type Done, type Looking } from './done.ts';
import { forgetProposed, proposeForgetting, undoForgettings } from './forgetTold.ts';
import { keepTold } from './keepTold.ts';
import { tellKnown } from './knownTold.ts';
import { asksToUndo, replyOf } from './replies.ts';
import { forgetsAllElsewhere, keepsNothing } from './wording.ts';

/** Null where nothing is asked of memory. */
export async function obey(deps: ChatDependencies, asked: Asked, signal: AbortSignal): Promise<Done | null> {
  const view = viewOf(asked.persona, asked.conversation.id);
  const replied = view && (await answerTo(deps, { ...asked, view }));
  if (replied) return replied;
  const command = commandOf(asked.history.at(-1)!.text);
  if (!command) return null;
  if (view && mayBeDone(command, asked)) return carryOut(deps, { ...asked, view }, { command, signal });
  // What is corrected where nothing is kept is between the two of them.
  return isCorrection(command) ? null : plainly(keepsNothing(asked.conversation.temporary));
}

/** A temporary conversation is told what is known, and changes nothing. */
const mayBeDone = ({ kind }: Command, { conversation }: Asked) => kind === 'known' || !conversation.temporary;

const isCorrection = ({ kind }: Command) => kind === 'correct' || kind === 'restate';

/** To what the app asked or told just before; null where it is no answer to that. */
async function answerTo(deps: ChatDependencies, looking: Looking): Promise<Done | null> {
  const { text } = looking.history.at(-1)!;
  const { proposal, forgettings } = beforeIt(deps, looking) ?? {};
  if (forgettings && asksToUndo(text)) return undoForgettings(deps, forgettings);
  const reply = proposal ? replyOf(text) : null;
  return proposal && reply ? forgetProposed(deps, looking, { proposal, reply }) : null;
}

/** What the answer before was made from. */
function beforeIt(deps: ChatDependencies, { conversation, history }: Asked): Given | null {
  const before = history.at(-2);
  return before?.role === 'assistant' ? deps.messages(conversation.id).given(before.id) : null;
}

async function carryOut(deps: ChatDependencies, looking: Looking, { command, signal }: { command: Command; signal: AbortSignal }): Promise<Done | null> {
  switch (command.kind) {
    case 'remember':
      return keepTold(deps, looking, command);
    case 'forget':
      return proposeForgetting(deps, looking, { ...command, signal });
    case 'forget-everything':
      return plainly(forgetsAllElsewhere);
    case 'known':
      return tellKnown(deps, looking, { who: command.who, signal });
    case 'correct':
      return correctTold(deps, looking, command);
    case 'restate':
      return restateTold(deps, looking, command.said);
  }
}
