/** The sentences the app says itself: quotations, acknowledgements, and saying that nothing is known. */
import type { Bearing } from './trust.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric' });

/** 4 March 2026, in the time zone of this machine. */
export const writtenDay = (at: number) => day.format(at);

/** You said on 4 March 2026: “My sister lives in Porto.” [1] `dates`: what its "yesterday" was, behind the quotation marks. */
export const quotation = (bearing: Bearing, dates = '') => `${opening(bearing)}: “${bearing.sentence}”${dates}${markOf(bearing)}`;

export const nearQuotation = (bearing: Bearing, dates: string) =>
  `I am not sure. The closest thing I remember: ${lowerFirst(quotation(bearing, dates))}`;

export function overview(bearings: Bearing[]): string {
  if (bearings.length === 0) return 'I don’t remember anything about you yet. Tell me something, and I will keep it.';
  return ['This is what I remember:', ...bearings.map((bearing) => `- ${quotation(bearing)}`)].join('\n');
}

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
