import type { Database } from 'better-sqlite3';
import type { ExportedMemory } from '../contract/exporting.ts';
import type { Memory } from '../contract/memory.ts';
import { isGone, ownMemory } from './imported.ts';
import { keepImported, nowhere, placeWritten } from './keeping.ts';
import { isOurId } from './ids.ts';
import { pinMemory, writeMemory } from './memories.ts';
import { prepared } from './prepared.ts';

/** What the written lines of a file are called here; `added`: those of them that are new. */
export type ImportedMemories = { ids: Map<string, string>; added: Set<string> };

/** What personas and conversations of the export are called here. */
type Named = { personaOf(id: string): string; conversationOf(id: string): string | undefined };

/**
 * Keeps the written lines of an export, with their dates, scope and pins. One that is here already, by its id or by its
 * text and time, is not written again, nor one that was forgotten here, nor one that is kept to a conversation that is not
 * here. All of them, or none when it fails.
 */
export function importMemories(db: Database, memories: readonly ExportedMemory[], named: Named): ImportedMemories {
  return db.transaction(() => {
    const imported: ImportedMemories = { ids: new Map(), added: new Set() };
    // Oldest first, equal times by id: a list that is made of them comes out as it went in.
    for (const memory of [...memories].sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))) {
      if (memory.kind !== 'written') continue;
      const known = findWritten(db, memory);
      if (known === null && isLeftOut(db, memory, named)) continue;
      const id = known ?? writeOne(db, memory, named);
      imported.ids.set(memory.id, id);
      if (known === null) imported.added.add(memory.id);
    }
    return imported;
  })();
}

/** Which written line corrects which memory, by their ids here. A memory that was corrected here since keeps its own correction. */
export function linkCorrections(db: Database, corrections: Iterable<[id: string, replacedBy: string]>): void {
  for (const [id, replacedBy] of corrections) {
    if (id !== replacedBy) prepared(db, 'UPDATE memory SET replaced_by = ? WHERE id = ? AND replaced_by IS NULL').run(replacedBy, id);
  }
}

const isLeftOut = (db: Database, { id, keptIn }: ExportedMemory, { conversationOf }: Named): boolean =>
  isGone(db, ownMemory(id)) || (keptIn !== null && conversationOf(keptIn.id ?? '') === undefined);

function findWritten(db: Database, { id, text, createdAt }: Memory): string | null {
  const known = prepared<{ id: string }>(db, `SELECT id FROM memory WHERE kind = 'written' AND (id = ? OR (created_at = ? AND text = ?))`).get(id, createdAt, text);
  return known?.id ?? null;
}

function writeOne(db: Database, memory: ExportedMemory, { personaOf, conversationOf }: Named): string {
  const { text, scope, personaId, pinned, createdAt } = memory;
  const isFree = isOurId(memory.id) && prepared(db, 'SELECT 1 FROM memory WHERE id = ?').get(memory.id) === undefined;
  const { id } = writeMemory(db, { ...(isFree ? { id: memory.id } : {}), text, scope, personaId: personaId === null ? null : personaOf(personaId), at: createdAt });
  if (pinned) pinMemory(db, id, true);
  keepOne(db, id, { memory, conversationOf });
  return id;
}

function keepOne(db: Database, id: string, { memory: { conversationId, keptIn, keptAlone = false }, conversationOf }: { memory: ExportedMemory } & Pick<Named, 'conversationOf'>): void {
  const place = conversationOf(conversationId ?? '');
  if (place !== undefined) placeWritten(db, id, { conversationId: place, alone: keptAlone });
  if (keptIn) keepImported(db, id, conversationOf(keptIn.id ?? '') ?? nowhere);
}
