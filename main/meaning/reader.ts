/** Lines that were found, read again together with the question, where a reranker is loaded that is worth the wait. */
import { orAborted } from '../contract/abort.ts';
import { createGate } from '../contract/gate.ts';
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
  /** No exam goes on until the returned function is called. */
  hold(): () => void;
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

/** What takes several times longer than could ever be waited for is not examined any further, lines: that can take minutes. */
const hopelessMs = (4 * budgetMs) / least;
const leastTimed = 12;

type Examined = { path: string; earned: number; earnedElsewhere: number };
/** Of the exam at hand, without what it waited for others. */
type Timed = { lines: number; ms: number };

export const createReader = (dependencies: ReaderDependencies): Reader => new ExaminedReader(dependencies);

class ExaminedReader implements Reader {
  readonly #deps: ReaderDependencies;
  readonly #gate = createGate();
  readonly #stopped = new AbortController();
  readonly #offStatus: () => void;
  #examined: Examined | null = null;
  #examining = false;
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

  hold(): () => void {
    return this.#gate.hold();
  }

  dispose(): void {
    this.#offStatus();
    this.#stopped.abort();
  }

  #took(msALine: number): void {
    this.#msALine = (this.#msALine + msALine) / 2;
  }

  /** What its numbers mean is measured, not believed; until then it is not asked. One exam at a time. */
  async #examineLoaded(): Promise<void> {
    if (this.#examining) return;
    this.#examining = true;
    for (let path = this.#unexamined(); path !== null; path = this.#unexamined()) {
      this.#examined = await this.#examine(path);
      // Where it failed because another took its place, that one is next.
      if (!this.#examined && this.#deps.engine.status().reranker?.path === path) break;
    }
    this.#examining = false;
  }

  #unexamined(): string | null {
    const { reranker, state } = this.#deps.engine.status();
    return !reranker || state !== 'ready' || this.#stopped.signal.aborted || this.#examined?.path === reranker.path ? null : reranker.path;
  }

  /** Null when it could not be examined. */
  async #examine(path: string): Promise<Examined | null> {
    const timed: Timed = { lines: 0, ms: 0 };
    try {
      const examined = await examineReader((question, lines) => this.#rankInTurn(question, lines, timed));
      this.#msALine = timed.ms / timed.lines;
      return { path, ...examined };
    } catch (error) {
      if (error instanceof TooSlow) return { path, earned: 0, earnedElsewhere: 0 };
      if (!this.#stopped.signal.aborted) this.#deps.log(`The reranker could not be examined: ${error instanceof Error ? error.name : typeof error}`);
      return null;
    }
  }

  /** A line at a time, so that a turn that begins waits for one at most. */
  async #rankInTurn(question: string, lines: string[], timed: Timed): Promise<number[]> {
    const scores: number[] = [];
    for (const line of lines) {
      await orAborted(this.#gate.open(), this.#stopped.signal);
      const from = performance.now();
      scores.push(...(await this.#deps.engine.rank(question, [line], this.#stopped.signal)));
      timed.ms += performance.now() - from;
      timed.lines += 1;
      if (timed.lines >= leastTimed && timed.ms > hopelessMs * timed.lines) throw new TooSlow();
    }
    return scores;
  }
}

class TooSlow extends Error {}
