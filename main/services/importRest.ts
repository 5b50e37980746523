import type { Database } from '../store/database.ts';
import type { WholeExport } from '../store/conversationFiles.ts';
import { importMemories } from '../store/memoryFiles.ts';
import type { Events } from './events.ts';
import type { PersonaService } from './personaHandlers.ts';

type Dependencies = { db: Database; personas: Pick<PersonaService, 'importFile'>; events: Events };

/** Keeps the personas and the written memories of a whole export, leaving out what is here already, and says so. */
export function importRest({ memories, personas }: Omit<WholeExport, 'conversations'>, deps: Dependencies): void {
  const imported = personas.map((file) => ({ from: file.id, ...deps.personas.importFile(file) }));
  const ids = new Map(imported.map(({ from, id }) => [from, id]));
  const written = importMemories(deps.db, memories, (id) => ids.get(id) ?? id);
  const added = imported.filter((one) => one.added).length;
  if (written + added === 0) return;
  const missing = [...new Set(imported.flatMap((one) => one.missing))];
  const without = missing.length > 0 ? ` Without ${missing.join(', ')}: add that adapter’s file under Personas, then attach it.` : '';
  deps.events.emit({ type: 'notice', message: `Written memories imported too: ${written}. Personas: ${added}.${without}` });
}
