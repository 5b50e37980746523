/** The composition root: the only place where services meet each other. */
import path from 'node:path';
import type { AppEvent } from './contract/app.ts';
import type { Handlers } from './contract/contract.ts';
import type { Transport } from './contract/transport.ts';
import type { ChatModel } from './chat/chatTypes.ts';
import { createDispatch } from './dispatch.ts';
import type { Forget } from './memory/forget.ts';
import { createMemoryIndexer, type MemoryIndexer } from './memory/indexer.ts';
import { createMemory, type MemoryService } from './memory/memory.ts';
import { createReader, type Reader } from './meaning/reader.ts';
import { bundledDefaults, phrasesOf, readCatalogue, type Catalogue } from './models/catalogue.ts';
import type { Models } from './models/models.ts';
import { createAppHandlers } from './services/appHandlers.ts';
import { announcing, doAfter } from './services/announce.ts';
import { createBackground } from './services/background.ts';
import { createClaimService, type ClaimService } from './services/claimService.ts';
import { settleMoved } from './claims/moved.ts';
import { connectForget } from './services/connectForget.ts';
import { connectModels } from './services/connectModels.ts';
import { createChatService, firstPrompt, type ChatService } from './services/chatService.ts';
import { createEvents, type Changed, type Events } from './services/events.ts';
import { eraseEverything, exportEverything } from './services/everything.ts';
import { createForgetTimer } from './services/forgetTimer.ts';
import { importEngram } from './services/importEngram.ts';
import { createLife, type Life } from './services/life.ts';
import { modelSettled } from './services/modelWait.ts';
import type { ServicesOptions } from './services/options.ts';
import { createNoteSource } from './services/noteSource.ts';
import { createNoteService, type NoteService } from './services/noteService.ts';
import { pastHandlers } from './services/pastHandlers.ts';
import { createPersonaService, type PersonaService } from './services/personaHandlers.ts';
import { createSearchService, type SearchService } from './services/searchService.ts';
import { openStores, type OpenStores } from './services/stores.ts';
import { createNoteSources } from './store/noteSources.ts';
import { createConversationHandlers } from './store/conversationHandlers.ts';
import { createVectors } from './vectors/vectors.ts';

export type { ServicesOptions } from './services/options.ts';
export type { Shell } from './services/shell.ts';

export type Services = {
  transport: Transport;
  /** Resolves when the models of the settings are loaded, or cannot be. The transport answers before that. */
  ready: Promise<void>;
  /** Saves and stops everything, the engine too. */
  close(): Promise<void>;
};

const minuteMs = 60_000;
/** Not while the app is coming up, and not by a command that is over in a moment. */
const backUpAfterMs = 30_000;

/** Opens the data folder and everything on it. Fails, with the folder as it was, when it cannot be opened. */
export async function createServices(options: ServicesOptions): Promise<Services> {
  const catalogue = readCatalogue(options.modelsFolder);
  const now = options.now ?? Date.now;
  const stores = openStores({ dataFolder: options.dataFolder, defaults: bundledDefaults(catalogue), now });
  try {
    const parts = connect({ loadModels: true, ...options, now }, stores, catalogue);
    stores.kept.messages.settleInterrupted();
    parts.personas.seed();
    return start(parts);
  } catch (error) {
    stores.close();
    throw error;
  }
}

type Parts = {
  options: Required<ServicesOptions>;
  stores: OpenStores;
  events: Events;
  models: Models;
  indexer: MemoryIndexer;
  reader: Reader;
  claims: ClaimService;
  memory: MemoryService;
  notes: NoteService;
  search: SearchService;
  forget: Forget;
  personas: PersonaService;
  chat: ChatService;
  /** Imports that run. */
  imports: Life;
  /** What was loaded last has been tried. */
  started: { promise: Promise<void>; resolve(): void };
};

