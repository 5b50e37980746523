/** The models that are here: which, whether they fit, loading and unloading them. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, isAbsolute, resolve } from 'node:path';
import type { Settings } from '../contract/app.ts';
import type { Handlers } from '../contract/contract.ts';
import { AppError } from '../contract/errors.ts';
import type { Hardware, LoadEvent, Model, ModelRole } from '../contract/model.ts';
import type { GgufSummary } from '../engine/contract.ts';
import type { Engine } from '../engine/engine.ts';
import { inspectGguf } from '../engine/inspect.ts';
import { createProgress } from '../engine/progress.ts';
import type { ModelStore, StoredModel } from '../store/models.ts';
import type { BundledModel, Catalogue } from './catalogue.ts';
import { judgeFit } from './fit.ts';
import { readHardware } from './hardware.ts';

type Paths = Pick<Settings, 'chatModelPath' | 'embedderPath' | 'rerankerPath'>;

export type ModelDependencies = {
  engine: Engine;
  store: ModelStore<GgufSummary>;
  catalogue: Catalogue;
  /** What to load at start. */
  paths(): Paths;
  /** Keeps what was loaded or unloaded for the next start. */
  remember(paths: Partial<Paths>): void;
  /** The list, or what is loaded, has changed. */
  changed(): void;
  /** Something the owner should read although nobody asked just now. */
  notify(message: string): void;
  hardware?(): Hardware;
};

/** What a turn must know of the loaded chat model. */
export type ChatTraits = {
  /** File name. */
  name: string;
  path: string;
  windowTokens: number;
  trusted: boolean;
};

export type Models = {
  handlers: Handlers['model'];
  /** Loads what was loaded last, what is needed first before the rest. What cannot be loaded is told, not thrown. */
  start(): Promise<void>;
  /** Null while no chat model is loaded. */
  chat(): ChatTraits | null;
  /** What the loaded base model's header says, for adapters to be held against; null while none is loaded. */
  base(): Promise<GgufSummary | null>;
};

/** From here a model may answer from memory in its own words. */
const trustedParameters = 500_000_000;
/** Longer windows are taken only when asked for: see the engine. */
const longestDefaultWindow = 16_384;

/** One that comes with the app, or one the owner added. */
type Entry = { id: string; path: string; name: string; role: ModelRole; summary: GgufSummary | null; windowTokens: number; bundled: BundledModel | null };

export const createModels = (dependencies: ModelDependencies): Models => new ModelService(dependencies);

class ModelService implements Models {
  readonly handlers: Handlers['model'];
  private readonly given: ModelDependencies;
  /** Headers of bundled files, read once: they do not change under a running app. */
  private readonly summaries = new Map<string, GgufSummary | null>();
  /** Roles the owner has loaded or unloaded a model for since the start began: what it would load comes too late for them. */
  private readonly chosen = new Set<ModelRole>();

  constructor(given: ModelDependencies) {
    this.given = given;
    this.handlers = {
      list: () => this.list(),
      hardware: () => this.hardware(),
      status: () => given.engine.status(),
      add: ({ path }) => this.add(path),
      remove: ({ id }) => this.remove(id),
      load: ({ id }, signal) => this.load(id, signal),
      unload: ({ id }) => this.unload(id),
      restartEngine: async () => {
        await given.engine.restart();
        return given.engine.status();
      },
    };
  }

  async start(): Promise<void> {
    this.chosen.clear();
    const { embedderPath, rerankerPath, chatModelPath } = this.given.paths();
    await this.startWith('embedder', embedderPath);
    await this.startWith('chat', chatModelPath);
    // The least needed: its exam stands in the way of nothing that is still being loaded.
    await this.startWith('reranker', rerankerPath);
    this.given.changed();
  }

