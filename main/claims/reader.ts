/** Reads what was remembered for claims while nothing else is going on: by rules, then by a model that is capable of it. */
import { orAborted } from '../contract/abort.ts';
import { createGate } from '../contract/gate.ts';
import { createSleeper } from '../contract/sleeper.ts';
import type { Engine } from '../engine/engine.ts';
import { countJobs, jobDone, jobFailed, nextDue, nextJobs, type Reading } from '../store/claimJobs.ts';
import { removeEmptied } from '../store/claims.ts';
import { relaxed, type Database } from '../store/database.ts';
import { keepProposals } from './keep.ts';
import { claimsGrammar, claimsInstructions, claimsQuestion, readProposals } from './propose.ts';
import { readJob } from './readJob.ts';
import { warmUp } from './rules.ts';

export type ReaderDependencies = {
  db: Database;
  engine: Pick<Engine, 'generate'>;
  /** Whether the loaded model may be asked to propose claims now. */
  mayPropose(): boolean;
  /** Claims have changed. */
  changed(): void;
  /** For lines in our own words: what kind of failure it was, no text of the owner's. */
  log(message: string): void;
  now(): number;
  /** How long nothing must have happened before a model is asked, milliseconds. */
  quietMs?: number;
};

export type ClaimReader = {
  /** Something was remembered, changed or removed, or a model was loaded. Cheap; call it after the transaction. */
  wake(): void;
  /** Reading stops until the returned function is called; a model that is being asked is stopped at once. */
  hold(): () => void;
  /** Memories that the rules have still to read. */
  waiting(): number;
  /** Resolves when nothing is left to be read, or only what nobody can read now. */
  settled(): Promise<void>;
  dispose(): Promise<void>;
};

/** In one transaction, as far as the time reaches; then a turn for others. */
const readAtOnce = 40;
const readMs = 5;
const defaultQuietMs = 5_000;
const firstRetryMs = 1_000;
const longestRetryMs = 60_000;
const longestAnswer = 400;

export function createClaimReader(dependencies: ReaderDependencies): ClaimReader {
  const reader = new Reader(dependencies);
  return {
    wake: () => reader.wake(),
    hold: () => reader.hold(),
    waiting: () => countJobs(dependencies.db, 'rules'),
    settled: () => reader.settled(),
    dispose: () => reader.dispose(),
  };
}

class Reader {
  readonly #deps: ReaderDependencies;
  readonly #gate = createGate();
  readonly #stopped = new AbortController();
  readonly #sleeper = createSleeper(this.#stopped.signal);
  readonly #finished: Promise<void>;
  readonly #warmUp = warmUp();
  #working = true;
  #retryMs = firstRetryMs;
  #settlers: (() => void)[] = [];

  constructor(dependencies: ReaderDependencies) {
    this.#deps = dependencies;
    this.#finished = this.#run();
  }

  wake(): void {
    this.#working = true;
    this.#sleeper.wake();
  }

  hold(): () => void {
    const release = this.#gate.hold();
    return () => {
      release();
      // Whoever held it may have said something.
      this.wake();
    };
  }

  settled(): Promise<void> {
    return this.#working ? new Promise((resolve) => this.#settlers.push(resolve)) : Promise.resolve();
  }

  async dispose(): Promise<void> {
    this.#stopped.abort();
    await this.#finished;
    this.#settle();
  }

