/** "No, it's Thursday": the claim, or else the memory, that the last answer rested on is corrected; what was true before stays in its history. */
import { settleMoved } from '../claims/moved.ts';
import { claimsNow } from '../claims/readJob.ts';
import { readClaims } from '../claims/rules.ts';
import { valueKey } from '../claims/slots.ts';
import type { Claim } from '../contract/claim.ts';
import { ofMemory } from '../contract/memory.ts';
import { claimsBefore } from '../store/claimView.ts';
import { toClaim } from '../store/claims.ts';
import { keepMessage } from '../store/keeping.ts';
import { keptWith } from '../store/memories.ts';
import { memoryRow, type MemoryRow } from '../store/memoryRecall.ts';
import type { ChatDependencies } from './chatTypes.ts';
import { toldClaim } from './claimText.ts';
import { toldIn } from './commands.ts';
import { citedIn, plainly, type Done, type Looking } from './done.ts';
import { placeToCorrect } from './wrongPlace.ts';
import { bearing, answers } from './trust.ts';
import { utteranceOf } from './utterance.ts';
import { correctedClaimTold, correctedTold } from './wording.ts';

type Right = { value: string; instead: string | null };

/** Null where it is not clear what is meant: then it is said like anything else. */
export async function correctTold(deps: ChatDependencies, looking: Looking, right: Right): Promise<Done | null> {
  const rows = restedOn(deps, looking);
  const question = questionBefore(looking);
  const claim = wrongClaim(deps, { rows, question, right });
  if (claim) return correctClaim(deps, looking, { claim, value: right.instead ? replaced(claim.value, right.instead, right.value) : right.value });
  const fits = rows.flatMap((row) => {
    const text = toldIn(row.text);
    const place = placeToCorrect(text, { ...right, question });
    return place ? [{ row, text: `${text.slice(0, place.start)}${right.value}${text.slice(place.end)}` }] : [];
  });
  return fits.length === 1 ? correctMemory(deps, looking, fits[0]!) : null;
}

/** "No, she lives in Lisbon": read as said of those whom the last answer spoke of. */
export async function restateTold(deps: ChatDependencies, looking: Looking, said: string): Promise<Done | null> {
  const claims = restedOn(deps, looking).flatMap((row) => standing(deps, row));
  for (const subject of new Set(claims.map((claim) => claim.subject))) {
    const drafts = readClaims(spokenOf(subject, said), deps.now()).filter((draft) => !draft.ended && !draft.hostile);
    for (const { slot, value, subject: who } of drafts) {
      const claim = claims.find((one) => one.subject === subject && one.slot === slot && one.single && (who === subject || who.startsWith(`${subject} `) || subject.startsWith(`${who} `)));
      if (claim) return correctClaim(deps, looking, { claim: toClaim(claim), value });
    }
  }
  return null;
}