  chat(): ChatTraits | null {
    const loaded = this.given.engine.status().chatModel;
    if (!loaded) return null;
    const bundled = this.bundledAt(loaded.path);
    const parameters = this.given.store.findByPath(loaded.path)?.summary.parameters ?? 0;
    return {
      name: basename(loaded.path),
      path: loaded.path,
      windowTokens: loaded.windowTokens,
      trusted: bundled?.trusted ?? parameters >= trustedParameters,
    };
  }

  async base(): Promise<GgufSummary | null> {
    const path = this.given.engine.status().chatModel?.path;
    if (path === undefined) return null;
    const summary = this.given.store.findByPath(path)?.summary ?? (await this.summaryOf(path));
    // Sentences name it as the screens do.
    const name = this.bundledAt(path)?.name;
    return summary && name ? { ...summary, name } : summary;
  }

  private async list(): Promise<Model[]> {
    const entries = await this.entries();
    return entries.map((entry) => this.toModel(entry));
  }

  private async add(path: string): Promise<Model> {
    if (!isAbsolute(path)) throw new AppError('invalid-input', `${path} is not a full path. Choose the file with the picker, or write its path from the root.`);
    const full = resolve(path);
    const known = (await this.entries()).find((entry) => entry.path === full);
    if (known?.bundled) return this.toModel(known);
    const summary = await inspectGguf(full);
    const stored: StoredModel<GgufSummary> = {
      id: known?.id ?? randomUUID(),
      path: full,
      name: summary.name,
      role: roleOf(summary),
      summary,
      windowTokens: 0,
      addedAt: Date.now(),
    };
    this.given.store.save(stored);
    this.given.changed();
    return this.toModel({ ...stored, bundled: null });
  }

  private async remove(id: string): Promise<Record<string, never>> {
    const entry = await this.entry(id);
    if (entry.bundled) throw new AppError('not-allowed', `${entry.name} comes with Engram and cannot be taken off the list. It can be unloaded.`);
    if (this.isLoaded(entry)) await this.unload(id);
    this.given.store.delete(id);
    this.given.changed();
    return {};
  }

  private async *load(id: string, signal: AbortSignal): AsyncGenerator<LoadEvent> {
    const entry = await this.entry(id);
    if (!existsSync(entry.path)) throw new AppError('not-found', `${entry.path} is not there any more. Put the file back, or add it from where it is now.`);
    this.chosen.add(entry.role);
    const progress = createProgress();
    const loading = this.loadInto(entry, { signal, onProgress: progress.put });
    for await (const fraction of progress.until(loading)) yield { type: 'progress', fraction };
    await loading;
    this.given.remember(pathsFor(entry.role, entry.path));
    this.given.changed();
    yield { type: 'loaded', model: this.toModel(entry) };
  }

  private async loadInto({ path, name, role, windowTokens }: Entry, options: { signal?: AbortSignal; onProgress?(fraction: number): void } = {}): Promise<void> {
    if (role === 'chat') return this.given.engine.loadChat({ path, name, windowTokens }, options);
    return role === 'embedder' ? this.given.engine.loadEmbedder({ path, name }) : this.given.engine.loadReranker({ path, name });
  }

  private async unload(id: string): Promise<Record<string, never>> {
    const entry = await this.entry(id);
    this.chosen.add(entry.role);
    if (!this.isLoaded(entry)) return {};
    await unloading(this.given.engine)[entry.role]();
    this.given.remember(pathsFor(entry.role, null));
    this.given.changed();
    return {};
  }

  /** The model of last time; where its file has gone, the bundled one in its place. */
  private async startWith(role: ModelRole, path: string | null): Promise<void> {
    // What was erased with everything else is loaded still.
    if (path === null) return this.chosen.has(role) ? undefined : unloading(this.given.engine)[role]();
    const wanted = existsSync(path) ? path : null;
    const entry = (await this.entries()).find((one) => one.role === role && (wanted === null ? one.bundled !== null : one.path === wanted));
    if (wanted === null) this.given.notify(`${path} is not there any more${entry ? `, so ${entry.name} is used instead` : ''}.`);
    if (!entry || this.chosen.has(role)) return;
    try {
      await this.loadInto(entry);
    } catch (error) {
      this.given.notify(AppError.from(error).message);
    }
  }

