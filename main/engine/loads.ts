/** What is loaded in the engine process, loaded again after it died, and what is left out because it cannot be. */
import { basename } from 'node:path';
import { AppError } from '../contract/errors.ts';
import type { ModelRole } from '../contract/model.ts';
import type { EngineClient } from './contract.ts';
import { createMutex } from './mutex.ts';
import type { StatusBoard } from './status.ts';
import { isGone } from './supervisor.ts';

export type ChatFile = { path: string; name: string; windowTokens: number };
export type PlainFile = { path: string; name: string };
export type LoadOptions = { onProgress?(fraction: number): void; signal?: AbortSignal };

export type Loads = {
  loadChat(file: ChatFile, options?: LoadOptions): Promise<void>;
  loadEmbedder(file: PlainFile): Promise<void>;
  loadReranker(file: PlainFile): Promise<void>;
  unload(role: Role): Promise<void>;
  /** Loads into a fresh process what was loaded in the last one. Fails only when that process dies too. */
  restore(client: EngineClient): Promise<void>;
  /** Call when the process has died: remembers over which file. */
  died(): void;
  forgive(): void;
};

type Role = ModelRole;
type Wanted = { file: { path: string; name: string }; load(client: EngineClient, options?: LoadOptions): Promise<void> };

/** Deaths over one file until it is left out. */
const mostDeaths = 2;

export const createLoads = (board: StatusBoard, connect: () => Promise<EngineClient>): Loads => new LoadedFiles(board, connect);

class LoadedFiles implements Loads {
  private readonly board: StatusBoard;
  private readonly connect: () => Promise<EngineClient>;
  private readonly mutex = createMutex();
  private readonly wanted = new Map<Role, Wanted>();
  private readonly deaths = new Map<string, number>();
  private loadingPath: string | null = null;

  constructor(board: StatusBoard, connect: () => Promise<EngineClient>) {
    this.board = board;
    this.connect = connect;
  }

  loadChat(file: ChatFile, options?: LoadOptions): Promise<void> {
    return this.replace('chat', chatLoader(this.board, file), options);
  }

  loadEmbedder(file: PlainFile): Promise<void> {
    return this.replace('embedder', embedderLoader(this.board, file));
  }

  loadReranker(file: PlainFile): Promise<void> {
    return this.replace('reranker', rerankerLoader(this.board, file));
  }

  /** Runs a load; when it fails, sees to it that what was there before is there again. */
  private async replace(role: Role, want: Wanted, options?: LoadOptions): Promise<void> {
    const release = await this.mutex.acquire(options?.signal);
    try {
      const client = await this.connect();
      this.board.change({ state: 'loading' });
      try {
        await want.load(client, options);
      } catch (error) {
        if (isGone(error)) throw diedOver(want, this.wanted.get(role));
        await this.bringBack(client, role);
        throw error;
      }
      this.wanted.set(role, want);
      this.deaths.delete(want.file.path);
      this.board.change({ state: 'ready', notice: null });
    } finally {
      release();
    }
  }

  private async bringBack(client: EngineClient, role: Role): Promise<void> {
    try {
      const loaded = await client.loaded({});
      if (!loaded[role]) await this.bringIn(client, role);
      this.board.change({ state: 'ready' });
    } catch {
      // The process died: what was loaded comes back with the next one.
    }
  }

  async restore(client: EngineClient): Promise<void> {
    await this.bringIn(client, 'embedder');
    await this.bringIn(client, 'chat');
    await this.bringIn(client, 'reranker');
  }

  private async bringIn(client: EngineClient, role: Role): Promise<void> {
    const want = this.wanted.get(role);
    if (!want) return;
    const { name, path } = want.file;
    if ((this.deaths.get(path) ?? 0) >= mostDeaths) {
      this.leaveOut(role, `${name} made the model’s process stop ${mostDeaths} times, so it was left out. Its file is ${path}; choose another under Models.`);
      return;
    }
    this.loadingPath = path;
    try {
      await want.load(client);
      this.loadingPath = null;
    } catch (error) {
      if (isGone(error)) throw error;
      this.loadingPath = null;
      this.leaveOut(role, `${name} could not be loaded again. ${AppError.from(error).message}`);
    }
  }

  async unload(role: Role): Promise<void> {
    const release = await this.mutex.acquire();
    try {
      const loaded = this.wanted.has(role);
      this.leaveOut(role, null);
      if (!loaded) return;
      const client = await this.connect();
      await unloaders[role](client);
    } finally {
      release();
    }
  }

  died(): void {
    if (this.loadingPath !== null) this.deaths.set(this.loadingPath, (this.deaths.get(this.loadingPath) ?? 0) + 1);
    this.loadingPath = null;
  }

  forgive(): void {
    this.deaths.clear();
  }

  private leaveOut(role: Role, why: string | null): void {
    this.wanted.delete(role);
    this.board.change({ ...noneOf[role], ...(why === null ? {} : { notice: why }) });
  }
}

const chatLoader = (board: StatusBoard, file: ChatFile): Wanted => ({
  file,
  async load(client, options = {}) {
    let windowTokens = 0;
    for await (const event of client.loadChat({ path: file.path, windowTokens: file.windowTokens }, options.signal)) {
      windowTokens = event.windowTokens;
      options.onProgress?.(event.fraction);
    }
    board.change({ chatModel: { path: file.path, name: file.name, windowTokens } });
  },
});

const embedderLoader = (board: StatusBoard, file: PlainFile): Wanted => ({
  file,
  async load(client) {
    const { dimensions } = await client.loadEmbedder({ path: file.path });
    board.change({ embedder: { ...file, dimensions } });
  },
});

const rerankerLoader = (board: StatusBoard, file: PlainFile): Wanted => ({
  file,
  async load(client) {
    await client.loadReranker({ path: file.path });
    board.change({ reranker: file });
  },
});

const noneOf = { chat: { chatModel: null }, embedder: { embedder: null }, reranker: { reranker: null } };
const unloaders: Record<Role, (client: EngineClient) => Promise<unknown>> = {
  chat: (client) => client.unloadChat({}),
  embedder: (client) => client.unloadEmbedder({}),
  reranker: (client) => client.unloadReranker({}),
};

const diedOver = ({ file }: Wanted, before: Wanted | undefined) =>
  new AppError(
    'bad-file',
    `Loading ${basename(file.path)} made the model’s process stop: the file may be damaged, or too large for this machine’s memory.` +
      (before ? ` ${before.file.name} is being loaded again.` : ' Choose another file.'),
  );
