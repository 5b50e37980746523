/** What the owner says to the question whether to forget, and to a forgetting. Pure. */

/** Which of the listed, from 1; null where it is no answer to it. */
export type Reply = { kind: 'yes'; which: number[] | null } | { kind: 'no' };

/** Nobody says yes or no at greater length. Characters. */
const longest = 100;

const yes =
  /^(?:(?:yes|yep|yeah|ja|oui|sí|si|はい|ok|okay|sure|please|bitte|s'il te plaît|por favor|klar|gerne|d'accord|vale)[\s,.!]*)*(?:yes|yep|yeah|sure|ok|okay|do it|do so|go ahead|please do|confirm(?:ed)?|forget (?:it|them all|them|that|this|all|both|everything)(?: of (?:it|them))?|all(?: of them)?|both(?: of them)?|ja|ja bitte|mach das|vergiss (?:es|das|sie|alle|alles)|alle|oui|oublie(?:-le|-la|-les| ça| tout)?|toutes?|tous|sí|si|olvídal[oa]s?|todos|todas|hazlo|はい|お願いします|忘れて(?:ください)?|全部)(?:[\s,]+(?:please|thanks|bitte|merci|gracias|por favor|s'il te plaît))*[\s.!。]*$/iu;
const no =
  /^(?:(?:no|nope|nah|nein|non|いいえ|いや|wait|stop)[\s,.!、]*)*(?:no|nope|no thanks|no thank you|don't|do not|don't forget (?:it|them|that)|keep (?:it|them|that|all)|cancel|never ?mind|leave (?:it|them)|stop|nein|nein danke|nicht|behalte? (?:es|sie|das)|lass (?:es|das)|non|non merci|garde(?:-le|-la|-les)?|laisse|annule|no gracias|guárdal[oa]s?|déjal[oa]s?|cancela|いいえ|やめて(?:ください)?|忘れないで(?:ください)?|そのまま)[\s.!。]*$/iu;
const some = /^(?:yes[\s,.!]*)?(?:please )?(?:(?:only|just|forget|number|numbers|no|nr|nur|seulement|sólo|solo)[\s.]*)*(?<numbers>\d{1,2}(?:\s*(?:,|and|und|et|y|&|と|、)\s*(?:number )?\d{1,2})*)(?:\s*(?:please|だけ))?[\s.!。]*$/iu;
const ordinal = /^(?:yes[\s,.!]*)?(?:(?:only|just|forget)\s+)*the (?<place>first|second|third|last)(?: one)?[\s.!]*$/iu;

export function replyOf(text: string): Reply | null {
  const plain = text.replace(/[’ʼ]/gu, "'").trim();
  if (plain.length > longest) return null;
  const which = whichOf(plain);
  if (which) return { kind: 'yes', which };
  if (no.test(plain)) return { kind: 'no' };
  return yes.test(plain) ? { kind: 'yes', which: null } : null;
}

/** Counted from 1; -1 is the last. */
function whichOf(text: string): number[] | null {
  const { place } = ordinal.exec(text)?.groups ?? {};
  if (place !== undefined) return [/last/iu.test(place) ? -1 : ['first', 'second', 'third'].indexOf(place.toLowerCase()) + 1];
  const { numbers } = some.exec(text)?.groups ?? {};
  return numbers === undefined ? null : [...numbers.matchAll(/\d+/gu)].map(([number]) => Number(number));
}

const undone = /^(?:(?:please|no|oh|wait|sorry)[\s,.!]*)*(?:undo(?: that| it| the forgetting)?|bring (?:it|them|that) back|restore (?:it|them|that)|take that back|rückgängig|mach das rückgängig|annule(?: ça)?|deshaz(?:lo)?|deshacer|元に戻して(?:ください)?|取り消して(?:ください)?)(?:[\s,]+please)?[\s.!。]*$/iu;

/** Whether it asks for what was just forgotten to be brought back. */
export const asksToUndo = (text: string): boolean => text.length <= longest && undone.test(text.trim());
