/** What is known of the owner in at most two hundred tokens: compiled, or as the owner wrote it. */
import { createHash } from 'node:crypto';
import type { Profile } from '../contract/claim.ts';
import type { Handlers } from '../contract/contract.ts';
import { AppError } from '../contract/errors.ts';
import { countTokens, tokensIn } from '../contract/tokens.ts';
import { presentClaims, type Supported } from '../store/claimRecall.ts';
import type { Database } from '../store/database.ts';
import type { View } from '../store/memoryRecall.ts';
import { getProfile, removeProfile, saveProfile } from '../store/profiles.ts';

const mostTokens = 200;
const mostClaims = 100;

/** A line for each person, the owner first: "You: live in Porto; are allergic to nuts"; or what the owner wrote instead. Empty while nothing is known. */
export const profile = (db: Database, view: View): string => writtenProfile(db, view)?.text ?? compiled(db, view);

const compiled = (db: Database, view: View): string => compileProfile(presentClaims(db, view, mostClaims));

/** In a back-up that was cleaned a mark stands where something was. */
function writtenProfile(db: Database, view: View) {
  const written = getProfile(db, idOf(view));
  return written && { ...written, text: written.text.split('\n').filter((line) => !line.includes('[forgotten]')).join('\n') };
}

const idOf = ({ personaId, shared }: View): string => (shared ? 'shared' : `own:${personaId}`);

/** Pure: the best first, as many as fit. */
export function compileProfile(claims: readonly Supported[]): string {
  const lines = new Map<string, string[]>();
  let room = mostTokens;
  for (const { subject, text } of telling(claims)) {
    const [who = '', said = ''] = split(text);
    const tokens = tokensIn(`${said};`) + (lines.has(subject) ? 0 : tokensIn(`${who}:`));
    if (tokens > room) continue;
    room -= tokens;
    lines.set(subject, [...(lines.get(subject) ?? [`${who}: `]), said]);
  }
  const sorted = [...lines].sort(([one], [other]) => Number(other === 'you') - Number(one === 'you'));
  return sorted.map(([, [who, ...said]]) => `${who}${said.join('; ')}`).join('\n');
}

/** Of what is disputed, what was said last; and no name that the line begins with already, unless it is all there is to say. */
function telling(claims: readonly Supported[]): Supported[] {
  const named = new Set(claims.filter((claim) => !repeatsItsName(claim)).map(({ subject }) => subject));
  return claims.filter((claim) => !(repeatsItsName(claim) && named.has(claim.subject)) && !claims.some((other) => disputes(claim, other) && other.assertedAt > claim.assertedAt));
}

const repeatsItsName = ({ subject, slot, value }: Supported) => slot === 'name' && subject.endsWith(` ${value}`);

const disputes = (one: Supported, other: Supported) =>
  one.conflictWith !== null && other.conflictWith !== null && one.subject === other.subject && (one.slot === other.slot || one.value.toLowerCase() === other.value.toLowerCase());

function split(line: string): [string, string] {
  const at = line.indexOf(': ');
  return [line.slice(0, at), line.slice(at + 2)];
}

type ProfileDependencies = { db: Database; write<T>(work: () => T): T; now(): number };

/** What the owner may ask of their profile, and write in it. */
export function profileHandlers({ db, write, now }: ProfileDependencies): Pick<Handlers['claims'], 'profile' | 'writeProfile' | 'compileProfile'> {
  return {
    profile: ({ personaId }) => shownProfile(db, viewOf(personaId)),
    writeProfile: ({ personaId, text }) => write(() => writeProfile(db, viewOf(personaId), { text, at: now() })),
    compileProfile({ personaId }) {
      const view = viewOf(personaId);
      return write(() => (removeProfile(db, idOf(view)), shownProfile(db, view)));
    },
  };
}

const viewOf = (personaId: string | null): View => ({ personaId: personaId ?? '', shared: personaId === null, conversationId: null });

function writeProfile(db: Database, view: View, { text, at }: { text: string; at: number }): Profile {
  const kept = text.split('\n').map((line) => line.trim()).join('\n').trim();
  const tokens = countTokens(kept);
  if (tokens > mostTokens) {
    throw new AppError('invalid-input', `The profile may have ${mostTokens} tokens and this has about ${tokens}. Nothing was changed; leave something out.`);
  }
  saveProfile(db, idOf(view), { text: kept, basis: partsOf(compiled(db, view)).map(hashOf), at });
  return shownProfile(db, view);
}

function shownProfile(db: Database, view: View): Profile {
  const written = writtenProfile(db, view);
  const claims = presentClaims(db, view, mostKnown);
  const fromClaims = compileProfile(claims.slice(0, mostClaims));
  const text = written?.text ?? fromClaims;
  const common = { text, edited: written !== null, compiled: fromClaims, tokens: countTokens(text), most: mostTokens };
  if (!written) return { ...common, outdated: [], fresh: [] };
  const basis = new Set(written.basis);
  const known = new Set(claims.flatMap((claim) => partsOf(claim.text)).map(hashOf));
  const stands = new Set(partsOf(text).map(hashOf));
  return {
    ...common,
    outdated: partsOf(text).filter((part) => basis.has(hashOf(part)) && !known.has(hashOf(part))),
    fresh: partsOf(fromClaims).filter((part) => !basis.has(hashOf(part)) && !stands.has(hashOf(part))),
  };
}

/** Enough to tell what holds from what does not. */
const mostKnown = 10_000;

/** "You: live in Porto; like tea" in two: "You: live in Porto" and "You: like tea". */
function partsOf(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(': ');
    const who = at < 0 ? '' : line.slice(0, at + 2);
    return line.slice(who.length).split(';').map((part) => part.trim()).filter((part) => part !== '').map((part) => `${who}${part}`);
  });
}

/** However it is written. */
const hashOf = (part: string): string => createHash('sha256').update(part.toLowerCase().replace(/[\s.]+/gu, ' ').trim()).digest('base64url').slice(0, 22);
