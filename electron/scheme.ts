import { protocol, type Session } from 'electron';
import { openWindowFiles, refusal, type WindowFile } from '../main/host/windowFiles.ts';

/** Where the window's page lives. A scheme of its own: no file:// privileges, no server, no port. */
export const pageOrigin = 'app://engram';

/** Must run before Electron is ready. */
export function registerScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges }]);
}

/** Serves the built window in this folder to one session. */
export function serveScheme(session: Session, windowFolder: string): void {
  const files = openWindowFiles(windowFolder);
  session.protocol.handle('app', async (request) => toResponse(await answer(files, request)));
}

async function answer(files: (pathname: string) => Promise<WindowFile>, request: Request): Promise<WindowFile> {
  const { host, pathname } = new URL(request.url);
  if (request.method !== 'GET') return refusal(405, 'Only GET is answered here.');
  if (`app://${host}` !== pageOrigin) return refusal(404, 'There is no such page.');
  return files(pathname);
}

function toResponse({ status, headers, body }: WindowFile): Response {
  return new Response(new Uint8Array(body), { status, headers });
}

/** True for pages of ours, whatever they call themselves. */
export function isOurs(url: string): boolean {
  try {
    const { protocol: scheme, host } = new URL(url);
    return `${scheme}//${host}` === pageOrigin;
  } catch {
    return false;
  }
}
