/** Brings in a file of ours: all of it, or nothing; what is here already is not brought in again. */
import type { Database } from 'better-sqlite3';
import type { Conversation } from '../contract/conversation.ts';
import type { ExportedPersona, ExportFile } from '../contract/exporting.ts';
import type { ImportFigures } from '../contract/importing.ts';
import { importClaims, setJob, type ClaimImporting } from './claimFiles.ts';
import { readConversationFiles } from './conversationFiles.ts';
import { importOwnConversation, type OwnImporting } from './importConversation.ts';
import { keepBroughtIn, keepImported, nowhere } from './keeping.ts';
import { importMemories, linkCorrections, type ImportedMemories } from './memoryFiles.ts';
import { getProfile, saveProfile } from './profiles.ts';
import type { Stores } from './stores.ts';

export type OwnDependencies = {
  db: Database;
  stores: Stores;
  /** Whose imported conversations become when nobody says. */
  defaultPersonaId: string;
  /** Keeps these, and says what each is called here. */
  importPersonas?(personas: readonly ExportedPersona[]): Map<string, string>;
  judge?: ClaimImporting['judge'];
  /** Whether a text may stand in the prompt as the owner's own. */
  isTrusted?(text: string): boolean;
};

export type OwnImport = {
  /** Those of the file that are here now, newest first. */
  conversations: Conversation[];
  figures: ImportFigures;
  /** The first one that has something new. */
  firstId: string | null;
  /** Written memories, and claims, that are new. */
  memories: number;
  claims: number;
};

/** Fails with `bad-file`, `too-large` or `not-found`. */
export function importOwn(dependencies: OwnDependencies, path: string): OwnImport {
  const file = readConversationFiles(path);
  return dependencies.db.transaction(() => bringIn(dependencies, file))();
}

function bringIn(dependencies: OwnDependencies, file: ExportFile): OwnImport {
  const { db, stores, defaultPersonaId } = dependencies;
  const personas = dependencies.importPersonas?.(file.personas) ?? new Map<string, string>();
  const personaOf = (id: string) => personas.get(id) ?? id;
  const kept = new Map<string, string>();
  const said = bringConversations({ db, stores, personaOf, defaultPersonaId, alike: new Map(), taken: new Set(), kept }, file);
  const written = importMemories(db, file.memories, { personaOf, conversationOf: (id) => said.places.get(id) });
  for (const [memoryId, place] of kept) keepImported(db, memoryId, said.places.get(place) ?? nowhere);
  linkCorrections(db, correctionsIn(file, said.ids, written));
  keepBroughtIn(db, [...said.ids.values(), ...written.ids.values()]);
  const { claims } = bringClaims(dependencies, { file, said: said.ids, written });
  bringProfiles(dependencies, { file, personaOf });
  return { conversations: said.conversations, figures: said.figures, firstId: said.firstId, memories: written.added.size, claims };
}

type Said = Pick<OwnImport, 'conversations' | 'figures' | 'firstId'> & {
  ids: Map<string, string>;
  /** Conversations of the file, by what it calls them, as they are called here. */
  places: Map<string, string>;
};

/** In the order in which they were talked in last, so that they stand in it here, too. */
function bringConversations(importing: OwnImporting, { conversations }: ExportFile): Said {
  const figures: ImportFigures = { conversations: { added: 0, grown: 0, known: 0, leftOut: {} }, messages: { added: 0, known: 0, leftOut: {} } };
  const said: Said = { conversations: [], figures, firstId: null, ids: new Map(), places: new Map() };
  for (const one of [...conversations].reverse()) {
    const { outcome, id, added, known, ids } = importOwnConversation(importing, one);
    figures.messages.added += added;
    figures.messages.known += known;
    if (outcome === 'deleted') figures.conversations.leftOut.deleted = (figures.conversations.leftOut.deleted ?? 0) + 1;
    else figures.conversations[outcome] += 1;
    if (id === null) continue;
    if (one.id !== undefined) said.places.set(one.id, id);
    said.conversations.unshift(importing.stores.conversations.get(id));
    if (outcome !== 'known') said.firstId = id;
    for (const [from, to] of ids) said.ids.set(from, to);
  }
  return said;
}

function* correctionsIn(file: ExportFile, said: Map<string, string>, { ids }: ImportedMemories): Generator<[string, string]> {
  const correcting = (replacedBy: string | null | undefined) => ids.get(replacedBy ?? '');
  for (const { id, replacedBy } of file.memories) {
    const [here, by] = [ids.get(id), correcting(replacedBy)];
    if (here !== undefined && by !== undefined) yield [here, by];
  }
  for (const { id, memory } of file.conversations.flatMap(({ messages }) => messages)) {
    const [here, by] = [said.get(id), correcting(memory?.replacedBy)];
    if (here !== undefined && by !== undefined) yield [here, by];
  }
}

/**
 * Files of older versions, and single conversations, have no claims: what was said is read for them here, and they are
 * proposed. A written line is the owner's own where they wrote it; from a file it is left to be proposed from.
 */
function bringClaims({ db, judge }: OwnDependencies, { file, said, written }: { file: ExportFile; said: Map<string, string>; written: ImportedMemories }): { claims: number } {
  const isWhole = file.version !== 1 && judge !== undefined;
  const unread = new Map(file.unread.map(({ memoryId, by }) => [memoryId, by]));
  for (const id of written.added) setJob(db, written.ids.get(id)!, !isWhole || unread.has(id) ? 'model' : null);
  if (!isWhole) return { claims: 0 };
  for (const [from, id] of said) setJob(db, id, unread.get(from) ?? null);
  const memoryOf = (id: string) => said.get(id) ?? (written.added.has(id) ? written.ids.get(id) : undefined);
  return { claims: importClaims(db, file.claims, { memoryOf, judge }) };
}

/** What the owner has written here stays. */
function bringProfiles({ db, isTrusted = () => false }: OwnDependencies, { file, personaOf }: { file: ExportFile; personaOf(id: string): string }): void {
  for (const { id, text, basis, editedAt } of file.profiles) {
    const here = id.startsWith('own:') ? `own:${personaOf(id.slice('own:'.length))}` : id;
    if (getProfile(db, here) === null && isTrusted(text)) saveProfile(db, here, { text, basis: basis === '' ? [] : basis.split(' '), at: editedAt });
  }
}
