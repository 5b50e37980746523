/** Everything in Markdown, for reading: a file a conversation, one of what is remembered, one of the personas. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { ExportedClaim, ExportedConversation, ExportedPersona } from '../contract/exporting.ts';
import type { Memory } from '../contract/memory.ts';
import { exportName, toMarkdown } from '../store/conversationFiles.ts';
import { explained, freeName, whole, type ExportParts } from './exportAll.ts';

/** Writes a folder into this folder, and returns its path. Fails with `not-found` or `disk`; half of it is removed. */
export function exportMarkdown(folder: string, parts: ExportParts, now: number): string {
  const target = freeName(folder, { now, ending: '' });
  const put = (name: string, text: string) => whole(folder, path.join(target, name), (write) => write(text));
  try {
    mkdirSync(path.join(target, 'Conversations'), { recursive: true, mode: 0o700 });
    const names = new Set<string>();
    const kept: Kept = { places: new Map(), titles: new Map() };
    for (const conversation of parts.conversations) {
      put(path.join('Conversations', nameOf(conversation, names)), toMarkdown({ ...conversation, messages: shownOf(conversation) }));
      noteKept(kept, conversation);
    }
    put('Memory.md', memoryPage({ ...parts, claims: [...parts.claims], kept }));
    put('Personas.md', personasPage(parts.personas));
    return target;
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    throw explained(folder, error);
  }
}

/** Which memories are kept to which conversation, and what those are called. */
type Kept = { places: Map<string, string>; titles: Map<string, string> };

function noteKept({ places, titles }: Kept, { id = '', title, messages }: ExportedConversation): void {
  titles.set(id, title);
  for (const message of messages) if (message.memory?.keptIn !== undefined) places.set(message.id, message.memory.keptIn);
}

const onlyIn = (title: string | null | undefined): string => (title ? `only in “${title}”` : 'only in one conversation');

function nameOf({ title, createdAt }: ExportedConversation, taken: Set<string>): string {
  const plain = `${day(createdAt)} ${exportName(title, 'markdown').slice(0, -'.md'.length)}`;
  let name = `${plain}.md`;
  // Some file systems tell no capital from a small letter.
  for (let number = 2; taken.has(name.toLowerCase()); number += 1) name = `${plain} ${number}.md`;
  taken.add(name.toLowerCase());
  return name;
}

/** The branch through `shown`, first to last. */
function shownOf({ messages, shown }: ExportedConversation): ExportedConversation['messages'] {
  const byId = new Map(messages.map((message) => [message.id, message]));
  const branch: ExportedConversation['messages'] = [];
  for (let message = byId.get(shown ?? '') ?? messages.at(-1); message; message = byId.get(message.parentId ?? '')) branch.push(message);
  return branch.reverse();
}

const sections: [ExportedClaim['status'], string][] = [
  ['active', 'What holds'], ['superseded', 'What held before'], ['proposed', 'Proposed, not decided on'], ['quarantined', 'Kept aside: it reads like an order'], ['rejected', 'Rejected'],
];

function memoryPage({ claims, memories, personas, profiles, kept }: Pick<ExportParts, 'memories' | 'personas' | 'profiles'> & { claims: readonly ExportedClaim[]; kept: Kept }): string {
  for (const { id, keptIn } of memories) if (keptIn) kept.places.set(id, keptIn.id ?? '');
  const keptOf = ({ memoryId }: ExportedClaim) => (kept.places.has(memoryId) ? [onlyIn(kept.titles.get(kept.places.get(memoryId)!))] : []);
  const lines = new Map(claims.map(({ id, text }) => [id, text]));
  const persona = new Map(personas.map(({ id, persona: { name } }) => [id, name]));
  const parts = sections.flatMap(([status, heading]) => {
    const found = claims.filter((claim) => claim.status === status);
    return found.length > 0 ? [`## ${heading}`, found.map((claim) => claimLine(claim, lines, keptOf(claim))).join('\n')] : [];
  });
  const written = memories.map((memory) => writtenLine(memory, memories, persona)).join('\n');
  const own = profiles.flatMap(({ text }) => ['## In your words', text]);
  return `${['# What Engram remembers', ...own, ...parts, ...(written === '' ? [] : ['## Written by you', written])].join('\n\n')}\n`;
}

function claimLine({ text, quote, assertedAt, since, pinned, supersededBy, conflictWith, origin }: ExportedClaim, lines: ReadonlyMap<string, string>, kept: readonly string[]): string {
  const notes = [
    ...(pinned ? ['pinned'] : []),
    ...kept,
    ...(since === null ? [] : [`since ${day(since)}`]),
    `said ${day(assertedAt)}`,
    { rule: 'found by rule', model: 'proposed by a model', owner: 'decided by you' }[origin],
    ...(supersededBy === null ? [] : [`now: ${lines.get(supersededBy) ?? 'something later'}`]),
    ...(conflictWith === null ? [] : [`contradicts: ${lines.get(conflictWith) ?? 'another'}`]),
  ];
  return `- ${line(text)} (${notes.map(line).join('; ')}) — “${line(quote)}”`;
}

function writtenLine({ text, createdAt, pinned, personaId, scope, keptIn, replacedBy }: Memory, memories: readonly Memory[], persona: ReadonlyMap<string | undefined, string>): string {
  const notes = [
    ...(pinned ? ['pinned'] : []),
    ...(scope === 'own' && personaId !== null ? [`only with ${persona.get(personaId) ?? 'one persona'}`] : []),
    ...(keptIn ? [onlyIn(keptIn.title)] : []),
    ...(replacedBy === null ? [] : [`corrected: ${memories.find(({ id }) => id === replacedBy)?.text ?? 'later'}`]),
  ];
  return `- ${day(createdAt)}: ${line(text)}${notes.length > 0 ? ` (${notes.map(line).join('; ')})` : ''}`;
}

function personasPage(personas: readonly ExportedPersona[]): string {
  const parts = personas.map(({ persona: { name, instructions, memoryScope }, adapterNames }) =>
    [`## ${line(name)}`, `Remembers: ${{ shared: 'what everyone shares', own: 'only its own', none: 'nothing' }[memoryScope]}. Adapters: ${Object.values(adapterNames).map(line).join(', ') || 'none'}.`, instructions].join('\n\n'),
  );
  return `${['# Your personas', ...(parts.length > 0 ? parts : ['None of your own.'])].join('\n\n')}\n`;
}

const day = (at: number) => new Date(at).toISOString().slice(0, 10);
const line = (text: string) => text.replace(/\s+/gu, ' ').trim();
