/**
 * The search of a research: what the plan asks, then what came back suggests (other names, linked notes, words that stand
 * out), round after round, until a round brings nothing new or the limits are reached. No model is asked.
 */
import { looksLikeOrder } from '../../claims/screening.ts';
import type { Research, ResearchFind, ResearchStep } from '../../contract/research.ts';
import { isWithin, whenOf } from './dates.ts';
import { formsOf, withForms } from './keys.ts';
import type { Plan } from './plan.ts';
import type { Finding, Library, NoteFacts, Source, Statement } from './sources.ts';
import { statementsOf } from './statements.ts';
import { otherNames, standingOut } from './suggest.ts';
import { bearsOn, isCalled, mayBear, topicsOf, type Topic } from './topics.ts';

export type Limits = { rounds: number; passages: number; ms: number };
export const usual: Limits = { rounds: 4, passages: 1_200, ms: 6_000 };

export type Gathered = {
  topics: Topic[];
  findings: Finding[];
  /** Everything that was read. */
  sources: Source[];
  steps: ResearchStep[];
  end: NonNullable<Research['end']>;
};

type Search = Pick<ResearchStep, 'kind' | 'looking'> & { read(signal: AbortSignal): Promise<Source[]> | Source[] };

export type Gathering = { plan: Plan; library: Library; limits?: Limits; now?(): number };

export function createGathering(gathering: Gathering): { run(signal: AbortSignal): AsyncGenerator<ResearchStep, void>; result(): Gathered } {
  const search = new Rounds(gathering);
  return { run: (signal) => search.run(signal), result: () => search.result() };
}

/** So many titles are kept of a step. */
const mostNotes = 12;
const perSearch = { few: 80, many: 300 };
/** From here there may be more than were brought. */
const broad = 100;
const mostLatest = 600;

class Rounds {
  readonly #plan: Plan;
  readonly #library: Library;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #topics: Topic[];
  readonly #sources = new Map<string, Source>();
  readonly #findings = new Map<string, Finding[]>();
  readonly #facts = new Map<string, NoteFacts>();
  readonly #steps: ResearchStep[] = [];
  readonly #asked = new Set<string>();
  /** Searches that found more than they can bring. */
  readonly #broad = new Set<string>();
  #end: Gathered['end'] = 'done';

  constructor({ plan, library, limits = usual, now = () => performance.now() }: Gathering) {
    this.#plan = plan;
    this.#library = library;
    this.#limits = limits;
    this.#now = now;
    this.#topics = topicsOf(plan.topics);
  }

