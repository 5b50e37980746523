/** The conversations in an export's zip, as streams. Nothing is unpacked to disk, and no name in it becomes a path. */
import yauzl from 'yauzl';
import { AppError } from '../contract/errors.ts';

export type Part = { name: string; bytes: number; read(): Promise<AsyncIterable<Uint8Array>> };
export type Zip = { parts: Part[]; close(): void };

/** Bytes. All conversations of an account, unpacked; no text shrinks to less than a hundredth. */
const largestUnpacked = 8 * 1024 ** 3;
const largestShrinkage = 200;
const shrinksFreely = 16 * 1024 ** 2;
/** An export holds every picture that was shared. */
const mostEntries = 1_000_000;

/** "conversations.json", and "conversations-000.json" and so on of exports in parts; in a folder, too. */
const isConversations = (name: string) => /(^|\/)conversations(-\d+)?\.json$/.test(name) && !name.startsWith('__MACOSX/');

/** Opens it and looks at what it says of itself. Who opens, closes. */
export async function openZip(path: string): Promise<Zip> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true }).catch((error: unknown) => {
    throw refused(path, error);
  });
  try {
    const entries = await conversationEntries(zip, path);
    return {
      parts: entries.map((entry) => ({ name: entry.fileName, bytes: entry.uncompressedSize, read: () => unpacked(zip, entry) })),
      close: () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error instanceof AppError ? error : refused(path, error);
  }
}

async function conversationEntries(zip: yauzl.ZipFile, path: string): Promise<yauzl.Entry[]> {
  if (zip.entryCount > mostEntries) throw bomb(path);
  const entries: yauzl.Entry[] = [];
  for await (const entry of zip.eachEntry()) if (isConversations(entry.fileName)) entries.push(entry);
  if (entries.length === 0) {
    throw new AppError('bad-file', `${path} holds no conversations.json. Nothing was imported; choose the zip that ChatGPT or Claude sent you.`);
  }
  if (entries.some((entry) => entry.isEncrypted())) throw new AppError('bad-file', `${path} is locked with a password. Nothing was imported; unpack it, then import the conversations.json in it.`);
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (total > largestUnpacked || entries.some(shrinksTooFar)) throw bomb(path);
  return entries.sort((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

const shrinksTooFar = ({ uncompressedSize, compressedSize }: yauzl.Entry) =>
  uncompressedSize > shrinksFreely && uncompressedSize > compressedSize * largestShrinkage;

/** Fails in the middle when there is more than the zip said there would be. */
async function unpacked(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<AsyncIterable<Uint8Array>> {
  return zip.openReadStreamPromise(entry);
}

const bomb = (path: string) =>
  new AppError('too-large', `${path} would unpack to more than any export of conversations does. Nothing was imported.`);

const refused = (path: string, cause: unknown) =>
  new AppError('bad-file', `${path} is no whole zip file: it may have been cut off while it was fetched. Nothing was imported; fetch it again.`, cause);
