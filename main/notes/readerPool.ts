/** Threads that read files, so that no file can stop or end the app: one that takes too long or too much gets a sentence instead. */
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError } from '../contract/errors.ts';
import { digestFailed, type Digest } from './digested.ts';
import { emptyDocument, type NoteDocument } from './document.ts';
import type { Answer, Asked } from './readerWorker.ts';

/** Neither ever fails for what a file is. Stopped by the signal, they fail with its reason. */
export type ReaderPool = {
  /** To be shown: before all that wait to be digested. */
  read(file: string, signal?: AbortSignal): Promise<NoteDocument>;
  /** To be kept: hashed, and where its bytes are not those that are `known`, read and cut. Ask for some dozens at once: a thread goes on to the next by itself. */
  digest(file: string, options?: { known?: string | null; signal?: AbortSignal }): Promise<Digest>;
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

/** Files handed to a thread at once, when they are digested: it need not wait for us between them, nor while others are written. */
const ahead = 48;

type Job = {
  asked: Asked;
  /** It was handed over among others when the thread ended: the next time it is clear whose fault that is. */
  alone: boolean;
  settle(answer: Answer['result']): void;
  fail(error: unknown): void;
};
/** `jobs`: handed over, the first of them being worked on. `watched`: what it has taken has been asked, and not been answered. */
type Thread = { worker: Worker; jobs: Job[]; ready: boolean; watched: boolean; timers: NodeJS.Timeout[] };

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
    return this.#ask({ file, digest: false, known: null }, signal) as Promise<NoteDocument>;
  }

  digest(file: string, { known = null, signal }: { known?: string | null; signal?: AbortSignal } = {}): Promise<Digest> {
    return this.#ask({ file, digest: true, known }, signal) as Promise<Digest>;
  }

  #ask(asked: Asked, signal?: AbortSignal): Promise<Answer['result']> {
    if (this.#closed) return Promise.reject(stopped());
    if (signal?.aborted) return Promise.reject(signal.reason as Error);
    return new Promise((resolve, reject) => {
      const job: Job = {
        asked,
        alone: !asked.digest,
        settle: (answer) => {
          signal?.removeEventListener('abort', stop);
          resolve(answer);
        },
        fail: (error) => {
          signal?.removeEventListener('abort', stop);
          reject(error as Error);
        },
      };
      const stop = () => this.#stop(job, signal?.reason);
      signal?.addEventListener('abort', stop, { once: true });
      const first = this.#waiting.findIndex((other) => other.asked.digest);
      if (asked.digest || first < 0) this.#waiting.push(job);
      else this.#waiting.splice(first, 0, job);
      this.#hand();
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    const open = [...this.#threads];
    const jobs = [...this.#waiting.splice(0), ...open.flatMap((thread) => thread.jobs)];
    this.#threads.clear();
    open.forEach(({ timers }) => timers.forEach(clearTimeout));
    await Promise.all(open.map(({ worker }) => worker.terminate()));
    jobs.forEach(({ fail }) => fail(stopped()));
  }

  /** Work to threads, of which there are never more than wanted, but one for what somebody waits to see: to each its first before any has more. */
  #hand(): void {
    for (const thread of this.#threads) if (thread.jobs.length === 0 && this.#waiting.length > 0) this.#give(thread, this.#waiting.shift()!);
    while (this.#waiting.length > 0 && this.#threads.size < this.#options.threads) this.#give(this.#start(), this.#waiting.shift()!);
    if (this.#isSomebodyKeptWaiting()) this.#give(this.#start(), this.#waiting.shift()!);
    for (const thread of this.#threads) while (this.#takesMore(thread)) this.#give(thread, this.#waiting.shift()!);
  }

  #isSomebodyKeptWaiting(): boolean {
    const [next] = this.#waiting;
    return next !== undefined && !next.asked.digest && this.#threads.size === this.#options.threads;
  }

  #takesMore({ jobs }: Thread): boolean {
    const [next] = this.#waiting;
    return next !== undefined && !next.alone && jobs.length < ahead && jobs.every(({ alone }) => !alone);
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
    const thread: Thread = { worker, jobs: [], ready: false, watched: false, timers: [] };
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
    thread.jobs.push(job);
    if (thread.ready) thread.worker.postMessage(job.asked);
    if (thread.jobs.length > 1) return;
    thread.timers.forEach(clearTimeout);
    thread.worker.ref();
    if (thread.ready) this.#begin(thread);
    else thread.timers = [setTimeout(() => this.#broke(thread, new Error('The thread does not start.')), startLimit)];
  }

  #ready(thread: Thread): void {
    thread.ready = true;
    for (const { asked } of thread.jobs) thread.worker.postMessage(asked);
    if (thread.jobs.length > 0) this.#begin(thread);
  }

  /** A file's time is counted from here: a busy machine may take long to start a thread, and those before it were others'. */
  #begin(thread: Thread): void {
    thread.timers.forEach(clearTimeout);
    const [job] = thread.jobs;
    const { timeLimit } = this.#options;
    const late = setTimeout(() => this.#end(thread, `Reading it would have taken more than ${Math.ceil(timeLimit / 1_000)} seconds.`), timeLimit);
    thread.timers = [late, setInterval(() => void this.#watch(thread, job!), watchEvery)];
  }

  /** Bytes of files lie outside V8's heap, where its own limits do not reach. */
  async #watch(thread: Thread, job: Job): Promise<void> {
    if (thread.watched) return;
    thread.watched = true;
    const taken = await thread.worker.getHeapStatistics?.().catch(() => null);
    thread.watched = false;
    if (!taken || thread.jobs[0] !== job) return;
    if (taken.used_heap_size + taken.external_memory > this.#options.memoryLimit * 1024 ** 2) this.#endOf(thread, this.#tooMuch());
  }

  #finish(thread: Thread, { result, tired }: Answer): void {
    const job = thread.jobs.shift();
    if (tired) this.#again(thread);
    else if (thread.jobs.length > 0) this.#begin(thread);
    else if (this.#threads.size > this.#options.threads) this.#remove(thread);
    else this.#rest(thread);
    job?.settle(result);
    this.#hand();
  }

  /** What it had not come to is for another. */
  #again(thread: Thread, alone = false): void {
    const jobs = thread.jobs.splice(0);
    this.#remove(thread);
    for (const job of jobs) job.alone ||= alone;
    this.#waiting.unshift(...jobs);
  }

  #rest(thread: Thread): void {
    thread.timers.forEach(clearTimeout);
    thread.worker.unref();
    thread.timers = [setTimeout(() => this.#remove(thread), this.#options.idle).unref()];
  }

  /** Its end is the first one's fault, unless that was done already and we have not heard of it yet. */
  #endOf(thread: Thread, sentence: string): void {
    if (thread.jobs.length <= 1) return this.#end(thread, sentence);
    this.#again(thread, true);
    this.#hand();
  }

  /** The thread and all it holds go; the file keeps the sentence. */
  #end(thread: Thread, sentence: string): void {
    const job = thread.jobs.shift();
    this.#again(thread);
    job?.settle(job.asked.digest ? digestFailed(job.asked.file, sentence) : emptyDocument('other', path.parse(job.asked.file).name, sentence));
    this.#hand();
  }

  #broke(thread: Thread, error: unknown): void {
    if (!this.#threads.has(thread)) return;
    const outOfMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
    if (thread.ready) return this.#endOf(thread, outOfMemory ? this.#tooMuch() : 'Reading it ended in the middle: it is damaged, or made to do harm.');
    // It never ran: that is no fault of the file.
    const jobs = thread.jobs.splice(0);
    this.#remove(thread);
    for (const job of jobs) job.fail(new AppError('internal', 'The thread that reads notes could not be started.', error));
    this.#hand();
  }

  #stop(job: Job, reason: unknown): void {
    const at = this.#waiting.indexOf(job);
    if (at >= 0) this.#waiting.splice(at, 1);
    for (const thread of this.#threads) if (thread.jobs.includes(job)) this.#abandon(thread, job);
    job.fail(reason);
    this.#hand();
  }

  #abandon(thread: Thread, job: Job): void {
    thread.jobs.splice(thread.jobs.indexOf(job), 1);
    this.#again(thread);
  }

  #remove(thread: Thread): void {
    this.#threads.delete(thread);
    thread.timers.forEach(clearTimeout);
    void thread.worker.terminate();
  }

  #tooMuch(): string {
    return `Reading it would have taken more than ${this.#options.memoryLimit} MB of memory.`;
  }
}

const stopped = () => new AppError('cancelled', 'Reading notes has been stopped.');
