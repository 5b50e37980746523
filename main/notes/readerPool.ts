/** Threads that read files, so that no file can stop or end the app: one that takes too long or too much gets a sentence instead. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import { emptyDocument, type NoteDocument } from './document.ts';
import type { Answer } from './readerWorker.ts';

export type ReaderPool = {
  /** Never fails for what the file is. Stopped by the signal, it fails with its reason. */
  read(file: string, signal?: AbortSignal): Promise<NoteDocument>;
  close(): Promise<void>;
};

export type ReaderPoolOptions = {
  /** `readerWorker.ts` from source, the built file in the app. */
  workerPath: string;
  threads?: number;
  /** Milliseconds for one file. */
  timeLimit?: number;
  /** Megabytes for one file, its bytes included. */
  memoryLimit?: number;
  /** Milliseconds after which a thread without work is ended. */
  idle?: number;
};

const usual = { threads: 1, timeLimit: 25_000, memoryLimit: 1_024, idle: 30_000 };
/** Milliseconds for a thread to start. */
const startLimit = 60_000;
/** Milliseconds between looks at what a thread has taken. */
const watchEvery = 50;
/**
 * Megabytes by which V8's own limit stands above ours. A thread that reaches that one by a single large table ends the
 * whole process with it, so ours must be seen first: no table of V8's is larger than one gigabyte.
 */
const spare = 1_536;

type Job = { file: string; settle(document: NoteDocument): void; fail(error: unknown): void };
type Thread = { worker: Worker; job: Job | null; ready: boolean; /** What it has taken has been asked, and not been answered. */ asked: boolean; timers: NodeJS.Timeout[] };

/** Who creates it, closes it. No thread is started before the first file. */
export const createReaderPool = (options: ReaderPoolOptions): ReaderPool => new Pool({ ...usual, ...options });

class Pool implements ReaderPool {
  readonly #options: Required<ReaderPoolOptions>;
  readonly #waiting: Job[] = [];
  readonly #threads = new Set<Thread>();
  #closed = false;

  constructor(options: Required<ReaderPoolOptions>) {
    this.#options = options;
  }

  read(file: string, signal?: AbortSignal): Promise<NoteDocument> {
    if (this.#closed) return Promise.reject(stopped());
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const job: Job = {
        file,
        settle: (document) => {
          signal?.removeEventListener('abort', stop);
          resolve(document);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', stop);
          reject(error as Error);
        },
      };
      const stop = () => this.#stop(job, signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      this.#waiting.push(job);
      this.#hand();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#threads];
    const jobs = [...this.#waiting.splice(0), ...open.flatMap(({ job }) => job ?? [])];
    this.#threads.clear();
    open.forEach(({ timers }) => timers.forEach(clearTimeout));
    await Promise.all(open.map(({ worker }) => worker.terminate()));
    jobs.forEach(({ fail }) => fail(stopped()));
  }

  /** Work to threads, of which there are never more than wanted. */
  #hand(): void {
    for (const thread of this.#threads) if (!thread.job && this.#waiting.length > 0) this.#give(thread, this.#waiting.shift()!);
    while (this.#waiting.length > 0 && this.#threads.size < this.#options.threads) this.#give(this.#start(), this.#waiting.shift()!);
  }

  #start(): Thread {
    const worker = new Worker(this.#options.workerPath, {
      // What a library has to say would stand in the middle of the app's own output.
      stdout: true,
      stderr: true,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#options.memoryLimit + spare, maxYoungGenerationSizeMb: 64, stackSizeMb: 4 },
    });
    worker.stdout.resume();
    worker.stderr.resume();
    worker.unref();
    const thread: Thread = { worker, job: null, ready: false, asked: false, timers: [] };
    this.#threads.add(thread);
    worker.on('message', (message: Answer | 'ready') => {
      if (message === 'ready') this.#ready(thread);
      else this.#finish(thread, message);
    });
    worker.on('error', (error) => this.#broke(thread, error));
    worker.on('exit', () => this.#broke(thread, new Error('The thread ended.')));
    return thread;
  }

  #give(thread: Thread, job: Job): void {
    thread.timers.forEach(clearTimeout);
    thread.job = job;
    thread.worker.ref();
    if (thread.ready) this.#begin(thread, job);
    else thread.timers = [setTimeout(() => this.#broke(thread, new Error('The thread does not start.')), startLimit)];
  }

  #ready(thread: Thread): void {
    thread.ready = true;
    if (thread.job) this.#begin(thread, thread.job);
  }

  /** A file's time is counted from here: a busy machine may take long to start a thread. */
  #begin(thread: Thread, job: Job): void {
    thread.timers.forEach(clearTimeout);
    thread.worker.postMessage(job.file);
    const { timeLimit } = this.#options;
    const late = setTimeout(() => this.#end(thread, `Reading it would have taken more than ${Math.ceil(timeLimit / 1_000)} seconds.`), timeLimit);
    thread.timers = [late, setInterval(() => void this.#watch(thread, job), watchEvery)];
  }

  /** Bytes of files lie outside V8's heap, where its own limits do not reach. */
  async #watch(thread: Thread, job: Job): Promise<void> {
    if (thread.asked) return;
    thread.asked = true;
    const taken = await thread.worker.getHeapStatistics?.().catch(() => null);
    thread.asked = false;
    if (!taken || thread.job !== job) return;
    if (taken.used_heap_size + taken.external_memory > this.#options.memoryLimit * 1024 ** 2) this.#end(thread, this.#tooMuch());
  }

  #finish(thread: Thread, { document, tired }: Answer): void {
    const { job } = thread;
    if (tired) this.#remove(thread);
    else this.#rest(thread);
    job?.settle(document);
    this.#hand();
  }

  #rest(thread: Thread): void {
    thread.timers.forEach(clearTimeout);
    thread.job = null;
    thread.worker.unref();
    thread.timers = [setTimeout(() => this.#remove(thread), this.#options.idle).unref()];
  }

  /** The thread and all it holds go; the file keeps the sentence. */
  #end(thread: Thread, sentence: string): void {
    const { job } = thread;
    this.#remove(thread);
    job?.settle(emptyDocument('other', path.parse(job.file).name, sentence));
    this.#hand();
  }

  #broke(thread: Thread, error: unknown): void {
    if (!this.#threads.has(thread)) return;
    const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (thread.ready) return this.#end(thread, outOfMemory ? this.#tooMuch() : 'Reading it ended in the middle: it is damaged, or made to do harm.');
    // It never ran: that is no fault of the file.
    const { job } = thread;
    this.#remove(thread);
    job?.fail(new AppError('internal', 'The thread that reads notes could not be started.', error));
    this.#hand();
  }

  #stop(job: Job, reason: unknown): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    for (const thread of this.#threads) if (thread.job === job) this.#remove(thread);
    job.fail(reason);
    this.#hand();
  }

  #remove(thread: Thread): void {
    this.#threads.delete(thread);
    thread.timers.forEach(clearTimeout);
    thread.job = null;
    void thread.worker.terminate();
  }

  #tooMuch(): string {
    return `Reading it would have taken more than ${this.#options.memoryLimit} MB of memory.`;
  }
}

const stopped = () => new AppError('cancelled', 'Reading notes has been stopped.');
