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
  /** From now on every chunk is to be in this one; it answers at once where no other is whole. `made`: it is empty. */
  aim(table: Omit<VectorTable, 'whole'>): Promise<{ made: boolean }>;
  /** Every chunk is in the aimed one: it answers, and the others go. */
  arrived(): Promise<void>;
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
export function createNoteTables(db: Database, folder: string): NoteTables {
  let tables: OpenNoteTable[] = [];
  let target: OpenNoteTable | null = null;

  async function openOne(table: VectorTable): Promise<{ opened: OpenNoteTable; made: boolean }> {
    const vectors = createVectors(path.join(folder, table.name));
    const { made } = await vectors.use(table);
    const opened = { ...table, whole: table.whole && !made, vectors };
    keepVectorTable(db, opened);
    tables.push(opened);
    return { opened, made };
  }

  async function drop(table: OpenNoteTable): Promise<void> {
    tables = tables.filter((other) => other !== table);
    // The row first: without it, what is left of the folder goes at the next start.
    removeVectorTable(db, table.name);
    await table.vectors.discard();
  }

  return {
    async open() {
      const known = vectorTables(db);
      for (const name of existsSync(folder) ? readdirSync(folder) : []) {
        if (!known.some((table) => table.name === name)) rmSync(path.join(folder, name), { recursive: true, force: true });
      }
      for (const table of known) if (!tables.some(({ name }) => name === table.name)) await openOne(table);
    },
    async aim(wanted) {
      const before = tables.find(({ name }) => name === wanted.name);
      const { opened, made } = before ? { opened: before, made: false } : await openOne({ ...wanted, whole: false });
      opened.path = wanted.path;
      keepVectorTable(db, opened);
      // One that was never whole and is wanted no more.
      for (const other of tables.filter((table) => table !== opened && !table.whole)) await drop(other);
      const { orphans } = reconcileChunks(db, opened.name, await opened.vectors.ids());
      await opened.vectors.remove(orphans);
      target = opened;
      return { made };
    },
    async arrived() {
      if (!target) return;
      if (!target.whole) {
        target.whole = true;
        keepVectorTable(db, target);
      }
      for (const other of tables.filter((table) => table !== target)) await drop(other);
    },
    target: () => target,
    answering: () => (target?.whole ? target : (tables.find(({ whole }) => whole) ?? target)),
    all: () => tables,
    async discard() {
      target = null;
      for (const table of [...tables]) await drop(table);
      rmSync(folder, { recursive: true, force: true });
    },
    async close() {
      target = null;
      await Promise.all(tables.map(({ vectors }) => vectors.close()));
      tables = [];
    },
  };
}
