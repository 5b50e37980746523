import { PersonaFile } from '../../main/contract/persona.ts';

/** Larger than any persona we write; keeps a mistaken pick (a model, a video) from being read into the window. */
export const LARGEST_FILE_BYTES = 1_000_000;

/** What a chosen file turned out to be. The window has a sentence for each. */
export type Read = { kind: 'persona'; file: PersonaFile } | { kind: 'too-large' | 'not-json' | 'not-a-persona' | 'newer' };

/** Reads the text of an exported persona. */
export function readPersonaFile(text: string): Read {
  if (text.length > LARGEST_FILE_BYTES) return { kind: 'too-large' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'not-json' };
  }
  const parsed = PersonaFile.safeParse(value);
  if (parsed.success) return { kind: 'persona', file: parsed.data };
  return { kind: isNewer(value) ? 'newer' : 'not-a-persona' };
}

const isNewer = (value: unknown) =>
  typeof value === 'object' && value !== null && 'format' in value && value.format === 'engram-persona' &&
  'version' in value && typeof value.version === 'number' && value.version > 1;

/** A file name every system takes, from a name that may hold anything. */
export function personaFileName(name: string): string {
  const safe = name.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60).toLowerCase();
  return `${safe || 'persona'}.engram-persona.json`;
}
