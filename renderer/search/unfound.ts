/** Why nothing was found, as far as what was typed tells. Pure. */
import { withoutFilters } from './filters.ts';

/** `short`: one letter is not looked for yet. `quoteOpen`: what stands in quotes goes on. */
export type Unfound = 'short' | 'quoteOpen' | 'none';

const oneLetter = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}]$/u;
const quotation = /["“”„‟«»＂]/gu;

export function unfound(typed: string): Unfound {
  const said = withoutFilters(typed);
  const quotes = said.match(quotation)?.length ?? 0;
  const words = said.replace(quotation, '').trim();
  if (oneLetter.test(words) && oneLetter.test(typed.at(-1) ?? '')) return 'short';
  return quotes % 2 === 1 ? 'quoteOpen' : 'none';
}
