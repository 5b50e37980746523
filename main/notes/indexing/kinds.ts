/** Which files are notes, told by their name where that is enough. */
import { open } from 'node:fs/promises';
import { recognise, typeByName } from '../recognise.ts';

/** 'note': also where it can be found by its name alone, under a sentence. 'unsure': a look inside will tell. */
export type Kind = 'note' | 'none' | 'unsure';

/** Their owner expects to find them, and is told why what stands in them is not. */
const documents = new Set('doc dot xls xlsx xlsm ppt pptx pps ppsx ods odp odg pages numbers key msg mobi azw azw3 djvu wpd wps one ps'.split(' '));

const others = new Set(
  (
    'jpg jpeg jpe png gif webp bmp tif tiff heic heif avif ico icns psd xcf raw cr2 cr3 nef arw dng orf rw2 ai eps indd sketch fig blend stl obj fbx glb gltf 3ds dwg dxf ' +
    'mp3 m4a aac flac ogg oga opus wav wma aif aiff mid midi amr mp4 m4v mov avi mkv webm wmv flv mpg mpeg 3gp ts2 mts vob ' +
    'zip gz tgz bz2 xz 7z rar tar zst lz4 lzma jar war apk ipa dmg iso img pkg deb rpm msi cab exe dll so dylib o a lib obj class pyc pyo wasm bin dat db sqlite sqlite3 db3 mdb accdb ' +
    'ttf otf woff woff2 eot lock map gguf safetensors onnx pt pth npy npz parquet arrow feather h5 pkl pickle mo pak asar crx torrent p12 pfx kdbx gpg asc2 sig key2 ' +
    'db-wal db-shm db-journal sqlite-wal sqlite-shm ldb sst idx pack rev'
  ).split(' '),
);

export function kindByName(name: string): Kind {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1).toLowerCase() : '';
  if (typeByName(`.${extension}`) !== null || documents.has(extension)) return 'note';
  return others.has(extension) ? 'none' : 'unsure';
}

const headBytes = 4_096;

/** Whether there is text in a file whose name does not say. What cannot be opened is none: nobody called it a document. */
export async function holdsText(file: string): Promise<boolean> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return false;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    if (bytesRead === 0) return false;
    const found = recognise(buffer.subarray(0, bytesRead), '');
    return 'type' in found && found.type !== 'zip';
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}
