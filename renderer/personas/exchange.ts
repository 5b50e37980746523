import type { Persona } from '../../main/contract/persona.ts';
import { api } from '../api.ts';
import { t } from '../messages.ts';
import { attempt, notify } from '../ui/index.ts';
import { LARGEST_FILE_BYTES, personaFileName, readPersonaFile } from './file.ts';

/** Saves a persona as a file, the way a browser saves: the assistant writes nothing. */
export async function exportPersona({ id, name }: Persona): Promise<void> {
  const file = await attempt(() => api.persona.export({ id }));
  if (!file) return;
  const address = URL.createObjectURL(new Blob([`${JSON.stringify(file, null, 2)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = personaFileName(name);
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const faults = {
  'too-large': 'personas.importTooLarge',
  'not-json': 'personas.importNotJson',
  'not-a-persona': 'personas.importNotPersona',
  newer: 'personas.importNewer',
} as const;

/** Asks for an exported file and takes the persona in; adapters that are not here are left off, and said so. */
export async function importPersona(): Promise<void> {
  const file = await chooseFile();
  if (!file) return;
  const read = file.size > LARGEST_FILE_BYTES ? ({ kind: 'too-large' } as const) : readPersonaFile(await file.text());
  if (read.kind !== 'persona') {
    notify({ message: t(faults[read.kind]), tone: 'danger' });
    return;
  }
  const persona = await attempt(() => api.persona.import(read.file));
  if (!persona) return;
  const complete = persona.adapters.length === read.file.persona.adapters.length;
  notify({ message: t(complete ? 'personas.imported' : 'personas.importedWithout', { name: persona.name }) });
}

/** The browser's own dialog: the file's text comes to the window, its path does not. */
function chooseFile(): Promise<File | null> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.addEventListener('change', () => resolve(input.files?.[0] ?? null));
    input.addEventListener('cancel', () => resolve(null));
    input.click();
  });
}
