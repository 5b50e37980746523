import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, type ErrorCode } from '../contract/errors.ts';
import { toFrames, type Frame, type Transport } from '../contract/transport.ts';
import { createEntry, sameSecret, type Entry } from './entry.ts';
import { openWindowFiles, strictHeaders, type WindowFile } from './windowFiles.ts';

export type LoopbackOptions = {
  transport: Transport;
  /** The built window. */
  windowFolder: string;
  /** 0 for a free one. */
  port: number;
  /** Whoever can show this (it stands in the data folder's lock) may ask for an address with a fresh code. */
  key: string;
};

export type Loopback = {
  /** `http://127.0.0.1:<port>`: carries no secret. */
  address: string;
  /** The address with a code that works once, for a browser's command line. */
  createUrl(): string;
  /** Resolves when every connection has ended. */
  close(): Promise<void>;
};

type Host = {
  transport: Transport;
  files(pathname: string): Promise<WindowFile>;
  entry: Entry;
  key: string;
  authority: string;
  /** What is being answered, by the id its asker gave it. */
  running: Map<string, AbortController>;
};

/** Larger than the longest message with every character escaped; a file of conversations must fit too. */
const bodyBytes = 64_000_000;

/** A client that dribbles its headers or its body is cut off, milliseconds; answers may take as long as they take. */
const patience = { headersTimeout: 10_000, requestTimeout: 60_000, connectionsCheckingInterval: 2_000 };

/** Serves the window and its contract to this machine only. */
export async function serveLoopback({ transport, windowFolder, port, key }: LoopbackOptions, limits = patience): Promise<Loopback> {
  const host: Host = { transport, files: openWindowFiles(windowFolder), entry: createEntry(), key, authority: '', running: new Map() };
  const server = createServer({ ...limits, maxHeaderSize: 16_384 });
  server.maxConnections = 256;
  server.on('request', (request, response) => {
    answer(host, request, response).catch((error: unknown) => refuse(response, AppError.from(error)));
  });
  await listen(server, port);
  host.authority = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const address = `http://${host.authority}`;
  return {
    address,
    // After the #, so that it is never sent with a request nor written to a log.
    createUrl: () => `${address}/#code=${host.entry.createCode()}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(new AppError('conflict', `Port ${port} of this machine cannot be used (${error.message}): choose another with --port, or none for a free one.`, error)));
    server.listen(port, '127.0.0.1', resolve);
  });
}

async function answer(host: Host, request: IncomingMessage, response: ServerResponse): Promise<void> {
  checkSender(host, request);
  const pathname = (request.url ?? '/').split(/[?#]/)[0] ?? '/';
  if (request.method === 'GET' || request.method === 'HEAD') return send(response, await host.files(pathname), request.method === 'HEAD');
  if (request.method !== 'POST') throw new Refused(405, 'not-allowed', 'Only GET and POST are answered here.');
  if (request.headers['content-type']?.split(';')[0] !== 'application/json') throw new Refused(415, 'invalid-input', 'Send JSON.');
  return post(host, pathname, { request, response });
}

type Exchange = { request: IncomingMessage; response: ServerResponse };

async function post(host: Host, pathname: string, { request, response }: Exchange): Promise<void> {
  if (pathname === '/session') return sendJson(response, 200, { token: exchange(host.entry, await readJson(request)) });
  if (pathname === '/code') {
    if (!sameSecret(bearer(request), host.key)) throw new Refused(401, 'not-allowed', 'The key is wrong.');
    return sendJson(response, 200, { code: host.entry.createCode() });
  }
  if (!host.entry.admits(bearer(request))) {
    throw new Refused(401, 'not-allowed', 'This window is not connected to the running Engram: run npm start again to open a new one.');
  }
  if (pathname === '/stop') return stop(host, await readJson(request), response);
  const path = /^\/rpc\/([\w.-]{1,100})$/.exec(pathname)?.[1];
  if (!path) throw new Refused(404, 'unknown-method', 'There is nothing at this address.');
  return stream(host, path, { request, response });
}

/**
 * Any page in any browser on this machine can send here. The Host check refuses a foreign name that was pointed at
 * this address, the Origin check a foreign page, and the token everybody else.
 */
function checkSender(host: Host, request: IncomingMessage): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (request.headers.host !== host.authority) throw new Refused(421, 'not-allowed', `Engram answers at ${host.authority} only.`);
  if (origin !== undefined && origin !== `http://${host.authority}`) throw new Refused(403, 'not-allowed', 'Engram answers its own window only.');
  // Following a link or typing the address is not a foreign page reading us.
  const navigating = request.headers['sec-fetch-mode'] === 'navigate' && request.method === 'GET';
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !navigating) throw new Refused(403, 'not-allowed', 'Engram answers its own window only.');
}