/** Everything made, and introduced to what it needs; nothing heavy has begun. */
function connect(options: Required<ServicesOptions>, stores: OpenStores, catalogue: Catalogue): Parts {
  const { engine, log, now } = options;
  const { db } = stores;
  const events = createEvents();
  const started = createStarted();
  const models = connectModels(options, { stores, events, catalogue });
  const vectors = createVectors(path.join(options.dataFolder, 'vectors'));
  const indexer = createMemoryIndexer({ db, vectors, engine, log: (message) => log.info('memory index', { message }) });
  const reader = createReader({ engine, log: (message) => log.info('reader', { message }) });
  const memory = createMemory({ db, indexer, reader, persona: (id) => stores.personas.get(id), changed: (id) => events.changed('memories', id), now });
  const notes = createNoteService({ db: stores.notesDb, sources: createNoteSources(db, stores.notesDb), events, engine, settings: stores.settings, vectorsFolder: path.join(options.dataFolder, 'note-vectors'), readerWorker: options.readerWorker, log: (message) => log.info('notes', { message }), now });
  const forget = connectForget(options, { stores, events, indexer, quiet: () => chat.settleTitles() });

  const model = (): ChatModel | null => {
    const traits = models.chat();
    const prompt = catalogue.models.find((bundled) => bundled.path === traits?.path)?.prompt;
    return traits && { ...traits, trained: prompt ?? null };
  };
  const claims = createClaimService({ stores, engine, events, model, log: (message) => log.info('claims', { message }), now });
  const bundled = catalogue.adapters;
  const personas = createPersonaService({
    stores, engine, events, now, bundled,
    folder: path.join(options.resourcesFolder, 'personas'),
    base: () => models.base(),
    promptFor: (instructions, question) => firstPrompt(model(), { instructions, question, now: now() }),
  });
  const chat = createChatService({
    stores, engine, events, now, model,
    readers: notes.readers,
    dataFolder: options.dataFolder,
    acting: async (id) => {
      const acting = await personas.acting(id);
      return { ...acting, phrases: phrasesOf(catalogue, acting.overlay.map((adapter) => adapter.path)) };
    },
    persona: (id) => personas.speaking(id),
    recall: (query, signal) => memory.recall(query, signal),
    notes: createNoteSource({ db: stores.notesDb, meaning: notes.meaning, reader, now }),
    overview: (where, limit) => memory.overview(where, limit),
    markUsed: memory.markUsed,
    keeping: { db, forget, claims: claims.handlers, memory: memory.handlers.memory, changed: () => events.changed('claims') },
    modelSettled: (signal) => modelSettled(engine, started.promise, signal),
    holdBackground() {
      const releases = [indexer.hold(), reader.hold(), claims.hold(), notes.index.hold()];
      return () => releases.forEach((release) => release());
    },
    said: () => indexer.wake(),
    failed: (event, error) => log.error(event, error),
  });
  return { options, stores, events, models, indexer, reader, claims, memory, notes, search: createSearchService({ stores, notes, events, dataFolder: options.dataFolder, now }), forget, personas, chat, imports: createLife(), started };
}

/** A promise and what settles it. */
function createStarted(): Parts['started'] {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve: () => resolve() };
}

/** Begins the work that goes on by itself, and opens the transport. */
function start(parts: Parts): Services {
  const { options, stores, events, indexer, reader, forget, chat } = parts;
  const { log, engine, now } = options;
  const background = createBackground((name, error) => log.error(name, error));
  const eraseDue = () => forget.eraseDue();
  const forgetTimer = createForgetTimer({ list: () => forget.list(), due: () => background.soon(0, 'a forgetting was not finished', eraseDue), now });
  const followers = createLife();
  const off = [
    events.listen((event) => event.type === 'forgetting' && forgetTimer.look()),
    engine.onStatus((status) => events.emit({ type: 'engine', status })),
    indexer.onStatus((status) => events.emit({ type: 'index', status })),
    parts.search.dispose,
  ];

  background.every(minuteMs, 'deleted conversations were not erased', () => purge(parts));
  background.every(60 * minuteMs, 'no back-up was made', () => backUp(parts));
  background.every(60 * minuteMs, 'a forgetting was not finished', eraseDue);
  background.soon(0, 'a forgetting was not finished', eraseDue);
  background.soon(backUpAfterMs, 'no back-up was made', () => backUp(parts));
  forgetTimer.look();
  background.soon(0, 'folders of notes were not looked through', () => parts.notes.follow());
  const ready = loadAll(parts);

  return {
    transport: createDispatch(handlersOf(parts, followers), log),
    ready,
    async close() {
      forgetTimer.stop();
      await followers.interrupt();
      await parts.imports.interrupt();
      await chat.interrupt();
      await background.stop();
      for (const unsubscribe of off) unsubscribe();
      await parts.claims.dispose();
      await parts.notes.dispose();
      reader.dispose();
      await indexer.dispose();
      await engine.dispose();
      await ready;
      stores.close();
    },
  };
}

async function loadAll({ options: { log, loadModels }, models, personas, started }: Parts): Promise<void> {
  if (!loadModels) return started.resolve();
  const seeded = personas.seedAdapters().catch((error: unknown) => log.error('bundled adapters were not read', error));
  await models.start().catch((error: unknown) => log.error('models were not loaded', error));
  started.resolve();
  await seeded;
}

