/** "What do you know about me?", "… about my sister?": what is claimed, each with the memory it rests on. */
import { compileProfile, profile } from '../claims/profile.ts';
import { readClaims } from '../claims/rules.ts';
import type { Claim } from '../contract/claim.ts';
import type { MemoryCitation } from '../contract/memory.ts';
import { presentClaims } from '../store/claimRecall.ts';
import { presentClaimsOf, subjectsIn } from '../store/claimView.ts';
import type { Database } from '../store/database.ts';
import type { View } from '../store/memoryRecall.ts';
import type { ChatDependencies } from './chatTypes.ts';
import { capital, toldClaim } from './claimText.ts';
import { commandOf } from './commands.ts';
import { citedIn, plainly, type Done, type Looking } from './done.ts';
import { answers, bearing } from './trust.ts';
import { utteranceOf } from './utterance.ts';
import { knownTold, nothingKnown } from './wording.ts';

/** Longer lists are read in Memory. */
const mostClaims = 40;
const mostQuotes = 10;
/** Greetings are left out, so more are looked at than are shown. */
const looked = 60;

export async function tellKnown(deps: ChatDependencies, looking: Looking, { who, signal }: { who: string | null; signal: AbortSignal }): Promise<Done | null> {
  const { db } = deps.keeping;
  const { view } = looking;
  const subjects = who === null ? null : subjectsMeant(db, view, who);
  // Whoever is not known by name may be somebody the world knows, or be spoken of in other words.
  if (subjects?.length === 0) return null;
  const claims = subjects ? presentClaimsOf(db, view, subjects) : presentClaims(db, view, mostClaims);
  const quotes = subjects ? await quotesAbout(deps, looking, { who: who!, signal }) : deps.overview({ persona: looking.persona, conversationId: looking.conversation.id }, looked).filter(isTold);
  const told = inOrder(deps, view, { claims: claims.slice(-mostClaims), quotes });
  if (told.citations.length === 0) return plainly(nothingKnown);
  const own = subjects ? '' : ownProfile(db, view);
  return { ...plainly(knownTold({ who: subjects?.[0] ?? null, profile: own, ...told }), told.citations), given: { lines: [], claims: told.claims.map(({ id }) => id) } };
}

/** The profile where the owner has put it in words of their own. */
function ownProfile(db: Database, view: View): string {
  const written = profile(db, view);
  return written === compileProfile(presentClaims(db, view, 100)) ? '' : written;
}

/** "my sister", "Ana", "meine Schwester": whom the rules would read in it, among those of whom something is claimed. */
export function subjectsMeant(db: Database, view: View, who: string): string[] {
  const read = introductions.flatMap((introduce) => readClaims(introduce(who), 0).map(({ subject }) => subject));
  const meant = [...new Set([who, ...read])].filter((subject) => subject !== 'you').map(folded);
  return subjectsIn(db, view)
    .filter(({ subject, name }) => meant.some((one) => isOneOf(one, [folded(subject), folded(name ?? '')]) || (isName(who) && folded(subject).endsWith(` ${one}`))))
    .map(({ subject }) => subject);
}

/** "sister" is also "sister Ana". */
const isOneOf = (meant: string, [subject = '', name = '']: string[]) => subject === meant || name === meant || subject.startsWith(`${meant} `);

/** Sentences in which the rules find whom a name or a relation means, in each language they read. */
const introductions = [
  (who: string) => `${who} lives in Porto.`,
  (who: string) => `My ${who.replace(/^(?:my|our) /iu, '')} lives in Porto.`,
  (who: string) => `${capital(who)} wohnt in Porto.`,
  (who: string) => `Meine ${capital(who)} wohnt in Porto.`,
  (who: string) => `${capital(who)} habite à Porto.`,
  (who: string) => `Ma ${who} habite à Porto.`,
  (who: string) => `${capital(who)} vive en Oporto.`,
  (who: string) => `Mi ${who} vive en Oporto.`,
  (who: string) => `${who}は東京に住んでいます。`,
];

const isName = (who: string) => /^\p{Lu}/u.test(who);
const folded = (text: string) => text.toLowerCase();

/** What was said of them in words that no rule reads. */
async function quotesAbout(deps: ChatDependencies, { persona, conversation, history }: Looking, { who, signal }: { who: string; signal: AbortSignal }): Promise<MemoryCitation[]> {
  const { citations } = await deps.recall({ question: who, persona, conversationId: conversation.id, leaveOut: [history.at(-1)!.id], tokens: 600 }, signal);
  return citations.filter((citation) => isTold(citation) && bearing(who, { ...citation, text: citation.quote, written: false, here: false }).coverage >= answers);
}

const isTold = ({ role, quote }: MemoryCitation) => role === 'user' && utteranceOf(quote) === 'statement' && (commandOf(quote)?.kind ?? 'remember') === 'remember';

type Told = { claims: { id: string; text: string; mark: number }[]; quotes: { text: string; saidAt: number; mark: number }[]; citations: MemoryCitation[] };

/** The claims with their sources, then what else was told; each source is one citation. */
function inOrder(deps: ChatDependencies, view: View, { claims, quotes }: { claims: Claim[]; quotes: MemoryCitation[] }): Told {
  const sources = [...new Set(claims.map(({ memoryId }) => memoryId))];
  const cited = citedIn(deps, view, sources.map((id) => ({ id, why: 'what I know rests on it' })));
  const markOf = new Map(cited.map(({ memoryId, mark }) => [memoryId, mark]));
  const others = quotes.filter(({ memoryId }) => !markOf.has(memoryId)).slice(0, mostQuotes).map((citation, index) => ({ ...citation, mark: cited.length + index + 1 }));
  return {
    claims: claims.flatMap((claim) => (markOf.has(claim.memoryId) ? [{ id: claim.id, text: toldClaim(claim), mark: markOf.get(claim.memoryId)! }] : [])),
    quotes: others.map(({ quote, saidAt, mark }) => ({ text: quote, saidAt, mark })),
    citations: [...cited, ...others],
  };
}
