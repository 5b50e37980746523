import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** What Electron's binary carries so that fuses can be found and flipped: a mark, a version, how many, and their states. */
const fuseWire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100101')]);

/** Puts into `folder` what electron-builder expects of Electron's files on Linux, with no Electron in it. */
export function writeRuntime(folder: string, version: string): void {
  for (const each of ['locales', 'resources']) mkdirSync(path.join(folder, each), { recursive: true });
  const files: Record<string, string | Buffer> = {
    electron: Buffer.concat([Buffer.from('not Electron '), fuseWire, Buffer.from(' not Electron')]),
    'chrome-sandbox': '',
    chrome_crashpad_handler: '',
    version,
    LICENSE: '',
    'LICENSES.chromium.html': '',
    'locales/en-US.pak': '',
    'locales/en-GB.pak': '',
    'locales/de.pak': '',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  chmodSync(path.join(folder, 'electron'), 0o755);
}
