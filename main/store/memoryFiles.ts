import type { Database } from 'better-sqlite3';
import type { Memory } from '../contract/memory.ts';
import { pinMemory, writeMemory } from './memories.ts';
import { prepared } from './prepared.ts';

/**
 * Keeps the written lines of an export, with their dates, scope, pins and which of them replaces which. One that is
 * here already, by its text and time, is not written again. `personaOf`: what a persona of the export is called here.
 * Returns how many were written. All of them, or none when it fails.
 */
export function importMemories(db: Database, memories: readonly Memory[], personaOf: (id: string) => string): number {
  return db.transaction(() => {
    const ids = new Map<string, string>();
    let written = 0;
    // Oldest first: what comes later in the list may replace what came before.
    for (const memory of [...memories].sort((a, b) => a.createdAt - b.createdAt)) {
      if (memory.kind !== 'written') continue;
      const known = findWritten(db, memory);
      ids.set(memory.id, known ?? writeOne(db, memory, personaOf));
      if (known === null) written += 1;
    }
    for (const { id, replacedBy } of memories) link(db, ids.get(id), replacedBy === null ? undefined : ids.get(replacedBy));
    return written;
  })();
}

function findWritten(db: Database, { text, createdAt }: Memory): string | null {
  const known = prepared<{ id: string }>(db, `SELECT id FROM memory WHERE kind = 'written' AND created_at = ? AND text = ?`).get(createdAt, text);
  return known?.id ?? null;
}

function writeOne(db: Database, memory: Memory, personaOf: (id: string) => string): string {
  const { text, scope, personaId, pinned, createdAt } = memory;
  const { id } = writeMemory(db, { text, scope, personaId: personaId === null ? null : personaOf(personaId), at: createdAt });
  if (pinned) pinMemory(db, id, true);
  return id;
}

/** A memory that was corrected here since keeps its own correction. */
function link(db: Database, id: string | undefined, replacedBy: string | undefined): void {
  if (id === undefined || replacedBy === undefined || id === replacedBy) return;
  prepared(db, 'UPDATE memory SET replaced_by = ? WHERE id = ? AND replaced_by IS NULL').run(replacedBy, id);
}
