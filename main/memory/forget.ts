import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { Carrier, Forgetting, ForgetPreview, Memory } from '../contract/memory.ts';
import type { BackupStore } from '../store/backups.ts';
import type { Database } from '../store/database.ts';
import { copiesHolding, erase, truncateLog } from '../store/erase.ts';
import {
  applyForgetting, dueForgettings, getForgetting, getPlan, hidden, listForgettings, setState, shown, undoForgetting, type Plan,
} from '../store/forgettings.ts';
import type { Moved } from '../store/keeping.ts';
import { getMemory } from '../store/memoryList.ts';
import { correctedMemories, createCorpus, findPlaces, isAnswering, type Search } from '../store/places.ts';
import { wordsQuery } from '../store/wordsQuery.ts';
import { planChanges, widen, type Change, type Planned, type Target } from './forgetPlan.ts';
import { distinctiveWords, weightOf, type Corpus } from './forgetWords.ts';
import { beginningOf, createRedactor, fold, isBare, mark, segmentsOf, type Needles } from './redact.ts';
import { contentStems, wordsOf } from '../meaning/words.ts';

export type ForgetDependencies = {
  db: Database;
  folder: string;
  backups: Pick<BackupStore, 'list' | 'exclusively'>;
  /** Removes the vectors queued in `vector_removal` and every older version of the index. */
  eraseVectors(): Promise<void>;
  /** Resolves when nothing is being written off the turn (a title) that might still say it. */
  quiet?(): Promise<void>;
  /** Notes of the owner's own in which one of the sentences stands, or all of the words. */
  inNotes?(said: { sentences: readonly string[]; words: readonly string[] }): ForgetPreview['notes'];
  /** When the owner does not say, seconds. */
  graceSeconds(): number;
  now?(): number;
  /** Called inside the transaction in which memories come back to where they are kept by now. */
  moved?(memories: Moved[]): void;
  /** Called on every change of a forgetting. */
  onChange?(forgetting: Forgetting): void;
};

export type ForgetRequest = { id: string; sentences?: number[] | undefined };

export type Forget = {
  /** Everything that carries a memory. Changes nothing. */
  preview(request: ForgetRequest): Promise<ForgetPreview>;
  /** Takes it out of the confirmed carriers at once; with no grace period it answers when the bytes are gone. */
  forget(request: ForgetRequest & { carriers: string[]; graceSeconds: number | null }): Promise<Forgetting>;
  /** Fails with `conflict` once the erasing has begun. */
  undo(id: string): Forgetting;
  list(): Forgetting[];
  /** Erases what is due, what a crash interrupted and what failed. Call at the start, when one falls due, and every hour. */
  eraseDue(): Promise<void>;
};

/** What one forgetting is about. */
type Thing = { memory: Memory; sentences: { text: string; chosen: boolean }[]; chosen: string[]; needles: Needles; target: Target; search: Search };
/** What the erasing has to look for, kept unreadable to a search for it. */
type Hunt = { needles: Needles; mirrors: Change[]; proof: string[] };

export function createForget(dependencies: ForgetDependencies): Forget {
  const { db, backups } = dependencies;
  const now = dependencies.now ?? Date.now;
  const tell = (id: string): Forgetting => {
    const forgetting = getForgetting(db, id);
    dependencies.onChange?.(forgetting);
    return forgetting;
  };
  const offered = createOffered();
  const eraseOne = (id: string) => backups.exclusively(() => eraseAndCheck(dependencies, { id, now, tell }));

  return {
    async preview(request) {
      await dependencies.quiet?.();
      const thing = describe(db, request);
      const carriers = [...plannedFor(db, thing).map(({ carrier }) => carrier), ...(await copyCarriers(dependencies, thing))];
      offered.keep(request, carriers);
      return { memoryId: request.id, sentences: thing.sentences, sentence: thing.chosen.join(' '), words: [...thing.needles.words, ...thing.needles.weak], carriers, notes: dependencies.inNotes?.(thing.needles) ?? [] };
    },
    async forget(request) {
      const thing = describe(db, request);
      const copies = await copyCarriers(dependencies, thing);
      await dependencies.quiet?.();
      const id = begin(dependencies, { thing, request, copies, isKnown: offered.look(request), now: now() });
      const begun = tell(id);
      if (begun.erasesAt > now()) return begun;
      await eraseOne(id);
      return getForgetting(db, id);
    },
    undo(id) {
      undoForgetting(db, id, (memories) => dependencies.moved?.(memories));
      return tell(id);
    },
    list: () => listForgettings(db),
    async eraseDue() {
      for (const id of dueForgettings(db, now())) await eraseOne(id);
    },
  };
}

