/** Whether a sentence states something, or tells somebody what to do, or is only a heading or a fragment. Pure. */
import type { Statement } from './sources.ts';

const orders =
  'activate|add|adjust|allow|arrange|assign|back up|browse|build|change|check|choose|clear|click|close|collaborate|configure|connect|convert|copy|create|customi[sz]e|deactivate|define|delete|disable|discover|do|don\'t|download|drag|drop|edit|enable|enter|ensure|exit|expand|explore|export|find|fill|follow|get|give|go|group|hide|hold|hover|import|insert|install|invite|join|keep|learn|let|link|list|locate|log|look|make|manage|mark|move|name|navigate|never|note|open|paste|pick|place|prepare|press|preview|provide|purchase|put|read|refer|release|reload|remember|remove|rename|repeat|replace|reset|resize|restart|restore|return|review|right-click|run|save|scroll|search|see|select|send|set|share|show|sign|start|stop|switch|take|tap|test|to|toggle|troubleshoot|try|turn|type|uncheck|unlink|unpublish|update|upgrade|upload|use|verify|view|visit|wait|write|zoom';

/** "Then select…", "In the sidebar, click…", "Or drag…". */
const ordering = new RegExp(`^(?:(?:then|next|now|first|finally|optionally|please|or|and|also|instead)[, ]+)*(?:(?:in|on|at|under|next to|from|for|after|before|if|when|once|with|using|by default)\\b[^.]{1,90}?[,:] )?(?:${orders})\\b(?! (?:is|are|was|were|has|have|had|costs?|takes?|does|will|can)\\b)`, 'iu');
const advising = /\byou(?:'ll)? (?:can|could|must|may|might|should|need|want|have to|first need|will need)\b|\byou'll need\b/iu;

export const isInstruction = (text: string): boolean => {
  const plain = text.replace(/[’ʼ]/gu, "'");
  return ordering.test(plain) || advising.test(plain);
};

/** A sentence with its full stop that is no row, no line with a name before it, no callout's title and no order. */
export function isWholeSentence({ text, pair, source }: Pick<Statement, 'text' | 'pair' | 'source'>): boolean {
  return source.kind !== 'table' && pair === null && /[.!。！]["”’)]?$/u.test(text) && !/^\\?\[!/u.test(text) && !isInstruction(text);
}

const firstPerson = /(?<![\p{L}])(?:i|i'm|i've|i'd|me|my|mine|we|us|our|ich|mich|mir|mein\p{L}*|wir|uns|je|j'\p{L}+|moi|mon|ma|mes|m'\p{L}+|nous|yo|mi|mis|odio|adoro|prefiero|nosotr[oa]s)(?![\p{L}])|[\p{Script=Hiragana}\p{Script=Katakana}]/iu;

/** Its writer speaks of himself; where pronouns are left out, as in Japanese, this is taken for granted. */
export const isOfWriter = (text: string): boolean => firstPerson.test(text.replace(/[’ʼ]/gu, "'"));
