import type { Persona } from '../contract/persona.ts';
import type { Overlay } from '../engine/contract.ts';

/** A persona ready to speak through the loaded base. */
export type Acting = {
  persona: Persona;
  overlay: Overlay;
  /** Why adapters were left out, in sentences. The persona then speaks by its instructions alone. */
  problems: string[];
};

type Usable = (adapterId: string) => Promise<{ path: string } | { problem: string }>;

/** Only adapters that fit the loaded base are applied; the others must not keep the persona from answering. */
export async function act(persona: Persona, usable: Usable): Promise<Acting> {
  const overlay: Overlay = [];
  const problems: string[] = [];
  for (const { adapterId, scale } of persona.adapters) {
    const found = await usable(adapterId);
    if ('problem' in found) problems.push(found.problem);
    else overlay.push({ path: found.path, scale });
  }
  return { persona, overlay, problems };
}