  /** Until stopped: everything there is to read, then sleep; after a failure, a pause. */
  async #run(): Promise<void> {
    while (!this.#stopped.signal.aborted) {
      this.#sleeper.begin();
      try {
        await this.#readAll();
        if (await this.#propose()) continue;
        this.#retryMs = firstRetryMs;
        if (this.#sleeper.woken()) continue;
        this.#settle();
        await this.#sleeper.sleep(this.#untilDue());
      } catch (error) {
        this.#deps.log(`Reading for claims paused: ${error instanceof Error ? error.name : typeof error}`);
        this.#settle();
        await this.#sleeper.sleep(this.#retryMs);
        this.#retryMs = Math.min(longestRetryMs, this.#retryMs * 2);
      }
    }
  }

  async #readAll(): Promise<void> {
    const { db } = this.#deps;
    // Never in the same breath as whatever woke it.
    await breath();
    removeEmptied(db);
    if (countJobs(db, 'rules') > 0) for (const _ of this.#warmUp) await breath();
    for (;;) {
      await this.#free();
      if (this.#stopped.signal.aborted) return;
      if (!this.#readSome()) return;
      this.#deps.changed();
      await breath();
    }
  }

  /** Resolves while nobody holds, and when it is over with reading. */
  async #free(): Promise<void> {
    await orAborted(this.#gate.open(), this.#stopped.signal).catch(() => undefined);
  }

  /** Each memory is read and struck off in one transaction: nothing twice, nothing lost. */
  #readSome(): boolean {
    const { db, now } = this.#deps;
    return relaxed(db, () =>
      db.transaction(() => {
        const jobs = nextJobs(db, 'rules', { now: now(), limit: readAtOnce });
        const until = performance.now() + readMs;
        for (const job of jobs) {
          this.#readOne(job);
          if (performance.now() > until) break;
        }
        return jobs.length > 0;
      })(),
    );
  }

  #readOne(job: Reading): void {
    const { db, log, now } = this.#deps;
    try {
      readJob(db, job);
    } catch (error) {
      if (isOfDisk(error)) throw error;
      log(`A memory could not be read for claims: ${error instanceof Error ? error.name : typeof error}`);
      jobFailed(db, job.seq, now());
    }
  }

  /** Asks the model about one memory. False when there is none to ask, or nothing to ask about. */
  async #propose(): Promise<boolean> {
    const { db, now } = this.#deps;
    if (this.#stopped.signal.aborted || !this.#deps.mayPropose()) return false;
    const [job] = nextJobs(db, 'model', { now: now(), limit: 1 });
    if (!job) return false;
    // Somebody may be about to go on.
    if (await this.#sleeper.sleep(this.#deps.quietMs ?? defaultQuietMs)) return !this.#stopped.signal.aborted;
    await this.#free();
    if (!this.#stopped.signal.aborted) await this.#ask(job);
    return !this.#stopped.signal.aborted;
  }

  async #ask(job: Reading): Promise<void> {
    const { db, changed, now } = this.#deps;
    const signal = AbortSignal.any([this.#stopped.signal, this.#gate.signal()]);
    const answer = isWorthAsking(job) ? await this.#answerTo(job, signal) : '[]';
    // It is asked again when there is time.
    if (signal.aborted) return;
    const kept = db.transaction(() => {
      // It may have changed, or gone, while the model thought.
      const [present] = nextJobs(db, 'model', { now: now(), limit: 1 });
      if (present?.seq !== job.seq || present.text !== job.text) return 0;
      const drafts = readProposals(answer, job.text, job.at);
      if (drafts === null) jobFailed(db, job.seq, now());
      else jobDone(db, job.seq);
      return drafts === null ? 0 : keepProposals(db, present, drafts);
    })();
    if (kept > 0) changed();
  }

  /** Empty where the model could not be asked at all. */
  async #answerTo({ text }: Reading, signal: AbortSignal): Promise<string> {
    const messages = [
      { role: 'system' as const, text: claimsInstructions },
      { role: 'user' as const, text: claimsQuestion(text) },
    ];
    const sampling = { temperature: 0, topP: 1, topK: 0, minP: 0, repeatPenalty: 1, maxTokens: longestAnswer, seed: null };
    let answer = '';
    try {
      for await (const event of this.#deps.engine.generate({ messages, answerSoFar: '', overlay: [], lane: 'side', sampling, grammar: claimsGrammar }, signal)) {
        if (signal.aborted) break;
        if (event.type === 'delta') answer += event.text;
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return answer;
  }

  #untilDue(): number | null {
    const due = nextDue(this.#deps.db);
    return due === null ? null : Math.max(1_000, due - this.#deps.now());
  }

  #settle(): void {
    this.#working = false;
    for (const resolve of this.#settlers) resolve();
    this.#settlers = [];
  }
}

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Short remarks and long texts hold nothing that the effort is worth. */
const isWorthAsking = ({ text, question, stale }: Reading) => !question && !stale && text.length >= 12 && text.length <= 4_000;

const isOfDisk = (error: unknown) => error instanceof Error && 'code' in error && /^SQLITE_(?:FULL|IOERR|BUSY|READONLY|CORRUPT)/u.test(String(error.code));
