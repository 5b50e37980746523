/** Keeps what is only data in a prompt between the marks it was put into, whatever it says. Pure. */

/** Shows nothing and says nothing but to a model. What joins letters of other scripts, and emoji, stays. */
const hidden = /(?!\u200c|\u200d|\ufe0f)[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]|(?<=[!-~])(?:\u200c|\u200d|\ufe0f)+(?=[!-~])/gu;

export const withoutHidden = (text: string): string => text.replace(hidden, '');

/** `<`, and what is read as one. */
const opening = '(?:[<\uff1c\ufe64]|&lt;?|&#0*60;?|&#x0*3c;?)';
const unseen = '[\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}]*';
const between = '[\\s/\\uff0f\\u2044\\\\\\p{Default_Ignorable_Code_Point}\\p{Bidi_Control}]*';
const wide = (letter: string) => `[${letter}${String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)}]`;

/** A `<` of such a mark, or of the end of one, becomes ‹: it can neither be opened nor closed from within. */
export function keepInside(text: string, mark: string): string {
  return text.replace(new RegExp(`${opening}(?=${between}${[...mark].map(wide).join(unseen)})`, 'giu'), '‹');
}
