/** What stands in the message box, and what of it was last saved. */
export type Typed = { text: string; savedText: string };

/**
 * What is to stand in the box after what was saved became `kept` elsewhere: forgetting takes words out of drafts, and
 * what was typed since must not bring them back. What was typed itself stays.
 */
export function afterForgetting({ text, savedText }: Typed, kept: string): string {
  if (kept === savedText) return text;
  if (text.startsWith(savedText)) return kept + text.slice(savedText.length);
  const start = sharedStart(savedText, kept);
  const end = sharedEnd(savedText.slice(start), kept.slice(start));
  const taken = savedText.slice(start, savedText.length - end);
  const put = kept.slice(start, kept.length - end);
  return taken.trim() === '' ? text : text.replaceAll(taken, () => put);
}

function sharedStart(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one[length] === other[length]) length += 1;
  return length;
}

function sharedEnd(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let length = 0;
  while (length < most && one.at(-1 - length) === other.at(-1 - length)) length += 1;
  return length;
}