function describe(db: Database, request: ForgetRequest): Thing {
  const memory = getMemory(db, request.id);
  const corpus = createCorpus(db);
  const segments = segmentsOf(memory.text).filter((segment) => !isBare(segment));
  const wanted = request.sentences ? new Set(request.sentences) : mostTelling(segments, corpus);
  const chosen = segments.filter((_, index) => wanted.has(index));
  if (chosen.length === 0) throw new AppError('invalid-input', 'Nothing of that memory was chosen to be forgotten. Choose at least one sentence.');

  const found = chosen.map((sentence) => distinctiveWords(sentence, corpus));
  const needles: Needles = {
    sentences: chosen.map((sentence) => sentence.trim()),
    words: [...new Set(found.flatMap(({ words }) => words))],
    weak: [...new Set(found.flatMap(({ weak }) => weak))],
  };
  const corrected = correctedMemories(db, memory.id);
  const own = new Map([[memory.messageId ?? memory.id, new Set(chosen)], ...corrected.map((older) => [older.messageId ?? older.id, alike(older.text, chosen)] as const)]);
  const memoryIds = new Set([memory.id, ...corrected.map((older) => older.id)]);
  return {
    memory,
    sentences: segments.map((text, index) => ({ text: text.trim(), chosen: wanted.has(index) })),
    chosen: needles.sentences,
    needles,
    target: { memoryIds, own },
    search: searchFor(needles, [...own.keys()], [...memoryIds]),
  };
}

function mostTelling(segments: string[], corpus: Corpus): Set<number> {
  const weights = segments.map((segment) => weightOf(segment, corpus));
  return new Set([weights.indexOf(Math.max(...weights))]);
}

/** The sentences of what was corrected that speak of the same; all of them when none shares a word. */
function alike(text: string, chosen: string[]): Set<string> {
  const stems = new Set(chosen.flatMap((sentence) => [...contentStems(sentence)]));
  const segments = segmentsOf(text).filter((segment) => !isBare(segment));
  const shared = segments.filter((segment) => [...contentStems(segment)].some((stem) => stems.has(stem)));
  return new Set(shared.length > 0 ? shared : segments);
}

function searchFor(needles: Needles, messageIds: string[], memoryIds: string[]): Search {
  const words = [...needles.words, ...needles.weak];
  const long = needles.sentences.filter((sentence) => wordsOf(sentence).length >= 3);
  const queries = [...words, ...long.map((sentence) => `"${sentence.replaceAll('"', ' ')}"`)]
    .map((text) => wordsQuery(text, { lastIsPrefix: false }))
    .filter((query) => query !== null);
  return {
    // What holds the sentence holds its words.
    beginnings: words.length > 0 ? [...new Set(words.flatMap(writtenForms))] : long,
    match: queries.length > 0 ? queries.map((query) => `(${query})`).join(' OR ') : null,
    messageIds,
    memoryIds,
  };
}

/** The beginning of a word as it may be written: LIKE folds the case of A to Z only, and no accents. */
function writtenForms(word: string): string[] {
  const length = Math.min(...[...contentStems(word)].map((stem) => beginningOf(stem).length), word.length);
  const plain = fold(word).slice(0, length);
  const lower = word.normalize('NFC').slice(0, length).toLowerCase();
  return plain === lower ? [plain] : [plain, lower, lower.charAt(0).toUpperCase() + lower.slice(1), lower.toUpperCase()];
}

const plannedFor = (db: Database, thing: Thing): Planned[] => planChanges(findPlaces(db, thing.search), thing.target, thing.needles);

async function copyCarriers({ folder, backups }: ForgetDependencies, thing: Thing): Promise<Carrier[]> {
  const made = new Map(backups.list().map((backup) => [backup.name, backup.createdAt]));
  const names = await copiesHolding(folder, proofOf(thing.needles));
  return names.map((name) => ({
    key: `backup:${name}`,
    kind: 'backup',
    where: basename(name),
    before: thing.chosen.join(' '),
    after: mark,
    at: made.get(basename(name)) ?? 0,
    certain: true,
  }));
}

/** Texts whose bytes must be nowhere afterwards. */
const proofOf = (needles: Needles): string[] => [
  ...needles.words,
  ...needles.weak,
  ...needles.sentences.filter((sentence) => wordsOf(sentence).length >= 3),
];

