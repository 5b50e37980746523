/** Notes and files that are put beside a question. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Handlers } from '../contract/contract.ts';
import { AppError } from '../contract/errors.ts';
import type { Attachment } from '../contract/note.ts';
import type { ReaderPool } from '../notes/readerPool.ts';
import type { Database } from '../store/database.ts';
import type { AttachmentStore } from '../store/attachments.ts';
import { chunksOfNote } from '../store/noteList.ts';
import { getNote, notesWithHash } from '../store/notes.ts';

export type AttachDependencies = {
  /** `notes.db`. */
  notesDb: Database;
  readers: Pick<ReaderPool, 'digest'>;
  /** Where a file stands while it is read. */
  folder: string;
  attachments(conversationId: string): AttachmentStore;
};

/** More passages would be read for every question after. */
const mostPassages = 5_000;

export function createAttachHandlers(deps: AttachDependencies): Pick<Handlers['chat'], 'attach' | 'detach' | 'attached'> {
  sweep(deps.folder);
  return {
    async attach({ conversationId, what }, signal) {
      if ('noteId' in what) return attachNote(deps, conversationId, what.noteId);
      return attachFile(deps, { conversationId, ...what }, signal);
    },
    detach({ conversationId, id }) {
      deps.attachments(conversationId).remove(conversationId, id);
      return {};
    },
    attached: ({ conversationId }) => deps.attachments(conversationId).pending(conversationId),
  };
}

function attachNote({ notesDb, attachments }: AttachDependencies, conversationId: string, noteId: string): Attachment {
  const { title, path: at, folderId, mark } = getNote(notesDb, noteId);
  return attachments(conversationId).add({ conversationId, noteId, folderId, title, path: at, mark, passages: chunksOfNote(notesDb, noteId).length, chunks: [] });
}

type Dropped = { conversationId: string; name: string; base64: string };

async function attachFile(deps: AttachDependencies, { conversationId, name, base64 }: Dropped, signal: AbortSignal): Promise<Attachment> {
  const { hash, note } = await readDropped(deps, { name, bytes: Buffer.from(base64, 'base64') }, signal);
  const known = hash === null ? undefined : notesWithHash(deps.notesDb, hash)[0];
  if (known) return attachNote(deps, conversationId, known.id);
  const { title, mark, chunks } = note!;
  if (chunks.length === 0) throw new AppError('bad-file', `Nothing in “${name}” can be read. ${mark ?? 'It has no text.'} It was not added.`);
  const kept = chunks.slice(0, mostPassages);
  const cut = kept.length < chunks.length ? `Only its first ${mostPassages.toLocaleString('en')} passages were kept.` : null;
  return deps.attachments(conversationId).add({ conversationId, noteId: null, folderId: null, title, path: name, mark: [mark, cut].filter(Boolean).join(' ') || null, passages: kept.length, chunks: kept });
}

const beginning = 'reading-';

/** The reader wants a file; this one is gone when it has been read. */
async function readDropped({ readers, folder }: AttachDependencies, { name, bytes }: { name: string; bytes: Buffer }, signal: AbortSignal) {
  const place = mkdtempSync(path.join(folder, beginning));
  try {
    const file = path.join(place, fileName(name));
    writeFileSync(file, bytes, { mode: 0o600 });
    return await readers.digest(file, { signal });
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** Without what would lead elsewhere. */
const fileName = (name: string): string => path.basename(name.replaceAll('\\', '/')).replace(/[\p{Cc}:*?"<>|]/gu, ' ').replace(/^[. ]+/u, '') || 'file';

/** What a kill left. */
function sweep(folder: string): void {
  for (const name of readdirSync(folder)) if (name.startsWith(beginning)) rmSync(path.join(folder, name), { recursive: true, force: true });
}
