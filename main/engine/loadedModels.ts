/** The one base model, the one embedder and the one reranker of the engine process, and llama.cpp under them. */
import { AppError } from '../contract/errors.ts';
import { openBackend, type Backend, type BackendOptions } from './backend.ts';
import { openChatModel, type ChatModel } from './chatModel.ts';
import type { Probe } from './contract.ts';
import { openEmbedder, type Embedder } from './embed.ts';
import { checkChatModel, checkEmbedder, checkReranker } from './loadable.ts';
import { createMutex } from './mutex.ts';
import { openReranker, type Reranker } from './rerank.ts';

export type ChatLoad = { path: string; windowTokens: number; signal: AbortSignal; onProgress(fraction: number): void };

const formerIdleMs = 60_000;

/** Loads and unloads happen one after another. A bad file is refused before the present one is given up. */
export class LoadedModels {
  private readonly options: BackendOptions;
  private readonly mutex = createMutex();
  private backend: Promise<Backend> | null = null;
  private chatModel: ChatModel | null = null;
  private loadedEmbedder: Embedder | null = null;
  private loadedReranker: Reranker | null = null;
  /** Beside the loaded embedder, for what it embedded before. */
  private former: { path: string; embedder: Embedder; closing: NodeJS.Timeout } | null = null;
  private embedderPath: string | null = null;

  constructor(options: BackendOptions) {
    this.options = options;
  }

  /** Loads llama.cpp itself, once. Reading a file's header needs none of it. */
  async probe(): Promise<Probe> {
    return (await this.open()).probe;
  }

  chat(): ChatModel {
    if (!this.chatModel) throw new AppError('no-model', 'No chat model is loaded. Choose one under Models.');
    return this.chatModel;
  }

  embedder(): Embedder {
    if (!this.loadedEmbedder) throw new AppError('no-model', 'No embedder is loaded, so texts cannot be compared by meaning. Choose one under Models.');
    return this.loadedEmbedder;
  }

  /** The loaded one, or another: opened beside it, and closed when it was not asked for a while. */
  async embedderAt(path: string): Promise<Embedder> {
    if (this.loadedEmbedder && path === this.embedderPath) return this.loadedEmbedder;
    const release = await this.mutex.acquire();
    try {
      if (this.former?.path !== path) {
        const summary = await checkEmbedder(path);
        await this.closeFormer();
        const { llama } = await this.open();
        this.former = { path, embedder: await openEmbedder(llama, path, summary), closing: setTimeout(() => undefined, 0) };
      }
      clearTimeout(this.former.closing);
      this.former.closing = setTimeout(() => void this.unloadFormer(), formerIdleMs).unref();
      return this.former.embedder;
    } finally {
      release();
    }
  }

  reranker(): Reranker {
    if (!this.loadedReranker) throw new AppError('no-model', 'No reranker is loaded, so what was found keeps its order. Choose one under Models.');
    return this.loadedReranker;
  }

  loaded(): { chat: boolean; embedder: boolean; reranker: boolean } {
    return { chat: this.chatModel !== null, embedder: this.loadedEmbedder !== null, reranker: this.loadedReranker !== null };
  }

  async loadChat(load: ChatLoad): Promise<ChatModel> {
    const release = await this.mutex.acquire(load.signal);
    try {
      const summary = await checkChatModel(load.path);
      await this.closeChat();
      const { llama } = await this.open();
      this.chatModel = await openChatModel(llama, { ...load, summary });
      return this.chatModel;
    } finally {
      release();
    }
  }

  async unloadChat(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.closeChat().finally(release);
  }

  async loadEmbedder(path: string): Promise<Embedder> {
    const release = await this.mutex.acquire();
    try {
      const summary = await checkEmbedder(path);
      await this.closeEmbedder();
      const { llama } = await this.open();
      this.loadedEmbedder = await openEmbedder(llama, path, summary);
      this.embedderPath = path;
      return this.loadedEmbedder;
    } finally {
      release();
    }
  }

  async unloadEmbedder(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.closeEmbedder().finally(release);
  }

  async loadReranker(path: string): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      const summary = await checkReranker(path);
      await this.closeReranker();
      const { llama } = await this.open();
      this.loadedReranker = await openReranker(llama, path, summary);
    } finally {
      release();
    }
  }

  async unloadReranker(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.closeReranker().finally(release);
  }

  async close(): Promise<void> {
    await this.unloadChat();
    await this.unloadEmbedder();
    await this.unloadReranker();
    await this.unloadFormer();
    if (this.backend) await (await this.backend).llama.dispose();
  }

  private open(): Promise<Backend> {
    return (this.backend ??= openBackend(this.options));
  }

  private async closeChat(): Promise<void> {
    const closing = this.chatModel;
    this.chatModel = null;
    await closing?.close();
  }

  private async closeReranker(): Promise<void> {
    const closing = this.loadedReranker;
    this.loadedReranker = null;
    await closing?.close();
  }

  private async unloadFormer(): Promise<void> {
    const release = await this.mutex.acquire();
    await this.closeFormer().finally(release);
  }

  private async closeFormer(): Promise<void> {
    const closing = this.former;
    this.former = null;
    clearTimeout(closing?.closing);
    await closing?.embedder.close();
  }

  private async closeEmbedder(): Promise<void> {
    const closing = this.loadedEmbedder;
    this.loadedEmbedder = null;
    await closing?.close();
  }
}