/** "she" in place of whom it means. */
function spokenOf(subject: string, said: string): string {
  if (subject === 'you') return said;
  const who = /^\p{Lu}/u.test(subject) ? subject : `my ${subject}`;
  return said.replace(/^(?:she|he|they|it)(?='|\s)/iu, who).replace(/^(?:her|his|their|its)\s/iu, `${who}'s `).replace(/^(my \S+(?: \p{Lu}\S+)?) (live|work|like|love|have|are)\b/u, (_, person: string, verb: string) => `${person} ${third[verb]}`);
}

const third: Record<string, string> = { live: 'lives', work: 'works', like: 'likes', love: 'loves', have: 'has', are: 'is' };

/** What the last answer drew on, in view and not corrected since; else what was said here that it answered, or took note of. */
function restedOn(deps: ChatDependencies, { conversation, history, view }: Looking): MemoryRow[] {
  const { db } = deps.keeping;
  const answer = history.at(-2);
  if (answer?.role !== 'assistant') return [];
  const used = ofMemory(deps.messages(conversation.id).get(answer.id).citations).filter((citation) => citation.used && citation.role === 'user').map(({ memoryId }) => memoryId);
  const ids = used.length > 0 ? used : saidHere(history);
  const rows = ids.flatMap((id) => latestOf(id, (one) => memoryRow(db, view, one)) ?? []);
  // What is said in a conversation that keeps to itself changes nothing elsewhere.
  return conversation.kept ? rows.filter(({ id }) => keptWith(db, id) !== null) : rows;
}

function latestOf(id: string, rowOf: (id: string) => MemoryRow | null): MemoryRow | null {
  const row = rowOf(id);
  return row === null || row.replacedBy === null ? row : latestOf(row.replacedBy, rowOf);
}

function saidHere(history: Looking['history']): string[] {
  const question = history.at(-3);
  if (question?.role !== 'user') return [];
  if (utteranceOf(question.text) === 'statement') return [question.id];
  const told = history.slice(0, -3).filter(({ role, text }) => role === 'user' && utteranceOf(text) === 'statement');
  return told.filter(({ text, createdAt }) => bearing(question.text, { mark: null, here: true, text, written: false, saidAt: createdAt }).coverage >= answers).slice(-1).map(({ id }) => id);
}

const questionBefore = ({ history }: Looking): string => {
  const question = history.at(-3);
  return question?.role === 'user' && utteranceOf(question.text) === 'question' ? question.text : '';
};

const standing = (deps: ChatDependencies, row: MemoryRow) => claimsNow(deps.keeping.db, row.id).filter(({ status, ended }) => status === 'active' && !ended);

/** The one claim whose value is wrong; null where there is none, or it could be several. */
function wrongClaim(deps: ChatDependencies, { rows, question, right }: { rows: MemoryRow[]; question: string; right: Right }): Claim | null {
  const claims = rows.flatMap((row) => standing(deps, row));
  const wrong = claims.filter(({ value, quote }) => {
    const place = placeToCorrect(quote, { ...right, question });
    const at = quote.indexOf(value);
    return place !== null && at >= 0 && place.start >= at && place.end <= at + value.length && (right.instead !== null || place.end - place.start === value.length);
  });
  return wrong.length === 1 ? toClaim(wrong[0]!) : null;
}

const replaced = (text: string, wrong: string, right: string): string => {
  const at = text.toLowerCase().indexOf(wrong.toLowerCase());
  return at < 0 ? right : `${text.slice(0, at)}${right}${text.slice(at + wrong.length)}`;
};

/** What was begun is written to its end. */
const noEnd = new AbortController().signal;

async function edited(deps: ChatDependencies, claim: Claim, value: string): Promise<Claim> {
  return valueKey(value) === valueKey(claim.value) ? claim : deps.keeping.claims.edit({ id: claim.id, value }, noEnd);
}

async function correctClaim(deps: ChatDependencies, looking: Looking, { claim, value }: { claim: Claim; value: string }): Promise<Done> {
  keepAlong(deps, looking, claim.memoryId);
  const now = await edited(deps, claim, value);
  const citations = citedIn(deps, looking.view, [{ id: now.memoryId, why: 'your correction' }]);
  const before = claimsBefore(deps.keeping.db, looking.view, [now.id]);
  return { ...plainly(correctedClaimTold({ now: toldClaim(now), before: (before.at(-1) ?? claim).value }), citations), given: { lines: [], claims: [now.id] } };
}

/** What corrects a thing that is kept here says some of it. */
function keepAlong({ keeping: { db } }: ChatDependencies, { history }: Looking, memoryId: string): void {
  if (keptWith(db, memoryId) === null) return;
  db.transaction(() => settleMoved(db, keepMessage(db, history.at(-1)!.id))).immediate();
}

async function correctMemory(deps: ChatDependencies, looking: Looking, { row, text }: { row: MemoryRow; text: string }): Promise<Done> {
  keepAlong(deps, looking, row.id);
  const { id } = await deps.keeping.memory.correct({ id: row.id, text }, noEnd);
  return plainly(correctedTold({ now: text, before: row.text }), citedIn(deps, looking.view, [{ id, why: 'your correction' }]));
}
