/** Conversations in Markdown or plain text as people and tools write them: a line says who speaks, what follows is said. Pure. */
import type { LeftOut } from '../contract/importing.ts';
import { cleaned, count, refusalOf, timeOf, type FoundConversation, type FoundMessage } from './found.ts';

type Speaker = FoundMessage['role'] | 'system' | 'tool';
const names: Record<Speaker, string> = {
  user: 'you|user|me|human',
  assistant: 'assistant|chatgpt|gpt(?:-[\\w.]+)?|claude(?:[ -][\\w.]+){0,3}|gemini|copilot|ai|bot|engram',
  system: 'system(?: prompt)?|developer',
  tool: 'tool|function',
};
const speakers = Object.entries(names).map(([speaker, pattern]) => ({ speaker: speaker as Speaker, is: new RegExp(`^(?:${pattern})$`, 'i') }));
const name = `(?<name>${Object.values(names).join('|')})(?: said)?`;

/** The ways of a file, of which it keeps to one: "## You · 2026-11-20", "**You:** hello", "You: hello". */
const ways = [
  new RegExp(`^#{1,6} +(?:\\*\\*)?${name}:?(?:\\*\\*)?:?(?: *[·|–(-] *(?<time>[^)]{4,40}))?\\)?$`, 'i'),
  new RegExp(`^(?:\\*\\*|__)${name}(?::(?:\\*\\*|__)|(?:\\*\\*|__):?)(?<text> .*)?$`, 'i'),
  new RegExp(`^${name}:(?<text>\\s.*)?$`, 'i'),
];

/** Null when no line says that somebody speaks. */
export function fromPlainMarkdown(text: string): FoundConversation | null {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  const parts = ways.map((way) => partsOf(lines, way)).find((some) => some.some(({ speaker }) => speaker === 'user')) ?? [];
  const leftOut: LeftOut = {};
  const messages: FoundMessage[] = [];
  for (const { speaker, at, said } of parts) {
    const words = withoutRule(cleaned(said.join('\n')));
    if (speaker === 'system' || speaker === 'tool') {
      count(leftOut, speaker);
      continue;
    }
    const refused = refusalOf(words, null);
    if (refused) count(leftOut, refused);
    else messages.push({ id: null, follows: messages.length === 0 ? null : messages.length - 1, role: speaker, caption: null, text: words, at });
  }
  if (messages.length === 0) return null;
  return { source: 'markdown', id: null, title: titleIn(lines), at: messages[0]?.at ?? null, messages, shown: null, leftOut };
}

type Part = { speaker: Speaker; at: number | null; said: string[] };

/** A line within a block of code speaks for nobody. */
function partsOf(lines: readonly string[], way: RegExp): Part[] {
  const parts: Part[] = [];
  let fence: string | null = null;
  for (const line of lines) {
    const begins = fence === null ? begun(line, way) : null;
    if (begins) parts.push(begins);
    else parts.at(-1)?.said.push(line);
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (mark) fence = fence === null ? mark : mark.startsWith(fence) ? null : fence;
  }
  return parts;
}

function begun(line: string, way: RegExp): Part | null {
  const found = way.exec(line.trimEnd())?.groups;
  const speaker = found && speakers.find(({ is }) => is.test(found['name'] ?? ''))?.speaker;
  if (!speaker) return null;
  const first = (found['text'] ?? '').trim();
  return { speaker, at: timeOf(found['time']?.trim()), said: first === '' ? [] : [first] };
}

/** A rule at the end parts this message from the next. */
function withoutRule(text: string): string {
  const lastLine = text.lastIndexOf('\n') + 1;
  return lastLine > 0 && /^ *(?:-{3,}|\*{3,}|_{3,})$/.test(text.slice(lastLine)) ? text.slice(0, lastLine).trimEnd() : text;
}

/** A heading of the first order that is not somebody's name. */
function titleIn(lines: readonly string[]): string {
  const heading = lines.find((line) => line.startsWith('# ') && !ways.some((way) => begun(line, way)));
  return heading?.slice(2).trim() ?? '';
}
