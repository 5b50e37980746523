/** Conversations as files: Engram's own JSON, and Markdown for reading that can be read back. Pure but for `readConversationFiles`. */
import { readFileSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { z } from 'zod';
import type { ConversationFile } from '../contract/conversation.ts';
import { AppError } from '../contract/errors.ts';
import { ExportedConversation, ExportFile, exportVersion } from '../contract/exporting.ts';

export type FileMessage = ConversationFile['messages'][number];

const largestFileBytes = 512 * 1024 * 1024;

/**
 * Reads a file of this machine: a conversation, several, or a whole export with what the owner wrote and made. Fails
 * with `bad-file`, `too-large` or `not-found`; nothing is kept.
 */
export function readConversationFiles(path: string): ExportFile {
  const text = readText(path);
  if (/\.(md|markdown)$/i.test(path)) return only([fromMarkdown(text, basename(path, extname(path)))]);
  const value = parseJson(text, path);
  if (isNewer(value)) throw new AppError('bad-file', `${path} was written by a newer Engram. Nothing was imported; update Engram first.`);
  const files = jsonFiles.safeParse(value);
  if (!files.success) throw notConversations(path, files.error);
  if (Array.isArray(files.data)) return only(files.data);
  return 'conversations' in files.data ? files.data : only([files.data]);
}

const only = (conversations: ExportedConversation[]): ExportFile => ({ format: 'engram-export', version: 1, conversations, memories: [], personas: [], claims: [], profiles: [], unread: [] });

/** One conversation, a list of them, or a whole export. */
const jsonFiles = z.union([ExportedConversation, z.array(ExportedConversation), ExportFile]);

const Versioned = z.object({ format: z.enum(['engram-export', 'engram-conversation']), version: z.number() });

function isNewer(value: unknown): boolean {
  const { data } = Versioned.safeParse(value);
  return data !== undefined && data.version > (data.format === 'engram-export' ? exportVersion : 1);
}

function readText(path: string): string {
  const size = sizeOf(path);
  if (size === null) throw new AppError('not-found', `There is no file ${path}. Nothing was imported.`);
  if (size > largestFileBytes) throw new AppError('too-large', `${path} is larger than 512 MB. Nothing was imported; split it first.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    throw new AppError('bad-file', `${path} cannot be read as text in UTF-8. Nothing was imported.`, error);
  }
}

/** Null for what is no file: not there, a folder, a pipe, a link in a circle, a name that no file can have. */
function sizeOf(path: string): number | null {
  try {
    const stat = statSync(path);
    return stat.isFile() ? stat.size : null;
  } catch {
    return null;
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw notConversations(path, error);
  }
}

const notConversations = (path: string, cause: unknown) =>
  new AppError('bad-file', `${path} is not a conversation that Engram exported. Nothing was imported.`, cause);

/** A name for the exported file: the title without what file systems refuse. */
export function exportName(title: string, format: 'markdown' | 'json'): string {
  const plain = title.replace(/[\p{Cc}\\/:*?"<>|]+/gu, ' ').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '').slice(0, 80).trimEnd();
  return `${plain || 'Conversation'}.${format === 'markdown' ? 'md' : 'json'}`;
}

const labels: Record<FileMessage['role'], string> = { user: 'You', assistant: 'Engram', system: 'System', tool: 'Tool' };
const heading = /^## (.+?) · (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)$/;
const picture = /^\*Picture: (.*)\*$/;

/** Stands before the first message of a conversation that keeps to itself. */
const keptLine = '*Kept to this conversation*';

/** `messages`: the branch that is shown. A heading a message: who, when. */
export function toMarkdown(file: ConversationFile): string {
  const parts = file.messages.map((message) =>
    [
      `## ${labelOf(message)} · ${new Date(message.createdAt).toISOString()}`,
      ...(message.caption ? [`*Picture: ${message.caption.replace(/\s+/g, ' ')}*`] : []),
      message.text,
    ].join('\n\n'),
  );
  return `${[`# ${file.title.replace(/\s+/g, ' ')}`, ...(file.kept ? [keptLine] : []), ...parts].join('\n\n')}\n`;
}

const labelOf = (message: FileMessage) =>
  message.speaker ? `${message.speaker} (${labels[message.role]})` : labels[message.role];

/** Reads back what `toMarkdown` wrote; any other text is refused. */
export function fromMarkdown(text: string, name: string): ConversationFile {
  const messages = text.split(/\r?\n(?=## )|(?<=^)(?=## )/).reduce<FileMessage[]>(addPart, []);
  const first = messages[0];
  if (!first) throw new AppError('bad-file', `${name} has no messages that Engram exported: it looks for headings such as “## You · 2026-11-20T14:03:12.345Z”. Nothing was imported.`);
  const isKept = text.slice(0, text.search(/^## /mu)).split(/\r?\n/u).includes(keptLine);
  const title = /^# (.*)$/m.exec(text)?.[1]?.trim() ?? '';
  const tree = messages.map((message, index) => ({ ...message, ...bodyOf(message.text), id: String(index), parentId: index === 0 ? null : String(index - 1) }));
  return { format: 'engram-conversation', version: 1, title: title || name, createdAt: first.createdAt, ...(isKept ? { kept: true } : {}), messages: tree };
}

/** Whether `fromMarkdown` finds messages in it. */
export const isOwnMarkdown = (text: string): boolean => text.split('\n').some((line) => heading.test(line.trimEnd()));

/** A part whose heading is not one of ours belongs to the message before it. */
function addPart(messages: FileMessage[], part: string): FileMessage[] {
  const [, line = '', body = ''] = /^([^\n]*)\n?([^]*)$/.exec(part) ?? [];
  const [, label, at] = heading.exec(line.trimEnd()) ?? [];
  const last = messages.at(-1);
  if (label !== undefined && at !== undefined) {
    messages.push({ id: '', parentId: null, ...speakerOf(label), text: body, createdAt: Date.parse(at) });
  } else if (last) last.text += `\n${part}`;
  return messages;
}

function speakerOf(label: string): Pick<FileMessage, 'role' | 'speaker'> {
  const [, speaker, role] = /^(.*) \((You|Engram|System|Tool)\)$/.exec(label) ?? [];
  const shown = role ?? label;
  const known = (Object.keys(labels) as FileMessage['role'][]).find((candidate) => labels[candidate] === shown);
  return { role: known ?? 'user', speaker: speaker ?? (known ? null : label) };
}

function bodyOf(body: string): Pick<FileMessage, 'text' | 'caption'> {
  const text = body.replaceAll('\r\n', '\n').trim();
  const [first = '', ...rest] = text.split('\n');
  const caption = picture.exec(first)?.[1] ?? null;
  return caption === null ? { text, caption } : { text: rest.join('\n').trim(), caption };
}
