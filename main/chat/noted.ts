/** What notes say to a question where no model can be asked to say it: their own sentences, quoted, each with its number. */
import type { NoteCitation } from '../contract/memory.ts';
import type { NoteScope } from '../contract/note.ts';
import type { ChatDependencies, Passage, PassagesFound } from './chatTypes.ts';
import { withoutFence } from './prompt.ts';
import { broughtBy, quoted } from './quoting.ts';
import { rankTellings, sureness, withReading, type Stretch, type Telling } from './tellings.ts';

/** `told`: a sentence answers; `near`: one may; `none`: nothing does. */
export type Noted = { kind: 'told' | 'near' | 'none'; text: string; citations: NoteCitation[] };

/** Sentences read together with the question; a reader has time for about a dozen. */
const mostRead = 12;
/** So many passages are quoted at most, each by one sentence. */
const mostQuoted = 3;
/** How far behind the best one another sentence may stand to be quoted beside it. */
const beside = 0.5;
/** From here a sentence is taken to answer, and from here to be worth showing: see `sureness`. */
const answersFrom = 0.36;
const nearFrom = 0.28;

export type Asked = { question: string; found: PassagesFound };

/** The sentences of passages that tell most, best first, at most one a passage. */
export async function bestTellings({ notes }: Pick<ChatDependencies, 'notes'>, { question, found }: Asked, signal: AbortSignal): Promise<Telling[]> {
  const ranked = rankTellings(question, found.passages).slice(0, mostRead);
  const reading = ranked.length === 0 ? null : await notes.read(question, ranked.map(({ text }) => text.replace(/\s+/gu, ' ')), signal);
  const seen = new Set<string>();
  const read = reading && reading.earned > 0 ? withReading(ranked, reading.tells) : ranked;
  return read.filter(({ passage }) => !seen.has(passage.id) && seen.add(passage.id));
}

/** `scope`: null where only what is attached was looked into. */
export async function quoteNotes(deps: Pick<ChatDependencies, 'notes'>, { question, found, scope }: Asked & { scope: NoteScope | null }, signal: AbortSignal): Promise<Noted> {
  const tellings = surestFirst(await bestTellings(deps, { question, found }, signal));
  const best = tellings[0];
  const sure = best ? sureness(best) : 0;
  if (!best || sure < nearFrom) return { kind: 'none', text: saysNothing(deps, scope), citations: [] };
  const alone = [citationOf(best.passage, 1, best)];
  if (sure < answersFrom || best.lacks) return { kind: 'near', text: `I am not sure. The closest in ${scope === null ? 'what you attached' : 'your notes'}, from ${saying(best)}`, citations: alone };
  // What is led to is long enough by itself.
  if (best.brings) return { kind: 'told', text: `${whose(best.passage)} ${saying(best, 'says')}`, citations: alone };
  const told = tellings.filter((one) => !one.brings && !one.lacks && one.score >= best.score - beside && sureness(one) >= answersFrom).slice(0, mostQuoted);
  return { kind: 'told', text: told.length === 1 ? `${whose(best.passage)} ${saying(best, 'says')}` : listed(told, scope), citations: told.map((one, index) => citationOf(one.passage, index + 1, one)) };
}

/** Of those that are told about as well, one that may answer goes before one that may not. */
function surestFirst(tellings: readonly Telling[]): Telling[] {
  const near = tellings.filter(({ score }) => score >= tellings[0]!.score - beside);
  const may = near.filter((one) => !one.lacks && sureness(one) >= answersFrom);
  return [...new Set([...may, ...tellings])];
}

/** The only one that is quoted, with what it leads to. */
function saying(telling: Telling, verb = ''): string {
  const said = quoted(telling);
  const under = telling.passage.note.headings.at(-1);
  const named = [nameOf(telling.passage), ...(verb === '' ? [] : [verb])].join(' ');
  const whole = said === '' ? `${named}${under === undefined ? '' : `, under “${withoutFence(under)}”`}: [1]` : `${named}: ${said} [1]`;
  const below = broughtBy(telling);
  return below === '' ? whole : `${whole}\n\n${below}`;
}

const listed = (told: readonly Telling[], scope: NoteScope | null) =>
  `${scope === null ? 'What you attached says' : 'Your notes say'}:\n\n${told.map((one, index) => `- ${quoted(one)} (${nameOf(one.passage)}) [${index + 1}]`).join('\n')}`;

const whose = ({ note }: Passage) => (note.folderId === null ? 'The file' : 'Your note');
const nameOf = ({ note }: Passage) => `“${withoutFence(note.title)}”`;

/** Why nothing is said: there are no notes, not all are read yet, or they do not tell. */
function saysNothing({ notes }: Pick<ChatDependencies, 'notes'>, scope: NoteScope | null): string {
  const { notes: all, waiting } = notes.count();
  const declined = scope === null ? 'What you attached does not say that.' : isNarrow(scope) ? 'The notes you chose do not say that.' : 'Your notes do not say that.';
  if (scope === null) return declined;
  if (all === 0) return 'There are no notes to look into yet. Add a folder under Notes.';
  return waiting === 0 ? declined : `${declined} ${waiting === 1 ? 'One file is' : `${waiting} files are`} still to be read, so ask again in a while.`;
}

const isNarrow = ({ folderIds, tags, noteIds }: NoteScope) => folderIds.length + tags.length + noteIds.length > 0;

/** `telling`: what of it bears most on the question. */
export function citationOf({ id, note, text, met, score }: Passage, mark: number, telling: Stretch | null): NoteCitation {
  return { mark, id, note, quote: text, telling: telling && [telling.from, telling.brings?.to ?? telling.to], score, why: reasons(met), used: false };
}

const reasons = (met: string[]): string[] => {
  const shared = [...new Set(met.map((word) => word.toLowerCase()))];
  return shared.length > 0 ? [`shares ${shared.map((word) => `“${word}”`).join(', ')}`] : ['close in meaning'];
};
