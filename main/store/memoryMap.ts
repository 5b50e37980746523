/**
 * Where every memory stands, held in memory: a question looks at tens of thousands of them, and a look into the table for each would
 * be felt. It follows what is written by its connection, the only one that an open data folder has.
 */
import type { Database } from 'better-sqlite3';
import { prepared } from './prepared.ts';

/**
 * Whose memories may be seen: a persona's own, and what all share unless it keeps to its own. Of those that are kept to one
 * conversation, those of this one only (`conversationId`; null: none).
 */
export type View = { personaId: string; shared: boolean; conversationId: string | null };

/** Where a memory stands: `place` steps into its sitting. `asks`: it ends with a question. */
export type MemoryPlace = { seq: number; sitting: number; place: number; asks: boolean };

export type MemoryMap = {
  isSeen(view: View): (seq: number) => boolean;
  /** Of a memory that is there. */
  placeOf(seq: number): MemoryPlace;
  /** How many memories a sitting has. */
  sizeOf(sitting: number): number;
};

const maps = new WeakMap<Database, Numbers>();

/** As things are now. The first time it is made: a few hundred milliseconds for two hundred thousand. */
export function memoryMap(db: Database): MemoryMap {
  const before = maps.get(db);
  if (before) {
    follow(db, before);
    return before;
  }
  db.exec(following);
  const made = new Numbers();
  maps.set(db, made);
  for (const row of prepared(db, `SELECT ${columns} FROM memory`).raw().all() as Row[]) made.put(row);
  return made;
}

/** Notes what changed since the map was last looked at. Number columns only: no text stands there. */
const following = `
  CREATE TEMP TABLE memory_changed (seq INTEGER PRIMARY KEY);
  CREATE TEMP TRIGGER memory_map_added AFTER INSERT ON main.memory BEGIN INSERT OR IGNORE INTO memory_changed VALUES (new.seq); END;
  CREATE TEMP TRIGGER memory_map_moved AFTER UPDATE OF seq, sitting, place, asks, scope, persona_id, kept_in ON main.memory BEGIN
    INSERT OR IGNORE INTO memory_changed VALUES (old.seq);
    INSERT OR IGNORE INTO memory_changed VALUES (new.seq);
  END;
  CREATE TEMP TRIGGER memory_map_removed AFTER DELETE ON main.memory BEGIN INSERT OR IGNORE INTO memory_changed VALUES (old.seq); END`;

const columns = `memory.seq, memory.sitting, memory.place, memory.asks, memory.scope, memory.persona_id, memory.kept_in`;
type Row = [seq: number, sitting: number, place: number, asks: number, scope: string, personaId: string | null, keptIn: string | null];

function follow(db: Database, map: Numbers): void {
  const changed = prepared(db, 'SELECT seq FROM temp.memory_changed').pluck().all() as number[];
  if (changed.length === 0) return;
  for (const seq of changed) map.drop(seq);
  const rows = prepared(db, `SELECT ${columns} FROM json_each(?) AS changed CROSS JOIN memory ON memory.seq = changed.value`).raw().all(JSON.stringify(changed)) as Row[];
  for (const row of rows) map.put(row);
  prepared(db, 'DELETE FROM temp.memory_changed').run();
}

const nowhere = 0;
/** Of a scope that no memory has. */
const unknown = -1;

const nameOf = ({ scope, personaId, keptIn }: { scope: string; personaId: string | null; keptIn: string | null }): string =>
  `${scope === 'own' ? `own ${personaId}` : scope}${keptIn === null ? '' : ` in ${keptIn}`}`;

/** By seq. */
class Numbers implements MemoryMap {
  #sittings = new Int32Array(0);
  #places = new Int32Array(0);
  #asks = new Uint8Array(0);
  /** Numbers of scopes, `nowhere` where there is no memory. */
  #scopes = new Uint32Array(0);
  #sizes = new Int32Array(0);
  readonly #scopeNumbers = new Map<string, number>();

  isSeen({ personaId, shared, conversationId }: View): (seq: number) => boolean {
    const scopes = this.#scopes;
    const [own, common] = this.#seenBy({ personaId, shared, keptIn: null });
    const [ownHere, commonHere] = conversationId === null ? [own, common] : this.#seenBy({ personaId, shared, keptIn: conversationId });
    // Of most conversations nothing is kept to them.
    if (ownHere === unknown && commonHere === unknown) return (seq) => scopes[seq] === own || scopes[seq] === common;
    return (seq) => scopes[seq] === own || scopes[seq] === common || scopes[seq] === ownHere || scopes[seq] === commonHere;
  }

  placeOf(seq: number): MemoryPlace {
    return { seq, sitting: this.#sittings[seq]!, place: this.#places[seq]!, asks: this.#asks[seq] === 1 };
  }

  sizeOf(sitting: number): number {
    return this.#sizes[sitting] ?? 0;
  }

  /** The numbers of a persona's own and of what is shared; looking makes no new ones. */
  #seenBy({ personaId, shared, keptIn }: { personaId: string; shared: boolean; keptIn: string | null }): [own: number, common: number] {
    const numberOf = (scope: string) => this.#scopeNumbers.get(nameOf({ scope, personaId, keptIn })) ?? unknown;
    return [numberOf('own'), shared ? numberOf('shared') : unknown];
  }

  put([seq, sitting, place, asks, scope, personaId, keptIn]: Row): void {
    this.#reserve(Math.max(seq, sitting));
    this.#sittings[seq] = sitting;
    this.#places[seq] = place;
    this.#asks[seq] = asks;
    this.#scopes[seq] = this.#numberOf(nameOf({ scope, personaId, keptIn }));
    this.#sizes[sitting]! += 1;
  }

  drop(seq: number): void {
    if ((this.#scopes[seq] ?? nowhere) === nowhere) return;
    this.#sizes[this.#sittings[seq]!]! -= 1;
    this.#scopes[seq] = nowhere;
  }

  #numberOf(name: string): number {
    const known = this.#scopeNumbers.get(name);
    if (known !== undefined) return known;
    this.#scopeNumbers.set(name, this.#scopeNumbers.size + 1);
    return this.#scopeNumbers.size;
  }

  #reserve(seq: number): void {
    if (seq < this.#scopes.length) return;
    const length = Math.ceil(1.5 * seq) + 1_024;
    this.#sittings = longer(new Int32Array(length), this.#sittings);
    this.#places = longer(new Int32Array(length), this.#places);
    this.#asks = longer(new Uint8Array(length), this.#asks);
    this.#scopes = longer(new Uint32Array(length), this.#scopes);
    this.#sizes = longer(new Int32Array(length), this.#sizes);
  }
}

function longer<T extends Int32Array | Uint8Array | Uint32Array>(made: T, before: T): T {
  made.set(before);
  return made;
}
