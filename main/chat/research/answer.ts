/** A turn that is a research: its steps as they are taken, and the report at their end. Kept with the answer from the first step on. */
import type { ChatEvent, MessageStats } from '../../contract/conversation.ts';
import type { NoteCitation } from '../../contract/memory.ts';
import type { Research, ResearchStep } from '../../contract/research.ts';
import type { Turn } from '../begin.ts';
import type { ChatDependencies } from '../chatTypes.ts';
import type { Draft } from '../draft.ts';
import type { Cited } from './cites.ts';
import { composeReport, reportText, type Report } from './compose.ts';
import { planFor, planOf, type Plan } from './plan.ts';
import { inOwnWords, type Writer } from './prose.ts';
import { createGathering, type Gathered } from './rounds.ts';
import type { Section } from './section.ts';

/** `auto`: where its wording asks for it, in a conversation that draws on notes. */
export type How = 'auto' | 'research' | 'direct';

/** What is to be researched for this turn; null where it is answered directly. */
export function researchFor(deps: Pick<ChatDependencies, 'now'>, { history, conversation, continued }: Turn, how: How): Plan | null {
  if (continued || how === 'direct') return null;
  const { text } = history.at(-1)!;
  if (how === 'research') return planFor(text, deps.now());
  const plan = conversation.notes === null ? null : planOf(text, deps.now());
  return plan?.isSure ? plan : null;
}

type Researching = { turn: Turn; plan: Plan; draft: Draft };

const everywhere = { folderIds: [], tags: [], noteIds: [] };

export async function* research(deps: ChatDependencies, { turn, plan, draft }: Researching, signal: AbortSignal): AsyncGenerator<ChatEvent, MessageStats | null> {
  const library = deps.notes.library(turn.conversation.notes ?? everywhere);
  const from = deps.now();
  const gathering = createGathering({ plan, library });
  const among = library.count();
  const recordOf = (steps: ResearchStep[], end: Research['end']): Research => ({ ...sizeOf(gathering.result()), kind: plan.kind, topics: plan.topics, steps, among, ms: deps.now() - from, end });
  const told = (research: Research, citations: NoteCitation[] = []): ChatEvent => {
    draft.rest(citations, { lines: [], research });
    return { type: 'research', research };
  };
  yield told(recordOf([], null));
  for await (const step of gathering.run(signal)) {
    const { steps } = gathering.result();
    yield told(recordOf(step.found === null ? [...steps, step] : steps, null));
  }
  const gathered = gathering.result();
  const report = composeReport(plan, gathered, { among, now: deps.now() });
  const record = recordOf(gathered.steps, gathered.end);
  const citations = report.citations.map(citationOf);
  draft.rest(citations, { lines: [], research: record });
  yield { type: 'recalled', citations, mode: 'none' };
  yield told(record, citations);
  yield* write(deps, { report, turn, draft }, signal);
  return null;
}

const sizeOf = ({ sources }: Gathered) => ({ passages: sources.length, notes: new Set(sources.map(({ note }) => note.id)).size });

/** Part by part; what a model can say in its own words, and is borne out, stands before what it says it of. */
async function* write(deps: ChatDependencies, { report, turn, draft }: { report: Report; turn: Turn; draft: Draft }, signal: AbortSignal): AsyncGenerator<ChatEvent> {
  const writer = writerOf(deps, turn);
  for (const [index, section] of report.sections.entries()) {
    const words = writer && section.findings.length > 1 && !signal.aborted ? await inOwnWords(writer, { section, citations: report.citations }, signal) : null;
    const text = `${index === 0 ? '' : '\n\n'}${reportText({ sections: [withWords(section, words)] })}`;
    draft.add(text);
    yield { type: 'delta', text };
  }
}

const withWords = (section: Section, words: string | null): Section => (words === null ? section : { ...section, text: `${words}\n\n${section.text}` });

/** Null where no model is loaded that could be believed. */
function writerOf({ engine, model }: ChatDependencies, { history }: Turn): Writer | null {
  const loaded = model();
  if (!loaded || !loaded.trusted || loaded.trained) return null;
  return { engine, windowTokens: loaded.windowTokens, question: history.at(-1)!.text };
}

/** As a citation of a note: the whole passage, and of it what was quoted first. */
function citationOf({ mark, source, places }: Cited): NoteCitation {
  const { id, note, headings, place, text, score } = source;
  return {
    mark,
    id,
    note: { id: note.id, folderId: note.folderId, title: note.title, path: note.path, headings, place },
    quote: text,
    telling: places[0] ?? null,
    score,
    why: [],
    used: true,
  };
}
