/** The tables of note vectors: one that answers, and, after another embedder was chosen, the next one beside it until it is whole. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Database } from '../../store/database.ts';
import { keepVectorTable, reconcileChunks, removeVectorTable, vectorTables, type VectorTable } from '../../store/noteVectors.ts';
import { createVectors, type Vectors } from '../../vectors/vectors.ts';

export type OpenNoteTable = VectorTable & { vectors: Vectors };

export type NoteTables = {
  /** Opens those that are known, drops what is left of others. */
  open(): Promise<void>;
  /** From now on every chunk is to be in this one; it answers at once where no other is whole. */
  aim(table: Omit<VectorTable, 'whole'>): Promise<void>;
  /** Every chunk is in the aimed one: it answers, and the others go. */
  arrived(): Promise<void>;
  /** Its embedder cannot be had any more. */
  forget(name: string): Promise<void>;
  target(): OpenNoteTable | null;
  answering(): OpenNoteTable | null;
  all(): OpenNoteTable[];
  /** Closes and deletes everything. */
  discard(): Promise<void>;
  close(): Promise<void>;
};

/** All rows of these tables are in one scope: which notes are meant is asked by their ids. */
export const noteScope = 'notes';

/** `folder` belongs to this alone; each table has a folder in it. */
export const createNoteTables = (db: Database, folder: string): NoteTables => new Tables(db, folder);

class Tables implements NoteTables {
  readonly #db: Database;
  readonly #folder: string;
  #tables: OpenNoteTable[] = [];
  #target: OpenNoteTable | null = null;
  #opened: Promise<void> | null = null;

  constructor(db: Database, folder: string) {
    this.#db = db;
    this.#folder = folder;
  }

  /** Once, whoever asks: two on one folder would drop each other's files. */
  open(): Promise<void> {
    this.#opened ??= this.#openKnown().catch((error: unknown) => {
      this.#opened = null;
      throw error;
    });
    return this.#opened;
  }

  async #openKnown(): Promise<void> {
    const known = vectorTables(this.#db);
    for (const name of existsSync(this.#folder) ? readdirSync(this.#folder) : []) {
      if (!known.some((table) => table.name === name)) rmSync(path.join(this.#folder, name), { recursive: true, force: true });
    }
    for (const table of known) if (!this.#tables.some(({ name }) => name === table.name)) await this.#openOne(table);
  }

  async aim(wanted: Omit<VectorTable, 'whole'>): Promise<void> {
    const before = this.#tables.find(({ name }) => name === wanted.name);
    const aimed = before ?? (await this.#openOne({ ...wanted, whole: false }));
    aimed.path = wanted.path;
    keepVectorTable(this.#db, aimed);
    // One that was never whole and is wanted no more.
    for (const other of this.#tables.filter((table) => table !== aimed && !table.whole)) await this.#drop(other);
    const { orphans } = reconcileChunks(this.#db, aimed.name, await aimed.vectors.ids());
    await aimed.vectors.remove(orphans);
    this.#target = aimed;
  }

  async arrived(): Promise<void> {
    if (!this.#target) return;
    if (!this.#target.whole) {
      this.#target.whole = true;
      keepVectorTable(this.#db, this.#target);
    }
    for (const other of this.#tables.filter((table) => table !== this.#target)) await this.#drop(other);
  }

  async forget(name: string): Promise<void> {
    const table = this.#tables.find((one) => one.name === name);
    if (table) await this.#drop(table);
  }

  target(): OpenNoteTable | null {
    return this.#target;
  }

  answering(): OpenNoteTable | null {
    return this.#target?.whole ? this.#target : (this.#tables.find(({ whole }) => whole) ?? this.#target);
  }

  all(): OpenNoteTable[] {
    return this.#tables;
  }

  async discard(): Promise<void> {
    this.#target = null;
    for (const table of [...this.#tables]) await this.#drop(table);
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    this.#target = null;
    await Promise.all(this.#tables.map(({ vectors }) => vectors.close()));
    this.#tables = [];
  }

  async #openOne(table: VectorTable): Promise<OpenNoteTable> {
    const vectors = createVectors(path.join(this.#folder, table.name));
    const { made } = await vectors.use(table);
    // What was damaged is empty now, and no longer whole.
    const opened = { ...table, whole: table.whole && !made, vectors };
    keepVectorTable(this.#db, opened);
    this.#tables.push(opened);
    return opened;
  }

  async #drop(table: OpenNoteTable): Promise<void> {
    this.#tables = this.#tables.filter((other) => other !== table);
    // The row first: without it, what is left of the folder goes at the next start.
    removeVectorTable(this.#db, table.name);
    await table.vectors.discard();
  }
}