/** What the last preview of each thing showed: whatever is not confirmed was left by choice only if it was seen. */
function createOffered() {
  const shownKeys = new Map<string, ReadonlySet<string>>();
  const nameOf = ({ id, sentences }: ForgetRequest) => JSON.stringify([id, sentences ?? null]);
  return {
    keep(request: ForgetRequest, carriers: Carrier[]): void {
      if (shownKeys.size >= mostOffered) shownKeys.clear();
      shownKeys.set(nameOf(request), new Set(carriers.map(({ key }) => key)));
    },
    /** Without a preview the caller has named what it wants. */
    look(request: ForgetRequest): (key: string) => boolean {
      const keys = shownKeys.get(nameOf(request));
      return (key) => keys?.has(key) ?? true;
    },
  };
}

const mostOffered = 100;

type Beginning = {
  thing: Thing;
  request: { carriers: string[]; graceSeconds: number | null };
  copies: Carrier[];
  isKnown(key: string): boolean;
  now: number;
};

/** Everything from reading to writing in one transaction, without a pause: what is confirmed is what is there. */
function begin({ db, graceSeconds }: ForgetDependencies, { thing, request, copies, isKnown, now }: Beginning): string {
  const confirmed = new Set(request.carriers);
  return db.transaction(() => {
    if (isAnswering(db)) {
      throw new AppError('conflict', 'An answer is being written and might still say it. Nothing was changed; stop it or let it finish, then forget.');
    }
    const all = plannedFor(db, thing);
    refuseUnseen([...all.map(({ carrier }) => carrier), ...copies].filter(({ key, certain }) => certain && !confirmed.has(key) && !isKnown(key)));
    const planned = all.filter(({ carrier }) => confirmed.has(carrier.key));
    const confirmedCopies = copies.filter(({ key }) => confirmed.has(key));
    const changes = planned.flatMap((each) => each.changes);
    const { needles, mirrors } = widen(thing.needles, changes);
    const plan: Plan = {
      places: planned.length + confirmedCopies.length,
      sentence: thing.chosen.join(' '),
      search: hidden({ needles, mirrors, proof: proofOf(thing.needles) } satisfies Hunt),
      keptBackups: copies.filter(({ key }) => !confirmed.has(key)).map(({ key }) => key.slice('backup:'.length)),
    };
    if (plan.places === 0) throw new AppError('invalid-input', 'None of the places that carry it was confirmed. Nothing was changed.');
    const id = randomUUID();
    const erasesAt = now + (request.graceSeconds ?? graceSeconds()) * 1_000;
    applyForgetting(db, { id, requestedAt: now, erasesAt, plan, changes, bare: bareMessages(changes) });
    refuseLeftovers(db, thing, new Set(all.map(({ carrier }) => carrier.key).filter((key) => !confirmed.has(key))));
    return id;
  }).immediate();
}

const bareMessages = (changes: Change[]): string[] =>
  changes.filter(({ table, column, after }) => table === 'message' && column === 'text' && isBare(after ?? '')).map(({ id }) => id);

function refuseUnseen(unseen: Carrier[]): void {
  if (unseen.length === 0) return;
  throw new AppError('conflict', 'More has come to carry it since the list was made. Nothing was changed; look at the list again, then forget.');
}

function refuseLeftovers(db: Database, thing: Thing, left: ReadonlySet<string>): void {
  const still = plannedFor(db, thing).filter(({ carrier }) => !left.has(carrier.key));
  if (still.length === 0) return;
  throw new AppError('internal', `It could not be taken out of ${still.length} places. Nothing was changed.`);
}

type Run = { id: string; now(): number; tell(id: string): Forgetting };

/** May be repeated from any point: what undo needed goes first, what is looked for goes last. */
async function eraseAndCheck(dependencies: ForgetDependencies, { id, now, tell }: Run): Promise<void> {
  const { db, folder, eraseVectors } = dependencies;
  // It may have been undone while it waited for a back-up to be written.
  if (!dueForgettings(db, now()).includes(id)) return;
  const { places, search, keptBackups = [] } = getPlan(db, id);
  const plan: Plan = { places, keptBackups, ...(search === undefined ? {} : { search }) };
  setState(db, id, { state: 'erasing', plan });
  tell(id);
  try {
    const { needles, mirrors, proof } = shown(search ?? '') as Hunt;
    const redact = (kept: ReadonlySet<string>) => createRedactor(needles, kept).cell;
    const check = await erase({ db, folder, id, proof, mirrors, keptBackups, redact, eraseVectors });
    setState(db, id, { state: 'erased', plan: { places }, check, erasedAt: now() });
    truncateLog(db);
  } catch (error) {
    setState(db, id, { state: 'failed', plan, failure: AppError.from(error).message });
  }
  tell(id);
}
