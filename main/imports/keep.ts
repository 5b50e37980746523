/** A conversation that was found becomes one of the owner's, once: all that is new in it in one transaction. */
import type { Database } from '../store/database.ts';
import { importedConversation, importedMessage, importHash, markConversation, markMessage, shownTip, type ImportHash } from '../store/imported.ts';
import type { Stores } from '../store/stores.ts';
import { cleaned, type FoundConversation } from './found.ts';

export type Keeping = {
  db: Database;
  stores: Stores;
  /** Whose the conversations become. */
  personaId: string;
  /** For what says nothing of when it was said. Unix time, milliseconds. */
  at: number;
  /** How many conversations without a name of their own have begun alike in this file, by their beginning. */
  alike: Map<string, number>;
};

export type Kept = { outcome: 'added' | 'grown' | 'known' | 'deleted'; id: string | null; added: number; known: number };

export function keep(keeping: Keeping, found: FoundConversation): Kept {
  const hashes = hashesOf(found, keeping.alike);
  return keeping.db.transaction(() => keepNew(keeping, found, hashes)).immediate();
}

function keepNew(keeping: Keeping, found: FoundConversation, hashes: Hashes): Kept {
  const { db, stores } = keeping;
  const before = importedConversation(db, hashes.conversation);
  if (before === null) return { outcome: 'deleted', id: null, added: 0, known: 0 };
  const id = before ?? createFor(keeping, found, hashes);
  const tip = shownTip(db, id);
  const { ids, added } = keepMessages(keeping, found, { hashes, conversationId: id });
  // Where the owner has gone on from the branch that was shown, theirs stays the one that is.
  const shown = tip.id === null || tip.imported ? shownIn(found, ids) : tip.id;
  if (added > 0 && shown !== null) stores.messages.chooseBranch(id, shown);
  const outcome = before === undefined ? 'added' : added > 0 ? 'grown' : 'known';
  return { outcome, id, added, known: found.messages.length - added };
}

const shownIn = ({ shown }: FoundConversation, ids: readonly (string | null)[]) => (shown === null ? null : (ids[shown] ?? null));

function createFor({ db, stores, personaId, at }: Keeping, found: FoundConversation, hashes: Hashes): string {
  const title = cleaned(found.title).replace(/\s+/g, ' ').slice(0, 200);
  const { id } = stores.conversations.create({
    personaId,
    title: title || beginningOf(found),
    titledBy: title ? 'owner' : 'model',
    createdAt: found.at ?? found.messages[0]?.at ?? at,
  });
  markConversation(db, hashes.conversation, id);
  return id;
}

/** What a conversation without a title is found by in the list. */
const beginningOf = ({ messages }: FoundConversation) => (messages.find(({ role }) => role === 'user') ?? messages[0])?.text.replace(/\s+/g, ' ').slice(0, 60).trim() ?? '';

type Place = { hashes: Hashes; conversationId: string };

function keepMessages({ db, stores, at }: Keeping, found: FoundConversation, { hashes, conversationId }: Place): { ids: (string | null)[]; added: number } {
  const ids: (string | null)[] = [];
  const times: number[] = [];
  let added = 0;
  for (const [index, { follows, role, caption, text, at: saidAt }] of found.messages.entries()) {
    const parentId = follows === null ? null : (ids[follows] ?? null);
    const createdAt = saidAt ?? (follows === null ? (found.at ?? at) : times[follows]!);
    times.push(createdAt);
    const hash = hashes.messages[index]!;
    const known = importedMessage(db, hash);
    if (known !== undefined) {
      // What followed one that has gone follows the one before it.
      ids.push(known ?? parentId);
      continue;
    }
    const saved = stores.messages.append({ conversationId, parentId, role, text, caption, createdAt });
    markMessage(db, hash, saved.id);
    ids.push(saved.id);
    added += 1;
  }
  return { ids, added };
}

type Hashes = { conversation: ImportHash; messages: ImportHash[] };

/**
 * By the export's own names where it has some. What has none is known by what was said up to it, and a conversation by
 * how it begins; the second one in a file that begins so is another.
 */
function hashesOf(found: FoundConversation, alike: Map<string, number>): Hashes {
  const said: ImportHash[] = [];
  for (const { follows, role, text, caption, at } of found.messages) {
    said.push(importHash(follows === null ? '' : said[follows]!.toString('hex'), role, text, caption ?? '', String(at ?? '')));
  }
  const conversation = found.id === null ? unnamed(found, said, alike) : importHash(found.source, 'conversation', found.id);
  const within = conversation.toString('hex');
  const messages = found.messages.map(({ id }, index) =>
    id === null ? importHash(found.source, 'said', within, said[index]!.toString('hex')) : importHash(found.source, 'message', within, id),
  );
  return { conversation, messages };
}

function unnamed({ source }: FoundConversation, said: readonly ImportHash[], alike: Map<string, number>): ImportHash {
  const beginning = (said[1] ?? said[0] ?? importHash('')).toString('hex');
  const nth = alike.get(beginning) ?? 0;
  alike.set(beginning, nth + 1);
  return importHash(source, 'beginning', beginning, String(nth));
}
