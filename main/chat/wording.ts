/** The sentences the app says itself: quotations, acknowledgements, and saying that nothing is known. */
import type { Forgetting } from '../contract/memory.ts';
import { capital } from './claimText.ts';
import type { Bearing } from './trust.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** 4 March 2026, in the time zone of this machine. */
export const writtenDay = (at: number) => day.format(at);

/** You said on 4 March 2026: “My sister lives in Porto.” [1] `dates`: what its "yesterday" was, behind the quotation marks. */
export const quotation = (bearing: Bearing, dates = '') => `${opening(bearing)}: “${bearing.sentence}”${dates}${markOf(bearing)}`;

export const nearQuotation = (bearing: Bearing, dates: string) =>
  `I am not sure. The closest thing I remember: ${lowerFirst(quotation(bearing, dates))}`;

export const nothingRemembered = (remembers: boolean) =>
  remembers
    ? 'I don’t remember anything about that yet. Tell me, and I will keep it.'
    : 'I keep no memory here, so I don’t know that.';

export const acknowledgement = (remembers: boolean) => (remembers ? 'Noted. I will remember that.' : 'Understood.');

export const beyondThisModel = 'That is more than this small model can do. A larger one, loaded under Models, can.';

export const unknownToThisModel = 'I remember nothing about that, and this small model knows nothing else. A larger one, loaded under Models, may know.';

function opening({ here, written, saidAt }: Bearing): string {
  if (here) return 'You said above';
  return written ? `You noted on ${writtenDay(saidAt)}` : `You said on ${writtenDay(saidAt)}`;
}

const markOf = ({ mark }: Bearing) => (mark === null ? '' : ` [${mark}]`);

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

/** “My sister lives in Porto.” with its own marks. */
const quoted = (text: string) => `“${text.trim()}”`;
const stopped = (text: string) => (/[.!?。！？]$/u.test(text) ? text : `${text}.`);

export const keepsNothing = (temporary: boolean): string =>
  temporary
    ? 'This conversation is temporary: it keeps nothing, and changes nothing that is kept. Say it in another one.'
    : 'This persona keeps no memory, so there is nothing to keep, to forget or to tell here.';

export function keptTold({ said, here, claims, before }: { said: string; here: boolean; claims: string[]; before: string[] }): string {
  const kept = `I will remember${here ? ', in this conversation only' : ''}: ${quoted(stopped(capital(said)))} [1]`;
  const read = claims.length === 0 ? '' : `\n\nAs I understand it, ${listed(claims)}.`;
  return `${kept}${read}${before.length === 0 ? '' : ` That takes the place of what I knew: ${listed(before)}.`}`;
}

const listed = (parts: string[]) => parts.join('; ');

export const forgetsAllElsewhere = 'Nothing was forgotten. Everything at once is not forgotten at a word: Settings › Data erases it all, and Memory forgets one thing after another. Or say “forget what I told you about …”.';

export const nothingToForget = 'I am not sure what to forget, so nothing was forgotten. Say “forget what I told you about …”, or choose it in Memory.';

export const nothingOfThat = (about: string): string => `I remember nothing that you told me about “${about}”. Nothing was forgotten.`;

type Listed = { text: string; saidAt: number; mark: number };

export function proposalTold(items: Listed[], more: number): string {
  if (items.length === 1) {
    const { text, saidAt, mark } = items[0]!;
    return `On ${writtenDay(saidAt)} you told me: ${quoted(text)} [${mark}]\n\nShall I forget that, wherever it stands? Say “yes” or “no”.`;
  }
  const lines = items.map(({ text, saidAt, mark }, index) => `${index + 1}. ${quoted(text)} (${writtenDay(saidAt)}) [${mark}]`);
  const rest = more > 0 ? `\n\nThere is more than I can list (${more}); these first.` : '';
  return `This is what you told me:\n\n${lines.join('\n')}${rest}\n\nShall I forget all of it, wherever it stands? Say “yes”, “only 2”, or “no”.`;
}

export const outOfReach = 'it is kept to another conversation by now. Say it there, or forget it in Memory.';
export const leftAsItWas = 'Nothing was forgotten.';
export const undoneTold = 'It is back, everywhere it stood.';

export function forgottenTold(forgettings: readonly Forgetting[], refused: readonly string[]): string {
  const reasons = refused.map((reason) => `Not forgotten: ${reason}`);
  if (forgettings.length === 0) return reasons.length === 0 ? leftAsItWas : reasons.join('\n\n');
  const places = forgettings.reduce((sum, forgetting) => sum + forgetting.places, 0);
  const gone = `Forgotten: it is taken out of ${places} ${places === 1 ? 'place' : 'places'}.`;
  return [`${gone} ${endOf(forgettings)}`, ...reasons].join('\n\n');
}

function endOf(forgettings: readonly Forgetting[]): string {
  const last = Math.max(...forgettings.map(({ erasesAt }) => erasesAt));
  if (forgettings.every(({ state }) => state === 'erased')) return 'Its bytes are erased.';
  if (forgettings.some(({ state }) => state === 'failed')) return 'Erasing its bytes has not ended yet; it is tried again. Memory shows how far it is.';
  return `Its bytes are erased on ${writtenDay(last)} at ${clock.format(last)}; until then, say “undo” and it is back.`;
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

export const nothingKnown = 'I don’t know anything about you yet. Tell me something, and I will keep it.';

type Known = { who: string | null; profile: string; claims: { text: string; mark: number }[]; quotes: Listed[] };

export function knownTold({ who, profile, claims, quotes }: Known): string {
  const about = who === null ? 'you' : /^\p{Lu}/u.test(who) ? who : `your ${who}`;
  const own = profile === '' ? [] : [`Your profile, in your own words:\n\n> ${profile.replace(/\n/gu, '\n> ')}`];
  const known = claims.length === 0 ? [] : [`This is what I know about ${about}:\n\n${claims.map(({ text, mark }) => `- ${capital(text)} [${mark}]`).join('\n')}`];
  const told = quotes.length === 0 ? [] : [`${claims.length === 0 ? 'You told me' : 'You also told me'}:\n\n${quotes.map(({ text, saidAt, mark }) => `- ${quoted(text)} (${writtenDay(saidAt)}) [${mark}]`).join('\n')}`];
  return [...own, ...known, ...told].join('\n\n');
}

export const correctedClaimTold = ({ now, before }: { now: string; before: string }): string => `Thank you, I have it right now: ${now}. [1] Before, I had “${before}”.`;

export const correctedTold = ({ now, before }: { now: string; before: string }): string => `Thank you, I have it right now: ${quoted(now)} [1] Before, I had ${quoted(before)}`;