function exchange(entry: Entry, body: unknown): string {
  const token = entry.exchange(textOf(body, 'code'));
  if (!token) throw new Refused(403, 'not-allowed', 'This address has been used or is too old: run npm start again for a new one.');
  return token;
}

const bearer = (request: IncomingMessage) => /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';

function textOf(body: unknown, key: string): string {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[key] : undefined;
  return typeof value === 'string' ? value : '';
}

function stop(host: Host, body: unknown, response: ServerResponse): void {
  const controller = host.running.get(textOf(body, 'id'));
  controller?.abort();
  // It may have ended by itself, or not begun: that is no failure, but the asker must know.
  sendJson(response, 200, { stopped: controller !== undefined });
}

/** One frame a line. The asker stops by saying so, or by closing the request. */
async function stream(host: Host, path: string, { request, response }: Exchange): Promise<void> {
  const input = await readJson(request);
  const controller = new AbortController();
  const id = String(request.headers['request-id'] ?? randomUUID()).slice(0, 64);
  host.running.set(id, controller);
  response.on('close', () => controller.abort());
  response.writeHead(200, { ...strictHeaders, 'content-type': 'application/x-ndjson; charset=utf-8', 'cache-control': 'no-store' });
  // A stream that has nothing to say yet must still tell the asker that it was accepted.
  response.flushHeaders();
  try {
    for await (const frame of toFrames(host.transport(path, input, controller.signal))) {
      if (response.destroyed) break;
      if (!response.write(`${toLine(frame)}\n`)) await drained(response);
    }
  } finally {
    if (host.running.get(id) === controller) host.running.delete(id);
  }
  response.end();
}

/** A value that cannot be written as JSON is a failure of ours, told as one. */
function toLine(frame: Frame): string {
  try {
    return JSON.stringify(frame);
  } catch (error) {
    return JSON.stringify({ error: AppError.from(error).shape } satisfies Frame);
  }
}

/** Resolves when there is room to write again, or nobody left to write to. */
function drained(response: ServerResponse): Promise<void> {
  if (response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const go = () => {
      response.off('drain', go).off('close', go);
      resolve();
    };
    response.on('drain', go).on('close', go);
  });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    // The rest of what is too large is read and dropped: a sender cut off in the middle never sees the answer.
    if (size <= bodyBytes) parts.push(part);
    else parts.length = 0;
  }
  if (size > bodyBytes) throw new Refused(413, 'too-large', `That is more than Engram reads at once (${bodyBytes / 1e6} MB). Nothing was changed.`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts)));
  } catch {
    throw new Refused(400, 'invalid-input', 'What was sent is not JSON in UTF-8. Nothing was changed.');
  }
}

/** A refusal before any frame: the status is for programs, the sentence for people. */
class Refused extends AppError {
  readonly status: number;

  constructor(status: number, code: ErrorCode, message: string) {
    super(code, message);
    this.status = status;
  }
}

function refuse(response: ServerResponse, error: AppError): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  sendJson(response, error instanceof Refused ? error.status : 500, { error: error.shape });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...strictHeaders, 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}

function send(response: ServerResponse, file: WindowFile, headOnly: boolean): void {
  response.writeHead(file.status, { ...file.headers, 'content-length': String(file.body.length) });
  response.end(headOnly ? undefined : file.body);
}
