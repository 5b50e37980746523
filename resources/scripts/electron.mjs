import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hasDisplay } from './browser.mjs';
import { inRoot } from './paths.mjs';
import { readStamp, writeStamp } from './stamp.mjs';

const connectMs = 5_000;
const downloadMs = 15 * 60_000;
/** A machine that could not reach the download a moment ago is not asked again at every start. */
const retryMs = 24 * 3_600_000;

const programs = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * `{ program }`, or `{ why }` in one sentence when the window must open elsewhere. `insist` tries where it is unlikely
 * to work, and forgets an earlier failure.
 */
export async function findElectron({ insist = false } = {}) {
  if (!insist && !hasDisplay()) return { why: 'No display was found, so there is no Electron window.' };
  if (!insist && process.platform === 'linux' && process.getuid() === 0) return { why: 'Electron does not run as root with its sandbox on.' };
  const program = installedElectron() ?? (await downloadElectron(insist));
  return program ? { program } : { why: `Electron's runtime could not be downloaded (${readStamp('electron').why}).` };
}

/** Electron's program when its runtime is complete. Never requires 'electron': from Node that starts a download. */
export function installedElectron() {
  const folder = inRoot('node_modules/electron');
  const runtime = process.env.ELECTRON_OVERRIDE_DIST_PATH || path.join(folder, 'dist');
  const program = path.join(runtime, programs[process.platform] ?? 'electron');
  try {
    const { version } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
    // Written last when it is unpacked: a download that broke off has none.
    const present = readFileSync(path.join(runtime, 'version'), 'utf8').trim().replace(/^v/, '');
    return present === version && existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

async function downloadElectron(insist) {
  const { version } = JSON.parse(readFileSync(inRoot('node_modules/electron/package.json'), 'utf8'));
  const failed = readStamp('electron');
  if (!insist && failed?.version === version && Date.now() - failed.at < retryMs) return undefined;

  const why = await runInstaller(version);
  if (why) writeStamp('electron', { version, at: Date.now(), why });
  return why ? undefined : installedElectron();
}

/** Resolves to nothing when it worked, else to why not. The probe ends a hopeless attempt early. */
function runInstaller(version) {
  return new Promise((resolve) => {
    const installer = spawn(process.execPath, [inRoot('node_modules/electron/install.js')], { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    installer.stderr.on('data', (data) => {
      said += data;
    });
    const patience = setTimeout(() => stop('it took too long'), downloadMs);
    installer.on('error', (error) => stop(error.message));
    installer.on('exit', (code) => stop(code === 0 ? undefined : reason(said)));
    void probe(version).then((trouble) => {
      if (trouble) stop(trouble);
      else if (installer.exitCode === null) process.stdout.write('Downloading Electron (about 110 MB, once) …\n');
    });

    function stop(why) {
      clearTimeout(patience);
      installer.kill();
      resolve(why);
    }
  });
}

/** Whether the place it comes from answers at all, within seconds. */
async function probe(version) {
  const base = process.env.ELECTRON_MIRROR || process.env.npm_config_electron_mirror || 'https://github.com/electron/electron/releases/download/';
  try {
    await fetch(`${base}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal: AbortSignal.timeout(connectMs) });
    return undefined;
  } catch (error) {
    const { host } = new URL(base);
    return error.name === 'TimeoutError' ? `${host} does not answer` : `${host} cannot be reached: ${error.cause?.code ?? error.message}`;
  }
}

const reason = (said) => said.split('\n').find((line) => /error/i.test(line))?.trim() ?? 'the installer failed';
