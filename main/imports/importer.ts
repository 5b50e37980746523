/** Brings in conversations from elsewhere, one at a time: what was kept stays kept, whatever happens to the rest. */
import { AppError } from '../contract/errors.ts';
import type { ImportEvent, ImportFigures, ImportKind } from '../contract/importing.ts';
import { reachDisk } from '../store/database.ts';
import { count, type FoundConversation } from './found.ts';
import { keep, type Keeping, type Kept } from './keep.ts';
import { readConversations, type Finding } from './read.ts';
import { openSource, type Source } from './source.ts';

export type ImporterDependencies = Omit<Keeping, 'at' | 'alike' | 'personaId'> & {
  defaultPersonaId(): string;
  /** Engram's own files: all of a file, or nothing. */
  importOwn(path: string): Promise<{ figures: ImportFigures; firstId: string | null }>;
  /** There is more to be seen than before. */
  changed(): void;
};

const tellEveryMs = 150;
const showEveryMs = 2_000;
/** Others wait no longer for their turn. */
const longestTurnMs = 12;

/** Reads a file of this machine. Aborting stops after the conversation at hand, or within it when it is very long; what was kept is kept, and `done` says so. */
export async function* importPast(dependencies: ImporterDependencies, path: string, signal: AbortSignal): AsyncGenerator<ImportEvent> {
  const source = await openSource(path);
  try {
    yield* new Run(dependencies, source, path).events(signal);
  } finally {
    source.close();
    dependencies.changed();
  }
}

class Run {
  readonly #deps: ImporterDependencies;
  readonly #source: Source;
  readonly #path: string;
  readonly #keeping: Keeping;
  #figures: ImportFigures = { conversations: { added: 0, grown: 0, known: 0, leftOut: {} }, messages: { added: 0, known: 0, leftOut: {} } };
  #kind: ImportKind | null = null;
  #bytes = 0;
  #cut = false;
  #ownTaken = false;
  #firstId: string | null = null;
  #told = performance.now();
  #shown = performance.now();
  #turn = performance.now();

  constructor(dependencies: ImporterDependencies, source: Source, path: string) {
    const { db, stores } = dependencies;
    this.#deps = dependencies;
    this.#source = source;
    this.#path = path;
    this.#keeping = { db, stores, personaId: dependencies.defaultPersonaId(), at: Math.round(source.at), alike: new Map() };
  }

  async *events(signal: AbortSignal): AsyncGenerator<ImportEvent> {
    try {
      yield* this.#bringIn(signal);
    } finally {
      reachDisk(this.#deps.db);
    }
    if (this.#kind === null && !signal.aborted) throw unknown(this.#path);
    yield { type: 'progress', bytes: this.#bytes, figures: this.#counted() };
    yield { type: 'done', figures: this.#counted(), stopped: signal.aborted, cut: this.#cut, firstId: this.#firstId };
  }

  async *#bringIn(signal: AbortSignal): AsyncGenerator<ImportEvent> {
    for await (const finding of readConversations(this.#source, (bytes) => void (this.#bytes += bytes))) {
      yield* this.#recognised(finding);
      // Whoever was told may have stopped it, or replaced the data, before asking on.
      if (signal.aborted) break;
      await this.#take(finding, signal);
      yield* this.#progress();
      await this.#giveTurn();
    }
  }

  /** Once, with the first that is known. */
  *#recognised(finding: Finding): Generator<ImportEvent> {
    const kind = finding.type === 'conversation' ? finding.kind : finding.type === 'engram' ? 'engram' : null;
    if (kind === null || this.#kind !== null) return;
    this.#kind = kind;
    yield { type: 'started', kind, bytes: this.#source.bytes };
  }

  async #take(finding: Finding, signal: AbortSignal): Promise<void> {
    const { conversations } = this.#figures;
    switch (finding.type) {
      case 'cut':
        this.#cut = true;
        return;
      case 'leftOut':
        count(conversations.leftOut, finding.why);
        return;
      case 'engram':
        return this.#takeOwn();
      case 'conversation':
        for (const [why, times] of Object.entries(finding.found.leftOut)) count(this.#figures.messages.leftOut, why as keyof typeof finding.found.leftOut, times);
        if (finding.found.messages.length === 0) count(conversations.leftOut, 'empty');
        else await this.#keep(finding.found, signal);
    }
  }

  /** Stopping ends a very long conversation in the middle, too: the data may be about to be replaced. */
  async #keep(found: FoundConversation, signal: AbortSignal): Promise<void> {
    const keeping = keep(this.#keeping, found);
    let step = keeping.next();
    for (; !step.done && !signal.aborted; step = keeping.next()) await this.#giveTurn();
    if (step.done) this.#note(step.value);
  }

  async #takeOwn(): Promise<void> {
    // In the middle of another file it is none of ours.
    if (this.#kind !== 'engram' || this.#ownTaken) {
      count(this.#figures.conversations.leftOut, 'broken');
      return;
    }
    this.#ownTaken = true;
    const { figures, firstId } = await this.#deps.importOwn(this.#path);
    this.#bytes = this.#source.bytes;
    this.#figures = structuredClone(figures);
    this.#firstId = firstId;
  }

  #note({ outcome, id, added, known }: Kept): void {
    const { conversations, messages } = this.#figures;
    messages.added += added;
    messages.known += known;
    if (outcome === 'deleted') count(conversations.leftOut, 'deleted');
    else conversations[outcome] += 1;
    if (added > 0) this.#firstId ??= id;
  }

  *#progress(): Generator<ImportEvent> {
    const now = performance.now();
    if (now - this.#shown > showEveryMs) {
      this.#shown = now;
      this.#deps.changed();
    }
    if (this.#kind === null || now - this.#told < tellEveryMs) return;
    this.#told = now;
    yield { type: 'progress', bytes: this.#bytes, figures: this.#counted() };
  }

  /** As they are now: they go on being counted. */
  #counted(): ImportFigures {
    return structuredClone(this.#figures);
  }

  async #giveTurn(): Promise<void> {
    if (performance.now() - this.#turn < longestTurnMs) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#turn = performance.now();
  }
}

const unknown = (path: string) =>
  new AppError('bad-file', `${path} holds no conversation that Engram can read. Nothing was imported; choose an export of ChatGPT or Claude (the zip, or the conversations.json in it), a list of messages with roles, Markdown in which lines say who speaks, or a file that Engram exported.`);
