/** Whether a text says that something is other than it was, in the languages that claims are read in. Pure. */
import { languageOf } from '../meaning/languages.ts';
import { wordsOf } from '../meaning/words.ts';

/** Whole words or phrases, of one language at a time: many are words of two. */
const spaced = (words: string) => new RegExp(`(?<![\\p{L}\\p{N}])(?:${words})(?![\\p{L}\\p{N}])`, 'iu');

const english = spaced(
  [
    'now|nowadays|these days|any ?more|any longer|no longer|no more|again|after all|instead|finally|without|new|news|update',
    'from (?:now|today|tomorrow|next|the|\\p{L}+day)|as of|since|starting|down to|up to|back to|turned out|outgr[eo]wn?',
    'moved|moving|switched|changed|swapped|replaced|traded|renewed|renewing|quit|left|stopped|started|dropped|cancell?ed|retired|sold|leased|promoted|clear',
    'g(?:ave|ives?|iven|iving)(?: it| them)? up|packed (?:it |\\p{L}+ \\p{L}+ )?in|got rid|done with',
  ].join('|'),
);
const others: Record<string, RegExp> = {
  german: spaced(
    'jetzt|nun|inzwischen|mittlerweile|neuerdings|nicht mehr|keine?[nmrs]?(?: \\p{L}+)? mehr|wieder|statt|stattdessen|ab (?:heute|morgen|sofort|\\p{L}+tag)|seit|neue?[nmrs]?|umgezogen|gewechselt|geändert|getauscht|verkauft|aufgehört|gekündigt|reduziert|verlegt|aufgegeben|übernommen|umgestellt',
  ),
  french: spaced(
    'maintenant|désormais|dorénavant|plus de|à partir d[eu]|depuis|changements?|changé|déménagé|arrêté|remplacé|quitté|vendu|nouve(?:au|l|lle|aux|lles)|à la place|finalement|repris|passée? à|fini|n(?:e |[\'’])\\p{L}+(?: \\p{L}+)? plus',
  ),
  spanish: spaced(
    'ahora|ya(?: no)?|desde|a partir de|camb(?:io|ié|ió|iado|iamos|iaron)|mud(?:é|ó|ado|amos)|dejado|dejé|dejó|colgado|vend(?:í|ido|ió)|nuev[oa]s?|en vez de|finalmente|otra vez|al final',
  ),
};
const japanese = /今は|もう|やめ|変わ|替え|変え|新し|(?:今月|来月|今日|今週|来週)から|になった|になり|異動|引っ越|転職|なくなっ|治っ|卒業/u;

export function tellsChange(text: string): boolean {
  if (/[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text)) return japanese.test(text);
  return (others[languageOf(wordsOf(text))?.name ?? ''] ?? english).test(text);
}
