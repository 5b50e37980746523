import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { PersonaDraft, type Persona } from '../contract/persona.ts';
import type { PersonaStore } from '../store/personas.ts';

const BuiltIn = PersonaDraft.extend({
  id: z.string(),
  /** Adapters by the file of the bundled weights, as the catalogue names it. */
  adapters: z.array(z.object({ file: z.string(), scale: z.number() })),
});
/** A persona that comes with the app. */
export type BuiltIn = z.infer<typeof BuiltIn>;

/** The order in which they are shown. Others in the folder follow by name. */
const order = ['friendly', 'professional', 'witty', 'caring', 'enthusiastic'];

export function readBuiltIns(folder: string): BuiltIn[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const place = (id: string) => (order.includes(id) ? order.indexOf(id) : order.length);
  return files
    .map((name) => BuiltIn.parse(JSON.parse(readFileSync(path.join(folder, name), 'utf8'))))
    .sort((a, b) => place(a.id) - place(b.id) || a.name.localeCompare(b.name));
}

/** Writes the built-in personas as this version of the app has them; what the owner changed are copies, not these. */
export function seedBuiltIns(personas: PersonaStore, builtIns: BuiltIn[], options: { adapterOf(file: string): string | null; now: number }): void {
  for (const [index, { adapters, ...builtIn }] of builtIns.entries()) {
    const uses = adapters.flatMap(({ file, scale }) => {
      const adapterId = options.adapterOf(file);
      return adapterId === null ? [] : [{ adapterId, scale }];
    });
    const before = personas.find(builtIn.id);
    // A moment apart, so that their order of making is their order of showing.
    const createdAt = before?.createdAt ?? options.now + index;
    const persona: Persona = { ...builtIn, adapters: uses, builtIn: true, createdAt, updatedAt: before?.updatedAt ?? createdAt };
    if (JSON.stringify(draftOf(persona)) !== JSON.stringify(before && draftOf(before))) personas.save({ ...persona, updatedAt: options.now });
  }
}

/** What of a persona may be edited, exported and copied. */
export const draftOf = ({ name, instructions, sampling, adapters, memoryScope }: PersonaDraft): PersonaDraft => ({
  name,
  instructions,
  sampling,
  adapters,
  memoryScope,
});
