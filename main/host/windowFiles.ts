import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';

/** One built file of the window, or a refusal: what any host that serves the window answers. */
export type WindowFile = { status: number; headers: Record<string, string>; body: Uint8Array };

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  // Pictures in answers come from the page itself: a remote address would tell its owner what was said.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** On every answer, refusals too. */
export const strictHeaders: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), payment=()',
};

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * The built window in a folder. Only files listed when it was opened are ever read, so no path, however written,
 * leads elsewhere. `pathname` is as it stands in the address, still encoded.
 */
export function openWindowFiles(folder: string): (pathname: string) => Promise<WindowFile> {
  const files = list(folder);
  return async (pathname) => {
    const name = decode(pathname);
    const file = files.get(name === '/' ? '/index.html' : name);
    const type = types[path.extname(file ?? '')];
    if (!file || !type) return refusal(404, 'There is no such file.');
    // Names of built parts change with their content; the page that names them must be asked for each time.
    const lasting = name.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-store';
    return { status: 200, headers: { ...strictHeaders, 'content-type': type, 'cache-control': lasting }, body: await readFile(file) };
  };
}

/** A plain sentence with a status. */
export function refusal(status: number, sentence: string): WindowFile {
  const headers = { ...strictHeaders, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  return { status, headers, body: Buffer.from(`${sentence}\n`) };
}

function list(folder: string): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [`/${path.relative(folder, file).split(path.sep).join('/')}`, file];
    }),
  );
}

function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return '';
  }
}
