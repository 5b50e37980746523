import path from 'node:path';
import { BrowserWindow, Menu, nativeTheme, type MenuItemConstructorOptions } from 'electron';
import type { Log } from '../main/host/log.ts';
import { keepBounds, readBounds, smallest } from './bounds.ts';
import { pageOrigin } from './scheme.ts';

/** The page's colour before it has painted, as in `renderer/styles/tokens.css`. */
const paper = { light: '#fcfcfa', dark: '#161918' };
/** A page that falls over this often within a minute is not helped by another try. */
const mostReloads = 3;

/** Opens the one window and loads the page. `boundsFile` remembers where it stood. */
export function openWindow({ boundsFile, log }: { boundsFile: string; log: Log }): BrowserWindow {
  const window = new BrowserWindow({
    ...readBounds(boundsFile),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Engram',
    backgroundColor: nativeTheme.shouldUseDarkColors ? paper.dark : paper.light,
    autoHideMenuBar: true,
    webPreferences: {
      preload: path.join(import.meta.dirname, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      // Its dictionaries come from the network.
      spellcheck: false,
    },
  });
  keepBounds(window, boundsFile);
  offerEditing(window);
  reloadAfterCrash(window, log);
  void window.loadURL(`${pageOrigin}/index.html`);
  return window;
}

/** Electron has no menu under the right mouse button of its own. */
function offerEditing(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, { editFlags, isEditable, selectionText }) => {
    const items: MenuItemConstructorOptions[] = [
      { role: 'cut', visible: isEditable, enabled: editFlags.canCut },
      { role: 'copy', visible: isEditable || selectionText !== '', enabled: editFlags.canCopy },
      { role: 'paste', visible: isEditable, enabled: editFlags.canPaste },
      { role: 'selectAll', enabled: editFlags.canSelectAll },
    ];
    Menu.buildFromTemplate(items).popup({ window });
  });
}

function reloadAfterCrash(window: BrowserWindow, log: Log): void {
  let crashes: number[] = [];
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.info('window fell over', { reason, exitCode });
    crashes = [...crashes.filter((at) => at > Date.now() - 60_000), Date.now()];
    if (reason !== 'clean-exit' && crashes.length <= mostReloads) window.webContents.reload();
  });
  window.on('unresponsive', () => log.info('window does not answer'));
}
