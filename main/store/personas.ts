import type { Database } from 'better-sqlite3';
import { AppError } from '../contract/errors.ts';
import type { Persona } from '../contract/persona.ts';
import { prepared } from './prepared.ts';

export type PersonaStore = {
  /** Built-in ones first, each kind in the order of making. */
  list(): Persona[];
  /** Fails with `not-found`. */
  get(id: string): Persona;
  find(id: string): Persona | null;
  /** Writes the persona under its id, new or changed. */
  save(persona: Persona): void;
  delete(id: string): void;
};

type Row = {
  id: string;
  built_in: number;
  name: string;
  instructions: string;
  sampling: string;
  adapters: string;
  memory_scope: Persona['memoryScope'];
  created_at: number;
  updated_at: number;
};

export function createPersonas(db: Database): PersonaStore {
  function find(id: string): Persona | null {
    const row = prepared<Row>(db, 'SELECT * FROM persona WHERE id = ?').get(id);
    return row ? fromRow(row) : null;
  }
  return {
    list: () => prepared<Row>(db, 'SELECT * FROM persona ORDER BY built_in DESC, created_at, rowid').all().map(fromRow),
    find,
    get(id) {
      const persona = find(id);
      if (!persona) throw new AppError('not-found', 'That persona is not here any more. Choose another.');
      return persona;
    },
    save(persona) {
      prepared(
        db,
        `INSERT INTO persona (id, built_in, name, instructions, sampling, adapters, memory_scope, created_at, updated_at)
         VALUES (@id, @builtIn, @name, @instructions, @sampling, @adapters, @memoryScope, @createdAt, @updatedAt)
         ON CONFLICT (id) DO UPDATE SET built_in = excluded.built_in, name = excluded.name, instructions = excluded.instructions,
           sampling = excluded.sampling, adapters = excluded.adapters, memory_scope = excluded.memory_scope, updated_at = excluded.updated_at`,
      ).run({
        ...persona,
        builtIn: Number(persona.builtIn),
        sampling: JSON.stringify(persona.sampling),
        adapters: JSON.stringify(persona.adapters),
      });
    },
    delete(id) {
      prepared(db, 'DELETE FROM persona WHERE id = ?').run(id);
    },
  };
}

const fromRow = (row: Row): Persona => ({
  id: row.id,
  builtIn: row.built_in === 1,
  name: row.name,
  instructions: row.instructions,
  sampling: JSON.parse(row.sampling) as Persona['sampling'],
  adapters: JSON.parse(row.adapters) as Persona['adapters'],
  memoryScope: row.memory_scope,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
});