  result(): Gathered {
    return { topics: this.#topics, findings: [...this.#findings.values()].flat(), sources: [...this.#sources.values()], steps: [...this.#steps], end: this.#end };
  }

  async *run(signal: AbortSignal): AsyncGenerator<ResearchStep, void> {
    const until = this.#now() + this.#limits.ms;
    let next = this.#first();
    for (let round = 1; next.length > 0 && round <= this.#limits.rounds; round += 1) {
      let fresh = 0;
      for (const search of next) {
        if (signal.aborted) return void (this.#end = 'stopped');
        if (this.#now() > until || this.#sources.size >= this.#limits.passages) return void (this.#end = 'limit');
        const step: ResearchStep = { kind: search.kind, round, looking: search.looking, found: null, fresh: 0, notes: [] };
        yield step;
        const done = await this.#look(step, search, signal);
        if (!done) return void (this.#end = 'stopped');
        fresh += done.fresh;
        yield done;
      }
      if (fresh === 0 && round > 1) return;
      next = this.#suggested();
    }
  }

  #first(): Search[] {
    const { asks, times } = this.#plan;
    const searches = asks.map(({ text }) => this.#words('words', text));
    if (asks.length > 0) return this.#new(searches);
    return times.map((stretch) => ({ kind: 'time', looking: stretch.name, read: () => this.#library.within(stretch, perSearch.many) }));
  }

  #words(kind: Search['kind'], text: string, noteIds?: string[]): Search {
    const limit = this.#plan.kind === 'question' || this.#plan.kind === 'compare' ? perSearch.few : perSearch.many;
    return { kind, looking: text, read: (signal) => this.#library.find({ text: withForms(text), limit, ...(noteIds && { noteIds }) }, signal) };
  }

  /** Null when it was stopped. */
  async #look(step: ResearchStep, search: Search, signal: AbortSignal): Promise<ResearchStep | null> {
    const found = await this.#read(search, signal);
    if (!found) return null;
    if (search.kind === 'words' && found.length >= broad) this.#broad.add(search.looking);
    this.#learn(found);
    const known = new Set([...this.#findings.values()].flatMap((list) => list.map(({ source }) => source.note.id)));
    const fresh: Source[] = [];
    for (const [index, source] of found.entries()) {
      // A window waits for the same thread.
      if (index % atOnce === 0) await turnOfOthers();
      if (this.#sources.has(source.id)) continue;
      this.#sources.set(source.id, source);
      if (this.#take(source)) fresh.push(source);
    }
    const bearing = found.filter(({ id }) => this.#findings.has(id));
    const done = { ...step, found: bearing.length, fresh: fresh.length, notes: findsIn(fresh, known) };
    this.#steps.push(done);
    return done;
  }

  async #read(search: Search, signal: AbortSignal): Promise<Source[] | null> {
    try {
      return await search.read(signal);
    } catch (error) {
      if (signal.aborted) return null;
      throw error;
    }
  }

  /** Links, other names and dates of notes that are new. */
  #learn(found: Source[]): void {
    const ids = [...new Set(found.map(({ note }) => note.id))].filter((id) => !this.#facts.has(id));
    if (ids.length > 0) for (const facts of this.#library.facts(ids)) this.#facts.set(facts.id, facts);
  }

  /** Whether something of it bears on the question; what does is kept. */
  #take(source: Source): boolean {
    const findings = this.#bearing(source);
    if (findings.length > 0) this.#findings.set(source.id, findings);
    return findings.length > 0;
  }

  #bearing(source: Source): Finding[] {
    const { times, kind } = this.#plan;
    const isSince = kind === 'change' && times.length === 1 && this.#topics.length > 0;
    const dated = this.#facts.get(source.note.id)?.dated ?? null;
    // What changed since then was otherwise before; when something was done is told by the sentence itself; everything else is of the time of its note.
    const isTimely = (when: Statement['when']) => times.length === 0 || kind === 'when' || isSince || times.some((stretch) => isWithin(when, stretch));
    if (this.#topics.length === 0 ? !isTimely(whenOf(source, dated)) : !this.#topics.some((topic) => mayBear(topic, source))) return [];
    return statementsOf(source, dated).flatMap((statement): Finding[] => {
      if (!isTimely(statement.when)) return [];
      if (this.#topics.length === 0) return saysNothing(statement) ? [] : [{ ...statement, topics: [], bears: 0.5, isOrder: isOrder(statement) }];
      const bears = this.#topics.map((topic) => bearsOn(topic, statement));
      const most = Math.max(...bears);
      return most === 0 || (most < 0.9 && saysNothing(statement)) ? [] : [{ ...statement, topics: spokenOf(bears), bears: most, isOrder: isOrder(statement) }];
    });
  }

  #suggested(): Search[] {
    const findings = [...this.#findings.values()].flat();
    const names = this.#topics.flatMap((topic) => {
      const known = otherNames(topic, [...this.#sources.values()], (id) => this.#facts.get(id)?.aliases ?? []);
      for (const { keys } of known) topic.names.push(keys);
      return known.map(({ name }) => this.#words('name', name));
    });
    if (names.length > 0) this.#again();
    return this.#new([...names, ...this.#latest(), ...this.#linked(), ...standingOut(this.#topics, findings).map((text) => this.#words('words', text))]);
  }

  /** What was read before may speak of it by another name. */
  #again(): void {
    for (const source of this.#sources.values()) {
      const findings = this.#bearing(source);
      if (findings.length > 0) this.#findings.set(source.id, findings);
    }
  }

  /** Of what stands in very many notes the newest: the last time may be in none of the best. */
  #latest(): Search[] {
    const texts = this.#plan.kind === 'compare' || this.#plan.kind === 'question' ? [] : this.#topics.map(({ name }) => name).filter((name) => this.#broad.has(name));
    return texts.map((text) => ({ kind: 'latest', looking: text, read: () => this.#library.latest(formsOf(text), mostLatest) }));
  }

  /** Notes around those that are about it. */
  #linked(): Search[] {
    return this.#topics.flatMap((topic) => {
      const about = [...new Set([...this.#sources.values()].filter(({ note }) => isCalled(topic, note.title)).map(({ note }) => note.id))];
      const linked = [...new Map(about.flatMap((id) => this.#facts.get(id)?.linked ?? []).map((note) => [note.id, note])).values()].filter(({ id }) => !about.includes(id)).slice(0, 200);
      if (linked.length === 0) return [];
      return [{ ...this.#words('links', topic.name, linked.map(({ id }) => id)), looking: topic.name }];
    });
  }

  #new(searches: Search[]): Search[] {
    return searches.filter(({ kind, looking }) => {
      const key = `${kind === 'links' || kind === 'latest' ? kind : ''} ${looking.toLowerCase()}`;
      return !this.#asked.has(key) && this.#asked.add(key);
    });
  }
}

const isOrder = ({ text }: Statement): boolean => looksLikeOrder(text.replace(/^(?:\[\d+\]\s*)+/u, ''));

/** Passages read in one go. */
const atOnce = 25;
const turnOfOthers = () => new Promise<void>((resolve) => setImmediate(resolve));

/** "See also the plan." */
const saysNothing = ({ keys, text, source, pair }: Statement): boolean => source.kind === 'paragraph' && pair === null && keys.size < 2 && !/[\d\p{Script=Han}]/u.test(text);

/** Those it speaks of itself, rather than those it only stands under. */
function spokenOf(bears: number[]): number[] {
  const plainly = Math.max(...bears) >= 0.9;
  return bears.flatMap((share, topic) => (share >= (plainly ? 0.9 : 0.5) ? [topic] : []));
}

function findsIn(fresh: Source[], known: ReadonlySet<string>): ResearchFind[] {
  const finds = new Map<string, ResearchFind>();
  for (const { id, note, place } of fresh) if (!known.has(note.id) && !finds.has(note.id)) finds.set(note.id, { noteId: note.id, title: note.title, passageId: id, place });
  return [...finds.values()].slice(0, mostNotes);
}
