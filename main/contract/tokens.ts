/** How many tokens a text is, where no model is asked: rather too many than too few. */

const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]|[^\s\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;

/** Four tokens to three words; a long word is several, a character of a script without spaces as good as one word. Not rounded. */
export const tokensIn = (text: string): number => (text.match(words) ?? []).reduce((sum, word) => sum + Math.max(4 / 3, word.length / 4), 0);

/** A whole number of them, for people. Thirds that were added up leave a crumb. */
export const countTokens = (text: string): number => Math.ceil(tokensIn(text) - 1e-9);
