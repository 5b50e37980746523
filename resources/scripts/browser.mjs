import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

const onPath = ['chromium', 'google-chrome', 'google-chrome-stable', 'chromium-browser', 'microsoft-edge', 'msedge', 'brave-browser', 'brave'];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser'];
const windowsApps = ['Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe', 'BraveSoftware/Brave-Browser/Application/brave.exe'];

/** Whether a window can be shown at all. Only Linux machines come without. */
export const hasDisplay = () => process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

/** The path of a browser of the Chromium family, or undefined. */
export function findChromium() {
  return candidates().find(isProgram);
}

/** Shows the address in a window of its own, else in the default browser. Resolves to false when neither could be started. */
export async function openWindow(url) {
  if (!hasDisplay()) return false;
  const chromium = findChromium();
  if (chromium && (await stays(chromium, [...asRoot(), `--app=${url}`]))) return true;
  const [command, ...parameters] = defaultBrowser(url);
  return stays(command, parameters);
}

function candidates() {
  if (process.platform === 'darwin') return macApps.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  if (process.platform === 'win32') {
    const roots = [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA];
    return roots.filter(Boolean).flatMap((folder) => windowsApps.map((name) => path.join(folder, name)));
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return onPath.flatMap((name) => folders.map((folder) => path.join(folder, name)));
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return existsSync(file);
  } catch {
    return false;
  }
}

/** Chromium refuses to start as root with its sandbox on, and root has no other choice. */
const asRoot = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : []);

function defaultBrowser(url) {
  if (process.platform === 'darwin') return ['open', url];
  // `start` would read & and % in the address; this does not.
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', url];
  return ['xdg-open', url];
}

/** Starts a program that outlives us. A browser that cannot run says so within a second; one that can hands over or stays. */
function stays(command, parameters) {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { stdio: 'ignore', detached: true });
    const patience = setTimeout(() => resolve(true), 1500);
    child.on('error', () => settle(false));
    child.on('exit', (code) => settle(code === 0));
    child.unref();

    function settle(worked) {
      clearTimeout(patience);
      resolve(worked);
    }
  });
}
