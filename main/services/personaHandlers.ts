import type { Handlers } from '../contract/contract.ts';
import type { ExportedPersona } from '../contract/exporting.ts';
import type { Persona } from '../contract/persona.ts';
import { createAdapters, type Adapters, type BundledAdapter } from '../persona/adapters.ts';
import { act, type Acting } from '../persona/acting.ts';
import { readBuiltIns, seedBuiltIns } from '../persona/builtIn.ts';
import { compare, type CompareDependencies } from '../persona/compare.ts';
import { createPersonas, type Personas } from '../persona/personas.ts';
import type { GgufSummary } from '../engine/contract.ts';
import type { Engine } from '../engine/engine.ts';
import { isOurId } from '../store/ids.ts';
import { countOwnMemories } from '../store/memoryList.ts';
import { announcing } from './announce.ts';
import type { Events } from './events.ts';
import type { OpenStores } from './stores.ts';

export type PersonaDependencies = {
  stores: OpenStores;
  engine: Engine;
  events: Events;
  /** `personas/` of this folder holds the built-in ones. */
  folder: string;
  bundled: (BundledAdapter & { file: string })[];
  base(): Promise<GgufSummary | null>;
  promptFor: CompareDependencies['promptFor'];
  now(): number;
};

export type PersonaService = {
  handlers: Handlers['persona'];
  /** Writes the built-in personas as this version has them. */
  seed(): void;
  /** Reads the bundled adapters' headers; until then personas speak by their instructions. */
  seedAdapters(): Promise<void>;
  exportFile(id: string): ExportedPersona;
  /**
   * Keeps a persona unless it, or one that says the same and is none of those named, is here. `missing`: names of
   * adapters that are not on this machine.
   */
  importFile(file: ExportedPersona, named: ReadonlySet<string>): { id: string; added: boolean; missing: string[] };
  /** Resolves when the bundled adapters are known. */
  seeded(): Promise<void>;
  /** The persona with what fits the loaded base; the default one in place of one that has gone. */
  acting(id: string): Promise<Acting>;
  /** The persona with this id, or, when it is gone, the one that answers in its place. */
  speaking(id: string): Persona;
};

export function createPersonaService(deps: PersonaDependencies): PersonaService {
  const { stores, engine, events, now } = deps;
  const adapters = createAdapters({ store: stores.adapters, inspect: (file) => engine.inspect(file), base: deps.base, now });
  const personas = createPersonas({ store: stores.personas, adapterName: adapters.nameOf, now });
  const builtIns = readBuiltIns(deps.folder);
  const hashes = new Map(deps.bundled.map(({ file, sha256 }) => [file, sha256]));
  let seeding: Promise<void> | null = null;
  const told = new Set<string>();

  /** An owner's adapter that is left out is worth a word, once; bundled ones fit one base by design. */
  function tellProblems({ persona, problems }: Acting): void {
    if (persona.builtIn) return;
    for (const problem of problems) {
      if (told.has(problem)) continue;
      told.add(problem);
      events.emit({ type: 'notice', message: `${persona.name} speaks by its instructions only. ${problem}` });
    }
  }

  const seeded = async () => {
    await seeding?.catch(() => {});
  };

  const speaking = (id: string) => stores.personas.find(id) ?? stores.personas.find(stores.settings.get().defaultPersonaId) ?? stores.personas.get(builtIns[0]!.id);

  const handlers = personaHandlers(deps, { personas, adapters, seeded, fallback: builtIns[0]!.id });
  return {
    handlers: announcing(handlers, events, {
      create: ['personas'],
      duplicate: ['personas'],
      update: ['personas'],
      delete: ['personas'],
      import: ['personas'],
      addAdapter: ['adapters'],
      removeAdapter: ['adapters'],
    }),
    speaking,
    exportFile(id) {
      const { createdAt, updatedAt } = stores.personas.get(id);
      return { ...personas.export(id), id, createdAt, updatedAt };
    },
    seeded,
    importFile(file, named) {
      const same = stores.personas.find(file.id ?? '') ?? personas.same(file, named);
      if (same) return { id: same.id, added: false, missing: [] };
      const { id, createdAt = now(), updatedAt = createdAt } = file;
      const { persona, missing } = personas.import(file, isOurId(id) ? { id, createdAt, updatedAt } : undefined);
      return { id: persona.id, added: true, missing };
    },
    seed: () => seedBuiltIns(stores.personas, builtIns, { adapterOf: (file) => hashes.get(file) ?? null, now: now() }),
    seedAdapters() {
      seeding = adapters.seed(deps.bundled, personas.replaceAdapters).then(() => {
        events.changed('adapters');
      });
      return seeding;
    },
    async acting(id) {
      await seeded();
      const acting = await act(speaking(id), adapters.usable);
      tellProblems(acting);
      return acting;
    },
  };
}

type Parts = {
  personas: Personas;
  adapters: Adapters;
  /** Resolves when the bundled adapters are known: until then a persona that names one would seem to miss it. */
  seeded(): Promise<void>;
  /** In place of a default persona that was deleted. */
  fallback: string;
};

function personaHandlers({ stores, events, engine, promptFor }: PersonaDependencies, { personas, adapters, seeded, fallback }: Parts): Handlers['persona'] {
  return {
    list: () => personas.list(),
    create: (draft) => seeded().then(() => personas.create(draft)),
    duplicate: ({ id }) => seeded().then(() => personas.duplicate(id)),
    update: ({ id, draft }) => seeded().then(() => personas.update(id, draft)),
    delete({ id }) {
      personas.delete(id);
      if (stores.settings.get().defaultPersonaId === id) {
        stores.settings.change({ defaultPersonaId: fallback });
        events.changed('settings');
      }
      return {};
    },
    ownMemories: ({ id }) => ({ count: countOwnMemories(stores.db, id) }),
    export: ({ id }) => personas.export(id),
    async import(file) {
      await seeded();
      const { persona, missing } = personas.import(file);
      if (missing.length > 0) events.emit({ type: 'notice', message: `${persona.name} was imported without ${missing.join(', ')}: add that adapter’s file under Personas, then attach it.` });
      return persona;
    },
    adapters: () => seeded().then(() => adapters.list()),
    addAdapter: ({ path }) => adapters.add(path),
    removeAdapter({ id }) {
      adapters.remove(id, personas.list());
      return {};
    },
    compare: (comparison, signal) => compare({ engine, usable: adapters.usable, promptFor: promptFor }, comparison, signal),
    };
}
