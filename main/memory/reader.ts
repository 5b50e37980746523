/** Lines that were found, read again together with the question, where a reranker is loaded that is worth the wait. */
import { orAborted } from '../contract/abort.ts';
import type { Engine } from '../engine/engine.ts';
import { examineReader } from './exam.ts';
import { isEnglish } from './languages.ts';

export type Reading = {
  /** How far each line tells the answer, 0 to 1, for the first so many: as many as there was time for. */
  tells: number[];
  /** How much of the exam the reranker passed beyond guessing, 0 to 1, in the question's language. */
  earned: number;
};

export type Reader = {
  /** `lineAt`: the line in that place of the order. Null while none is loaded or it would take too long, which is never an error. */
  read(question: string, lines: { count: number; at(index: number): string }, signal: AbortSignal): Promise<Reading | null>;
  dispose(): void;
};

export type ReaderDependencies = {
  engine: Pick<Engine, 'rank' | 'status' | 'onStatus'>;
  /** For lines in our own words: what kind of failure it was, no text of the owner's. */
  log(message: string): void;
};

/** A question waits no longer than this for its lines to be read. */
const budgetMs = 150;
const most = 12;
/** Fewer than these change little. */
const least = 3;
/** Each question that went without makes the next try likelier: a machine that was busy once is not slow for ever. */
const forgiving = 0.97;

type Examined = { path: string; earned: number; earnedElsewhere: number };

export const createReader = (dependencies: ReaderDependencies): Reader => new ExaminedReader(dependencies);

class ExaminedReader implements Reader {
  readonly #deps: ReaderDependencies;
  readonly #stopped = new AbortController();
  readonly #offStatus: () => void;
  #examined: Examined | null = null;
  #examining: string | null = null;
  #msALine = 0;

  constructor(dependencies: ReaderDependencies) {
    this.#deps = dependencies;
    this.#offStatus = dependencies.engine.onStatus(() => void this.#examineLoaded());
    void this.#examineLoaded();
  }

  async read(question: string, { count, at }: { count: number; at(index: number): string }, signal: AbortSignal): Promise<Reading | null> {
    const examined = this.#examined;
    if (count === 0 || !examined || this.#deps.engine.status().reranker?.path !== examined.path) return null;
    const earned = isEnglish(question) ? examined.earned : examined.earnedElsewhere;
    const room = Math.min(most, count, Math.floor(budgetMs / this.#msALine));
    if (earned === 0 || room < Math.min(least, count)) {
      this.#msALine *= forgiving;
      return null;
    }
    const patience = AbortSignal.any([signal, AbortSignal.timeout(2 * budgetMs)]);
    try {
      const from = performance.now();
      const tells = await orAborted(this.#deps.engine.rank(question, Array.from({ length: room }, (_, index) => at(index)), patience), patience);
      this.#took((performance.now() - from) / room);
      return { tells, earned };
    } catch (error) {
      signal.throwIfAborted();
      this.#took((2 * budgetMs) / room);
      this.#deps.log(`Lines were not read again: ${error instanceof Error ? error.name : typeof error}`);
      return null;
    }
  }

  dispose(): void {
    this.#offStatus();
    this.#stopped.abort();
  }

  #took(msALine: number): void {
    this.#msALine = (this.#msALine + msALine) / 2;
  }

  /** What its numbers mean is measured, not believed; until then it is not asked. */
  async #examineLoaded(): Promise<void> {
    const { engine, log } = this.#deps;
    const { reranker, state } = engine.status();
    if (!reranker || state !== 'ready' || [this.#examined?.path, this.#examining].includes(reranker.path)) return;
    const { path } = reranker;
    this.#examining = path;
    this.#examined = null;
    try {
      const from = performance.now();
      const rank = (question: string, lines: string[]) => engine.rank(question, lines, this.#stopped.signal);
      const { earned, earnedElsewhere, lines } = await examineReader(rank);
      this.#msALine = (performance.now() - from) / lines;
      this.#examined = { path, earned, earnedElsewhere };
    } catch (error) {
      if (!this.#stopped.signal.aborted) log(`The reranker could not be examined: ${error instanceof Error ? error.name : typeof error}`);
    } finally {
      this.#examining = null;
    }
  }
}
