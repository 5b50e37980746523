/** A conversation that was found becomes one of the owner's, once, with all that is new in it. */
import { relaxed, type Database } from '../store/database.ts';
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

/** Written at once: others wait no longer than that takes. Few conversations have more messages. */
const messagesAtOnce = 500;

/**
 * A transaction a step, the whole conversation in one unless it is very long; whoever leaves early, or is killed, finds
 * the rest to be new the next time.
 */
export function* keep(keeping: Keeping, found: FoundConversation): Generator<undefined, Kept> {
  const writing = new Writing(keeping, found);
  while (writing.goOn()) yield;
  return writing.kept;
}

class Writing {
  readonly kept: Kept = { outcome: 'known', id: null, added: 0, known: 0 };
  readonly #keeping: Keeping;
  readonly #found: FoundConversation;
  readonly #hashes: Hashes;
  /** By place in `found.messages`: what each became, or else the one before it, and when it was said. */
  readonly #ids: (string | null)[] = [];
  readonly #times: number[] = [];
  /** Where the owner has gone on from what was imported, theirs stays the branch that is shown. */
  #own: string | null = null;

  constructor(keeping: Keeping, found: FoundConversation) {
    this.#keeping = keeping;
    this.#found = found;
    this.#hashes = hashesOf(found, keeping.alike);
  }

  /** Whether there is more to write. */
  goOn(): boolean {
    const { db } = this.#keeping;
    // What a power cut takes is new to the next import; to wait for the disk after each would take longer than the rest.
    return relaxed(db, () => db.transaction(() => this.#begin() && this.#writeSome()).immediate());
  }

  /** False when it was deleted, before or meanwhile. */
  #begin(): boolean {
    const { db } = this.#keeping;
    const before = importedConversation(db, this.#hashes.conversation);
    if (before === null) this.kept.outcome = 'deleted';
    else if (this.#ids.length === 0) {
      this.kept.id = before ?? createFor(this.#keeping, this.#found, this.#hashes.conversation);
      if (before === undefined) this.kept.outcome = 'added';
      const tip = shownTip(db, this.kept.id);
      this.#own = tip.imported ? null : tip.id;
    }
    return before !== null;
  }

  #writeSome(): boolean {
    const { messages } = this.#found;
    const until = Math.min(messages.length, this.#ids.length + messagesAtOnce);
    const added = this.kept.added;
    while (this.#ids.length < until) this.#writeOne();
    if (this.kept.added > 0 && this.kept.outcome === 'known') this.kept.outcome = 'grown';
    const more = until < messages.length;
    if (this.kept.added > added || !more) this.#showBranch(more);
    return more;
  }

  #writeOne(): void {
    const { db, stores } = this.#keeping;
    const place = this.#ids.length;
    const { follows, role, caption, text } = this.#found.messages[place]!;
    const hash = this.#hashes.messages[place]!;
    const parentId = follows === null ? null : (this.#ids[follows] ?? null);
    const createdAt = this.#timeOf(place);
    this.#times.push(createdAt);
    const known = importedMessage(db, hash);
    if (known !== undefined) {
      this.kept.known += 1;
      // What followed one that has gone follows the one before it.
      this.#ids.push(known ?? parentId);
      return;
    }
    const { id } = stores.messages.append({ conversationId: this.kept.id!, parentId, role, text, caption, createdAt });
    markMessage(db, hash, id);
    this.kept.added += 1;
    this.#ids.push(id);
  }

  #timeOf(place: number): number {
    const { at, follows } = this.#found.messages[place]!;
    return at ?? (follows === null ? (this.#found.at ?? this.#keeping.at) : this.#times[follows]!);
  }

  #showBranch(more: boolean): void {
    const { shown } = this.#found;
    const theirs = more || shown === null ? null : (this.#ids[shown] ?? null);
    const tip = this.#own ?? theirs;
    if (tip !== null && this.kept.added > 0) this.#keeping.stores.messages.chooseBranch(this.kept.id!, tip);
  }
}

function createFor({ db, stores, personaId, at }: Keeping, found: FoundConversation, hash: ImportHash): string {
  const title = cleaned(found.title).replace(/\s+/g, ' ').slice(0, 200);
  const { id } = stores.conversations.create({
    personaId,
    title: title || beginningOf(found),
    titledBy: title ? 'owner' : 'model',
    createdAt: found.at ?? found.messages[0]?.at ?? at,
  });
  markConversation(db, hash, id);
  return id;
}

/** What a conversation without a title is found by in the list. */
const beginningOf = ({ messages }: FoundConversation) => (messages.find(({ role }) => role === 'user') ?? messages[0])?.text.replace(/\s+/g, ' ').slice(0, 60).trim() ?? '';

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