  private async entries(): Promise<Entry[]> {
    const { catalogue, store } = this.given;
    const bundled = await Promise.all(
      catalogue.models.map(async (model): Promise<Entry> => ({
        id: model.sha256,
        path: model.path,
        name: model.name,
        role: model.role,
        summary: await this.summaryOf(model.path),
        windowTokens: model.trainedWindowTokens ?? 0,
        bundled: model,
      })),
    );
    return [...bundled, ...store.list().map((stored): Entry => ({ ...stored, bundled: null }))];
  }

  private async entry(id: string): Promise<Entry> {
    const entry = (await this.entries()).find((one) => one.id === id);
    if (!entry) throw new AppError('not-found', 'That model is not on the list any more.');
    return entry;
  }

  private async summaryOf(path: string): Promise<GgufSummary | null> {
    const known = this.summaries.get(path);
    if (known !== undefined) return known;
    const summary = await inspectGguf(path).catch(() => null);
    this.summaries.set(path, summary);
    return summary;
  }

  private toModel(entry: Entry): Model {
    const { id, path, name, role, bundled } = entry;
    const { gpu } = this.given.engine.status();
    const { architecture, parameters, quantisation, sizeBytes } = entry.summary ?? unreadable(bundled);
    const loaded = this.isLoaded(entry);
    return {
      id,
      path,
      name,
      role,
      architecture,
      parameters,
      quantisation,
      sizeBytes,
      windowTokens: this.windowOf(entry),
      bundled: bundled !== null,
      loaded,
      trusted: bundled?.trusted ?? parameters >= trustedParameters,
      fit: judgeFit({ sizeBytes, loaded, hardware: this.hardware(), accelerated: gpu !== null && gpu.kind !== 'cpu' }),
      present: existsSync(path),
    };
  }

  /** What it has where it is loaded, else what it would be given. */
  private windowOf({ path, summary, windowTokens }: Entry): number {
    const { chatModel } = this.given.engine.status();
    if (chatModel?.path === path) return chatModel.windowTokens;
    return windowTokens || Math.min(summary?.contextLength ?? 0, longestDefaultWindow);
  }

  private isLoaded({ path }: Entry): boolean {
    const { chatModel, embedder, reranker } = this.given.engine.status();
    return [chatModel, embedder, reranker].some((loaded) => loaded?.path === path);
  }

  private bundledAt(path: string): BundledModel | undefined {
    return this.given.catalogue.models.find((model) => model.path === path);
  }

  private hardware(): Hardware {
    return (this.given.hardware ?? readHardware)();
  }
}

/** For a file that has gone or cannot be read. */
const unreadable = (bundled: BundledModel | null) => ({ architecture: '', parameters: 0, quantisation: '', sizeBytes: bundled?.sizeBytes ?? 0 });

const settingOf = { chat: 'chatModelPath', embedder: 'embedderPath', reranker: 'rerankerPath' } as const;
const pathsFor = (role: ModelRole, path: string | null): Partial<Paths> => ({ [settingOf[role]]: path });
const unloading = (engine: Engine): Record<ModelRole, () => Promise<void>> => ({
  chat: () => engine.unloadChat(),
  embedder: () => engine.unloadEmbedder(),
  reranker: () => engine.unloadReranker(),
});

/** What a file is for, by its header. Pure. Fails for adapters, which belong to personas. */
export function roleOf(summary: Pick<GgufSummary, 'kind' | 'pooling' | 'architecture' | 'name'>): ModelRole {
  if (summary.kind === 'adapter') {
    throw new AppError('bad-file', `${summary.name} is a persona adapter, not a model. Add it under Personas.`);
  }
  if (summary.pooling === 'rank') return 'reranker';
  return summary.pooling === 'none' && !/bert/u.test(summary.architecture) ? 'chat' : 'embedder';
}
