import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { AppError } from '../contract/errors.ts';
import type { Persona, PersonaDraft, PersonaFile } from '../contract/persona.ts';
import type { PersonaStore } from '../store/personas.ts';
import { draftOf } from './builtIn.ts';

export type Personas = {
  list(): Persona[];
  create(draft: PersonaDraft): Persona;
  duplicate(id: string): Persona;
  /** Puts adapters in the place of others, by id, wherever they are used. */
  replaceAdapters(replaced: Map<string, string>): void;
  /** Built-in personas stay as they are: fails with `not-allowed`. */
  update(id: string, draft: PersonaDraft): Persona;
  delete(id: string): void;
  export(id: string): PersonaFile;
  /** `missing`: names of adapters that are not on this machine; the persona comes without them. `as`: under this name, made then. */
  import(file: PersonaFile, as?: Pick<Persona, 'id' | 'createdAt' | 'updatedAt'>): { persona: Persona; missing: string[] };
  /** The persona that is here already and says the same as this file would, but for those named; null when there is none. */
  same(file: PersonaFile, butFor?: ReadonlySet<string>): Persona | null;
};

export type PersonasDependencies = {
  store: PersonaStore;
  /** The adapter's name; null when it is not here. */
  adapterName(id: string): string | null;
  now(): number;
};

export function createPersonas({ store, adapterName, now }: PersonasDependencies): Personas {
  function write(id: string, draft: PersonaDraft, { createdAt, updatedAt = now() }: { createdAt: number; updatedAt?: number }): Persona {
    const gone = draft.adapters.find(({ adapterId }) => adapterName(adapterId) === null);
    if (gone) throw new AppError('not-found', 'One of the persona’s adapters is not here any more. Nothing was saved; take it out, or add its file again.');
    const persona: Persona = { ...draftOf(draft), id, builtIn: false, createdAt, updatedAt };
    store.save(persona);
    return persona;
  }
  const isHere = ({ adapterId }: { adapterId: string }) => adapterName(adapterId) !== null;
  const add = (draft: PersonaDraft) => write(randomUUID(), draft, { createdAt: now() });
  const refuseBuiltIn = (persona: Persona, done: string) => {
    if (persona.builtIn) throw new AppError('not-allowed', `${persona.name} comes with Engram and cannot be ${done}. Duplicate it and change the copy.`);
  };

  return {
    list: () => store.list(),
    create: add,
    duplicate(id) {
      const original = store.get(id);
      const adapters = original.adapters.filter(({ adapterId }) => adapterName(adapterId) !== null);
      return add({ ...original, adapters, name: copyName(original.name, store.list().map(({ name }) => name)) });
    },
    replaceAdapters(replaced) {
      for (const persona of store.list()) {
        if (!persona.adapters.some(({ adapterId }) => replaced.has(adapterId))) continue;
        store.save({ ...persona, adapters: persona.adapters.map((use) => ({ ...use, adapterId: replaced.get(use.adapterId) ?? use.adapterId })) });
      }
    },
    update(id, draft) {
      const before = store.get(id);
      refuseBuiltIn(before, 'changed');
      return write(id, draft, { createdAt: before.createdAt });
    },
    delete(id) {
      refuseBuiltIn(store.get(id), 'deleted');
      store.delete(id);
    },
    export(id) {
      const persona = draftOf(store.get(id));
      const names = persona.adapters.map(({ adapterId }) => [adapterId, adapterName(adapterId) ?? 'unknown']);
      return { format: 'engram-persona', version: 1, persona, adapterNames: Object.fromEntries(names) as Record<string, string> };
    },
    import({ persona: draft, adapterNames }, as) {
      const missing = draft.adapters.filter((use) => !isHere(use)).map(({ adapterId }) => adapterNames[adapterId] ?? `${adapterId.slice(0, 12)}…`);
      const whole = { ...draft, adapters: draft.adapters.filter(isHere) };
      return { persona: as ? write(as.id, whole, as) : add(whole), missing };
    },
    same({ persona: draft }, butFor = new Set()) {
      const wanted = draftOf({ ...draft, adapters: draft.adapters.filter(isHere) });
      return store.list().find((persona) => !butFor.has(persona.id) && isDeepStrictEqual(draftOf(persona), wanted)) ?? null;
    },
  };
}

/** "Friendly copy", "Friendly copy 2", …, within the length a name may have. */
export function copyName(name: string, taken: string[]): string {
  const base = name.replace(/ copy( \d+)?$/u, '').slice(0, 50);
  for (let number = 1; ; number += 1) {
    const candidate = `${base} copy${number === 1 ? '' : ` ${number}`}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
