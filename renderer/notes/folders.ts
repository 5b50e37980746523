import type { NoteFolder } from '../../main/contract/note.ts';
import { api, callCache } from '../api.ts';
import type { Dropped } from '../dropped.ts';
import { t } from '../messages.ts';
import { pick } from '../picker/pick.ts';
import { attempt, notify } from '../ui/index.ts';

/** Asks for a folder, unless one is given, and has it read from now on. */
export async function addFolder(path: string | null = null): Promise<void> {
  const chosen = path ?? (await pick({ title: t('notes.addTitle'), extensions: [], folder: true }));
  if (chosen === null) return;
  const folder = await attempt(() => api.notes.addFolder({ path: chosen }));
  if (!folder) return;
  callCache.invalidate(['notes.folders']);
  notify({ message: t('notes.added', { name: folder.name }) });
}

export async function addDropped({ paths, folder }: Dropped): Promise<void> {
  for (const path of paths) await addFolder(path);
  if (paths.length > 0) return;
  notify({ message: t(folder ? 'notes.dropNoPath' : 'notes.dropFile') });
  if (folder) await addFolder();
}

export async function rescan({ id, name }: NoteFolder): Promise<void> {
  if (await attempt(() => api.notes.rescan({ id }))) notify({ message: t('notes.rescanned', { name }) });
}

/** All that waits is read at once, whatever else the machine does. */
export async function readNow(): Promise<void> {
  await attempt(async () => {
    for (const { id } of await api.notes.folders({})) await api.notes.rescan({ id });
  });
}

export async function pauseFolder({ id }: NoteFolder, paused: boolean): Promise<void> {
  await attempt(() => api.notes.changeFolder({ id, paused }));
}

export async function pauseAll(paused: boolean): Promise<void> {
  if (await attempt(() => api.notes.pause({ paused }))) callCache.invalidate(['notes.status']);
}
