/** The shell: takes the data folder, paints the window, then starts the assistant behind it. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { app, BrowserWindow, dialog, Menu, session, shell } from 'electron';
import { AppError } from '../main/contract/errors.ts';
import { defaultDataFolder, prepareDataFolder } from '../main/host/dataFolder.ts';
import { takeLock, type Lock } from '../main/host/lock.ts';
import { createLog, type Log } from '../main/host/log.ts';
import { engineWorker, windowFolder } from '../main/host/places.ts';
import { askHolder, createLate, type Assistant } from '../main/host/serve.ts';
import { electronLauncher } from './engineLauncher.ts';
import { lockPages, lockSession } from './lockdown.ts';
import { servePages } from './ports.ts';
import { registerScheme, serveScheme } from './scheme.ts';
import { createShell } from './shell.ts';
import { openWindow } from './window.ts';

// Electron asks for both before it is ready.
registerScheme();
app.enableSandbox();

// Not awaited: Electron is ready only after this module has been read to its end.
start().catch((error: unknown) => {
  dialog.showErrorBox('Engram cannot start', AppError.from(error).message);
  app.exit(1);
});

async function start(): Promise<void> {
  const folder = prepareDataFolder(readOption('data') ?? defaultDataFolder());
  app.setPath('userData', path.join(folder, 'shell'));
  // One Electron a data folder: the lock lies in userData. The other one comes to the front.
  if (!app.requestSingleInstanceLock()) return leaveToOther();
  const answer = takeLock(folder, 'electron');
  if ('holder' in answer) {
    await shell.openExternal(await askHolder(folder, answer.holder));
    return leaveToOther();
  }
  const log = createLog(folder);
  if (process.platform !== 'darwin') Menu.setApplicationMenu(null);
  await app.whenReady();
  await run({ folder, log, lock: answer.lock });
}

/** The launcher need not look for another way to show a window. */
function leaveToOther(): void {
  process.send?.({ type: 'elsewhere' });
  app.quit();
}

async function run({ folder, log, lock }: { folder: string; log: Log; lock: Lock }): Promise<void> {
  const late = createLate(() => openAssistant(folder, log));
  late.assistant.catch((error: unknown) => log.error('services did not start', error));

  lockSession(session.defaultSession);
  lockPages((contents) => BrowserWindow.fromWebContents(contents));
  serveScheme(session.defaultSession, windowFolder);
  servePages(late.transport);
  const show = () => openWindow({ boundsFile: path.join(folder, 'shell', 'window.json'), log });
  const window = show();
  keepRunning(show);
  closeWell(() => late.close().finally(() => lock.release()));

  // What the assistant does while it starts would hold up the page, which this very process serves.
  await firstPaint(window);
  process.send?.({ type: 'window' });
  log.info('window painted', { ms: Math.round(performance.now()) });
  late.open();
}

async function openAssistant(folder: string, log: Log): Promise<Assistant> {
  const { openServices } = await import('../main/host/open.ts');
  const currentWindow = () => BrowserWindow.getAllWindows()[0] ?? null;
  const launcher = electronLauncher({ workerPath: engineWorker, log });
  return openServices({ dataFolder: folder, log, host: 'electron', launcher, shell: createShell(currentWindow), restore: readOption('restore') });
}

function firstPaint(window: BrowserWindow): Promise<void> {
  return new Promise((resolve) => {
    window.once('ready-to-show', () => resolve());
    // A window that cannot show must not keep its owner from the data behind it.
    window.webContents.once('did-fail-load', () => resolve());
    window.once('closed', () => resolve());
  });
}

function keepRunning(show: () => BrowserWindow): void {
  const front = () => {
    const [window] = BrowserWindow.getAllWindows();
    if (!window) return show();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
    return window;
  };
  app.on('second-instance', front);
  app.on('activate', front);
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** Everything is written and closed before the process ends; a second request to quit does not cut that short. */
function closeWell(close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void close().finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  // The launcher in the terminal is gone.
  process.on('disconnect', () => app.quit());
}

/** Chromium adds options of its own to the command line. */
function readOption(name: 'data' | 'restore'): string | undefined {
  const { values } = parseArgs({ args: process.argv.slice(1), options: { [name]: { type: 'string' } }, strict: false, allowPositionals: true });
  const value = values[name];
  return typeof value === 'string' ? value : undefined;
}
