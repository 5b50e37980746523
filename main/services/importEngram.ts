import { looksLikeOrder, namesAddress } from '../claims/screening.ts';
import { isSingle, valueKey } from '../claims/slots.ts';
import type { ExportedClaim, ExportedPersona } from '../contract/exporting.ts';
import type { Judged } from '../store/claimFiles.ts';
import { importOwn, type OwnImport } from '../store/importOwn.ts';
import type { Events } from './events.ts';
import type { PersonaService } from './personaHandlers.ts';
import type { OpenStores } from './stores.ts';

type Dependencies = { stores: OpenStores; personas: Pick<PersonaService, 'importFile'>; events: Events };

/** Brings in a file that Engram exported, leaving out what is here already, and says what came with the conversations. */
export function importEngram({ stores, personas, events }: Dependencies, path: string): OwnImport {
  let came: { added: number; missing: string[] } = { added: 0, missing: [] };
  const imported = importOwn(
    {
      db: stores.db,
      stores: stores.kept,
      defaultPersonaId: stores.settings.get().defaultPersonaId,
      judge,
      isTrusted: (text) => !looksLikeOrder(text) && !namesAddress(text),
      importPersonas(files) {
        const kept = keepPersonas(personas, files);
        came = kept.came;
        return kept.ids;
      },
    },
    path,
  );
  tell(events, imported, came);
  return imported;
}

function keepPersonas(personas: Dependencies['personas'], files: readonly ExportedPersona[]) {
  // One of the file's own is nobody else's likeness.
  const named = new Set(files.flatMap(({ id }) => id ?? []));
  const kept = files.map((file) => ({ from: file.id, ...personas.importFile(file, named) }));
  return {
    ids: new Map(kept.flatMap(({ from, id }) => (from === undefined ? [] : [[from, id] as const]))),
    came: { added: kept.filter(({ added }) => added).length, missing: [...new Set(kept.flatMap(({ missing }) => missing))] },
  };
}

/** Who made the file cannot be known: a claim beside an order to the assistant is kept aside again, whatever the file says. */
function judge(claim: ExportedClaim, text: string): Judged {
  const { merged } = claim;
  const parts = [claim, ...(merged ? [merged] : [])].flatMap(({ subject, slot, value, text: line }) => [subject, slot, value, line]);
  const hostile = looksLikeOrder(text) || parts.some((part) => looksLikeOrder(part) || namesAddress(part));
  return {
    ...saidBy(claim),
    status: hostile && claim.status !== 'rejected' ? 'quarantined' : claim.status,
    merged: merged && JSON.stringify({ ...merged, ...saidBy(merged) }),
  };
}

const saidBy = ({ slot, value }: Pick<ExportedClaim, 'slot' | 'value'>) => ({ valueKey: valueKey(value), single: isSingle(slot) });

function tell(events: Events, { memories, claims }: OwnImport, { added, missing }: { added: number; missing: string[] }): void {
  if (memories + claims + added === 0) return;
  const without = missing.length > 0 ? ` Without ${missing.join(', ')}: add that adapter’s file under Personas, then attach it.` : '';
  events.emit({ type: 'notice', message: `Imported too: written memories ${memories}, claims ${claims}, personas ${added}.${without}` });
}
