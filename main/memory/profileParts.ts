/** A profile as it is written, "You: live in Porto; like tea", or in sentences; taken apart to lose some of it. Pure. */
import { fold, segmentsOf } from './redact.ts';
import { wordsOf } from '../meaning/words.ts';

/** Without the parts that go, and without a line of which nothing else is left. What stays is as it was. */
export function withoutParts(text: string, goes: (part: string) => boolean): string {
  const lines = text.split('\n').flatMap((line) => {
    const left = withoutPartsOf(line, goes);
    return left === null ? [] : [left];
  });
  return lines.join('\n');
}

/** Null where the line goes whole. */
function withoutPartsOf(line: string, goes: (part: string) => boolean): string | null {
  const { who, parts } = partsOf(line);
  if (who !== '' && goes(who)) return null;
  const left = parts.filter((part) => !goes(`${who}${part}`));
  if (left.length === parts.length) return line;
  return left.length === 0 ? null : `${who}${left.join('').replace(/[\s;]+$/u, '')}`;
}

/** Each part with what stands between it and the next. */
function partsOf(line: string): { who: string; parts: string[] } {
  const who = /^[^:;.]{1,60}: /u.exec(line)?.[0] ?? '';
  const parts = segmentsOf(line.slice(who.length)).flatMap((sentence) => sentence.match(/[^;]+(?:;\s*|$)|;\s*/gu) ?? []);
  return { who, parts };
}

/** Whether a part says just what one of these lines says. */
export function repeats(part: string, lines: readonly string[]): boolean {
  const said = plain(part);
  return lines.some((line) => plain(line) === said);
}

const plain = (text: string) => wordsOf(fold(text)).join(' ');