function purge({ stores, indexer, events }: Parts): void {
  stores.temporary.conversations.purge();
  if (stores.kept.conversations.purge() === 0) return;
  indexer.wake();
  events.changed('memories');
}

async function backUp({ stores, events }: Parts): Promise<void> {
  if (await stores.backups.makeIfDue()) events.changed('backups');
}

/** Every route of the contract and who answers it. */
function handlersOf(parts: Parts, followers: Life): Handlers {
  const { models, memory, personas, chat } = parts;
  const app = appHandlers(parts);
  return {
    app: { ...app, events: (input, signal) => followers.follow((ending) => app.events(input, ending), signal) },
    conversation: conversationHandlers(parts),
    chat: chat.handlers,
    memory: { ...memory.handlers.memory, ...forgetHandlers(parts.forget) },
    claims: parts.claims.handlers,
    notes: parts.notes.handlers,
    search: parts.search.handlers,
    persona: personas.handlers,
    model: models.handlers,
  };
}

function forgetHandlers(forget: Forget): Pick<Handlers['memory'], 'previewForget' | 'forget' | 'undoForget' | 'forgettings'> {
  return {
    previewForget: (request) => forget.preview(request),
    forget: (request) => forget.forget(request),
    undoForget: ({ id }) => forget.undo(id),
    forgettings: () => forget.list(),
  };
}

function conversationHandlers({ stores, events, indexer, claims, personas, imports }: Parts): Handlers['conversation'] {
  const own = createConversationHandlers({
    ...stores,
    defaultPersonaId: () => stores.settings.get().defaultPersonaId,
    moved: (memories) => settleMoved(stores.db, memories),
  });
  const importOwn = (path: string) => personas.seeded().then(() => importEngram({ stores, personas, events }, path));
  const checked: Handlers['conversation'] = {
    ...own,
    ...pastHandlers({ stores, events, imports, importOwn, wake: () => indexer.wake() }),
    create(input, signal) {
      stores.personas.get(input.personaId);
      return own.create(input, signal);
    },
    setPersona(input, signal) {
      stores.personas.get(input.personaId);
      return own.setPersona(input, signal);
    },
    importFile: async ({ path }) => (await importOwn(path)).conversations,
  };
  const waking = doAfter(checked, ['keep', 'delete', 'undoDelete', 'import', 'importFile'], () => indexer.wake());
  const listed: Changed[] = ['conversations', 'conversation'];
  const typing = doAfter(waking, ['setDraft'], () => claims.stepAside());
  return announcing(typing, events, {
    create: ['conversations'],
    rename: listed,
    pin: listed,
    archive: listed,
    setPersona: listed,
    setNotes: ['conversation'],
    keep: [...listed, 'memories', 'claims'],
    delete: [...listed, 'memories'],
    undoDelete: [...listed, 'memories'],
    chooseBranch: ['conversation'],
    import: ['conversations', 'memories'],
    importFile: ['conversations', 'memories', 'personas'],
  });
}

function appHandlers(parts: Parts): Handlers['app'] {
  const { options, stores, events, indexer, forget, personas, chat, imports } = parts;
  const changedEverything = () => {
    for (const what of ['settings', 'personas', 'adapters', 'models', 'conversations', 'conversation', 'memories', 'claims', 'backups'] as const) events.changed(what);
  };
  return createAppHandlers({
    ...options,
    events,
    settings: stores.settings,
    backups: stores.backups,
    requirePersona: (id) => void stores.personas.get(id),
    present: () => [
      { type: 'engine', status: options.engine.status() },
      { type: 'index', status: indexer.status() },
      { type: 'notes', status: parts.notes.index.status() },
      ...forget.list().filter(({ state }) => state !== 'erased' && state !== 'undone').map((forgetting): AppEvent => ({ type: 'forgetting', forgetting })),
    ],
    async restore(name) {
      await chat.interrupt();
      await imports.interrupt();
      await stores.backups.restore(name);
      stores.kept.messages.settleInterrupted();
      personas.seed();
      indexer.wake();
      await parts.notes.follow();
      changedEverything();
    },
    exportAll: (folder, format) => exportEverything(stores, folder, { personaFile: personas.exportFile, now: options.now(), format }),
    async eraseEverything() {
      await chat.interrupt();
      await imports.interrupt();
      try {
        await eraseEverything(stores, options.dataFolder, async () => {
          await indexer.eraseRemoved();
          await parts.notes.meaning.eraseRemoved();
        });
      } finally {
        // It may fail with everything emptied already; what every Engram begins with must be there again.
        personas.seed();
        await parts.notes.follow();
        await loadAll(parts);
        changedEverything();
      }
    },
  });
}
