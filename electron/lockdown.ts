import { app, dialog, shell, type BrowserWindow, type Session, type WebContents } from 'electron';
import { isOurs } from './scheme.ts';

/** The page may write to the clipboard when a button says so; Electron would allow everything else too. */
const permitted = new Set(['clipboard-sanitized-write']);

/** Permissions refused, and no address but the window's own reachable from any page. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer) => answer(permitted.has(permission)));
  session.setPermissionCheckHandler((_contents, permission) => permitted.has(permission));
  session.setDevicePermissionHandler(() => false);
  const everythingElse = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };
  session.webRequest.onBeforeRequest(everythingElse, (_details, answer) => answer({ cancel: true }));
}

/** Whatever page is ever opened: it stays where it is, opens no windows, attaches nothing. */
export function lockPages(windowOf: (contents: WebContents) => BrowserWindow | null): void {
  app.on('web-contents-created', (_event, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-frame-navigate', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-redirect', (event) => {
      if (!isOurs(event.url)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void offerLink(url, windowOf(contents));
      return { action: 'deny' };
    });
  });
}

/** A link in an answer may have been written by the model: only the web and mail, and only after the owner says so. */
export async function offerLink(url: string, window: BrowserWindow | null): Promise<void> {
  const link = parseLink(url);
  if (!link || !window) return;
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: 'Open this outside Engram?',
    detail: link,
    buttons: ['Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  if (response === 0) await shell.openExternal(link);
}

/** The link as the system will see it, or undefined when it is not one to follow. */
export function parseLink(url: string): string | undefined {
  try {
    const { protocol, href } = new URL(url);
    return protocol === 'https:' || protocol === 'mailto:' ? href : undefined;
  } catch {
    return undefined;
  }
}
