/** Words of a note as a report quotes them: what they say, without what they are written with. Pure. */

const picture = /!\[\[[^\]\n]*\.(?:svg|png|jpe?g|gif|webp|avif|bmp|mp3|mp4|webm|pdf)\b[^\]\n]*\]\]/giu;

const wikilink = /!?\[\[(?<target>[^\]|#]*)(?:#(?<heading>[^\]|]*))?(?:\|(?<shown>[^\]]*))?\]\]/gu;
type Wikilink = { target: string; heading?: string; shown?: string };
/** A heading of the same note by its name; a block has none. */
const shownOf = ({ target, heading = '', shown }: Wikilink): string => shown ?? (target.split('/').at(-1) || heading.replace(/^\^.*/u, ''));

/** A note's Markdown without its marks: links by what they show, tables by their cells; pictures are left out. */
export function withoutMarkup(text: string): string {
  return text
    .replace(/<!--[\s\S]*?-->|%%[\s\S]*?%%/gu, ' ')
    .replace(/<(script|style)\b[\s\S]*?(?:<\/\1>|$)/giu, ' ')
    .replace(/<\/?[a-z][^<>]{0,300}>/giu, ' ')
    .replace(picture, ' ')
    .replace(wikilink, (...found) => shownOf(found.at(-1) as Wikilink))
    .replace(/!\[([^\]]*)\]\([^)]*\)/gu, (_, shown: string) => (shown.length > 2 ? shown : ' '))
    .replace(/\[([^\]]+)\]\([^)\s]*(?:\s+"[^"]*")?\)/gu, '$1')
    .replace(/\[\^[^\]]+\]/gu, '')
    .replace(/^\s{0,3}#{1,6}\s+/gmu, '')
    .replace(/^\s*(?:>\s?)+/gmu, '')
    .replace(/^\s*\[![^\]\n]{1,60}\][+-]?[ \t]*/gmu, '')
    .replace(/(\*\*|__|~~|==)(?=\S)([\s\S]*?\S)\1/gu, '$2')
    .replace(/(?<![\p{L}\p{N}])[*_](?=\S)([^*_]*\S)[*_](?![\p{L}\p{N}])/gu, '$1')
    .replace(/`+([^`]*)`+/gu, '$1')
    .replace(/\s\^[\w-]+\s*$/gmu, '');
}

/** How a line of a list begins. `done`: of a task; null where it is none. */
export const bullet = /^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?:\[(?<task>[ xX/-])\]\s+)?/u;

/** More of one sentence is cut. Characters. */
const longest = 320;

/** As text in our Markdown: nothing in it is a mark, a link, a picture or a citation of ours. */
export function asQuote(text: string): string {
  const plain = text.replace(/\s+/gu, ' ').trim();
  const cut = plain.length <= longest ? plain : `${plain.slice(0, plain.lastIndexOf(' ', longest) > 200 ? plain.lastIndexOf(' ', longest) : longest)}…`;
  return inert(cut);
}

/** With every character that could begin something in Markdown made plain. */
export const inert = (text: string): string =>
  text
    // A number in brackets would be taken for one of ours; and `\[` for the beginning of a formula, so that it is the end which is made plain.
    .replace(/\[(?=\d{1,3}\])/gu, '[\u2060')
    .replace(/[\\`*_{}\]<>|~$#]/gu, '\\$&')
    .replace(/^([+-])(?=\s)/u, '\\$1')
    .replace(/^(\d+)([.)])(?=\s)/u, '$1\\$2')
    .replace(/(https?):\/\//giu, '$1:\u200B//')
    .replace(/\bwww\./giu, 'www\u200B.');
