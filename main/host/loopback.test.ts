/** What strangers may try on the loopback host: each attempt is refused with a sentence, and the host goes on. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exchangeCode, fetchTransport } from '../contract/fetch.ts';
import { createClient } from '../contract/route.ts';
import { createProbe, probeTable } from './fixtures/probe.ts';
import { serveLoopback, type Loopback } from './loopback.ts';

let folder: string;
let host: Loopback;
let token: string;
const probe = createProbe();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-loopback-'));
  const window = path.join(folder, 'window');
  mkdirSync(path.join(window, 'assets'), { recursive: true });
  writeFileSync(path.join(window, 'index.html'), '<!doctype html><title>Window</title>');
  writeFileSync(path.join(window, 'assets', 'app-1a2b.js'), 'export {}');
  writeFileSync(path.join(window, 'assets', 'app-1a2b.js.map'), '{}');
  writeFileSync(path.join(folder, 'secret.html'), 'secret');
  host = await serveLoopback({ transport: probe.transport, windowFolder: window, port: 0, key: 'the-key' });
  token = await exchangeCode(host.address, codeOf(host.createUrl()));
});
afterAll(async () => {
  await host.close();
  rmSync(folder, { recursive: true });
});

const codeOf = (url: string) => new URL(url).hash.replace('#code=', '');
const json = { 'content-type': 'application/json' };

type Answer = { status: number; headers: IncomingHttpHeaders; text: string };
type Sent = { method?: string; target?: string; headers?: Record<string, string>; body?: string | Buffer };

/** One request exactly as given: fetch would tidy the path and set the headers we want to forge. */
function send({ method = 'POST', target = '/rpc/probe.echo', headers = {}, body = '{"text":"x"}' }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(host.address, { method, path: target, headers: { ...json, authorization: `Bearer ${token}`, ...headers } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    sent.on('error', reject);
    // Node frames the body of a POST and of a PUT; after any other method it would be garbage on the line.
    sent.end(method === 'POST' || method === 'PUT' ? body : undefined);
  });
}

function reach(port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address, () => {
      socket.destroy();
      resolve();
    }).on('error', reject);
  });
}

/** Code and sentence of a refusal. */
const errorOf = ({ text }: Answer) => (JSON.parse(text) as { error: { code: string; message: string } }).error;

describe('who may ask', () => {
  it('answers its own window', async () => {
    const answer = await send({ headers: { origin: host.address, 'sec-fetch-site': 'same-origin' } });
    expect(answer).toMatchObject({ status: 200, text: '{"value":{"text":"x"}}\n{"done":true}\n' });
  });

  it.each([
    ['no token', { authorization: '' }],
    ['a wrong token', { authorization: `Bearer ${'A'.repeat(43)}` }],
    ['a token with something after it', { authorization: 'Bearer a b' }],
    ['another scheme', { authorization: 'Basic eDp5' }],
  ])('refuses %s', async (_name, headers) => {
    const answer = await send({ headers });
    expect(answer.status).toBe(401);
    expect(errorOf(answer)).toMatchObject({ code: 'not-allowed', message: expect.stringContaining('npm start') });
  });

  it('does not take the key of the data folder, nor a code, for the token', async () => {
    expect((await send({ headers: { authorization: 'Bearer the-key' } })).status).toBe(401);
    expect((await send({ headers: { authorization: `Bearer ${codeOf(host.createUrl())}` } })).status).toBe(401);
  });

  it.each(['evil.example', 'localhost', 'engram.local:80', '127.0.0.1', '127.0.0.1:1', '[::1]:80', '127.0.0.1.evil.example:1'])('refuses the Host %s', async (name) => {
    const [post, page] = [await send({ headers: { host: name } }), await send({ method: 'GET', target: '/', headers: { host: name } })];
    expect([post.status, page.status]).toEqual([421, 421]);
    expect(errorOf(page).message).toContain('127.0.0.1');
  });

  it.each(['https://evil.example', 'null', 'http://127.0.0.1:1', 'http://localhost:3000', 'file://'])('refuses the Origin %s', async (origin) => {
    const answer = await send({ headers: { origin } });
    expect(answer.status).toBe(403);
    expect(errorOf(answer).message).toContain('own window');
  });

  it('gives other sites neither an answer nor permission to read one', async () => {
    expect((await send({ headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } })).status).toBe(403);
    const image = await send({ method: 'GET', target: '/index.html', headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' } });
    expect(image.status).toBe(403);
    const preflight = await send({ method: 'OPTIONS', headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' } });
    expect(preflight.status).toBe(403);
    for (const { headers } of [image, preflight]) expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  it('refuses what a form on another page could send', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
      expect((await send({ headers: { 'content-type': type } })).status).toBe(415);
    }
  });

  it.each(['PUT', 'DELETE', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    expect((await send({ method })).status).toBe(405);
  });

  it('does not listen beyond this machine', async () => {
    const { hostname, port } = new URL(host.address);
    expect(hostname).toBe('127.0.0.1');
    const outside = Object.values(networkInterfaces()).flat().filter((each) => each && !each.internal && each.family === 'IPv4');
    for (const each of outside) await expect(reach(Number(port), each?.address ?? '')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

describe('codes', () => {
  it('lets a code in once', async () => {
    const code = codeOf(host.createUrl());
    expect(await exchangeCode(host.address, code)).toBe(token);
    await expect(exchangeCode(host.address, code)).rejects.toMatchObject({ code: 'not-allowed', message: expect.stringContaining('has been used') });
  });

  it.each(['', 'wrong', '../session', 'A'.repeat(100_000)])('refuses a code nobody gave out', async (code) => {
    await expect(exchangeCode(host.address, code)).rejects.toMatchObject({ code: 'not-allowed' });
  });

  it.each(['null', '[]', '{"code":1}', '{"code":{"toString":"x"}}', '"text"'])('refuses %s in place of a code', async (body) => {
    expect((await send({ target: '/session', body })).status).toBe(403);
  });

  it('gives a code to whoever can read the key in the data folder, and to nobody else', async () => {
    const given = await send({ target: '/code', headers: { authorization: 'Bearer the-key' }, body: '{}' });
    const { code } = JSON.parse(given.text) as { code: string };
    expect(await exchangeCode(host.address, code)).toBe(token);
    expect((await send({ target: '/code', body: '{}' })).status).toBe(401);
  });

  it('lets two windows in at once, each on its own', async () => {
    const tokens = await Promise.all([host.createUrl(), host.createUrl()].map((url) => exchangeCode(host.address, codeOf(url))));
    const windows = tokens.map((each) => createClient(probeTable, fetchTransport(host.address, each)));
    const stop = new AbortController();
    const first = windows[0]?.probe.forever({}, stop.signal);
    for await (const _value of first ?? []) {
      expect(await windows[1]?.probe.echo({ text: 'second' })).toEqual({ text: 'second' });
      break;
    }
    expect(codeOf(host.createUrl())).not.toBe(codeOf(host.createUrl()));
  });
});

describe('what is sent', () => {
  it.each([
    ['bad JSON', '{"text":'],
    ['nothing', ''],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])],
    ['a lone surrogate cut in half', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])],
    ['JSON with a comment', '{"text":"x"}//'],
  ])('refuses %s', async (_name, body) => {
    const answer = await send({ body });
    expect(answer.status).toBe(400);
    expect(errorOf(answer)).toMatchObject({ code: 'invalid-input', message: expect.stringContaining('Nothing was changed') });
  });

  it('refuses a body that is too large, with an answer that arrives', async () => {
    const answer = await send({ body: Buffer.alloc(65_000_000, 0x20) });
    expect(answer.status).toBe(413);
    expect(errorOf(answer)).toMatchObject({ code: 'too-large' });
  });

  it('is not confused by prototype tricks in the input', async () => {
    const answer = await send({ body: '{"text":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}' });
    expect(answer.status).toBe(200);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each(['/rpc/', '/rpc/../session', '/rpc/probe%2eecho', `/rpc/${'a'.repeat(101)}`, '/rpc/probe.echo/x', '/rpc/probe.echo%00', '/RPC/probe.echo', '//rpc/probe.echo', '/stop/x'])(
    'has nothing at %s',
    async (target) => {
      expect((await send({ target })).status).toBe(404);
    },
  );

  it('survives a client that sends garbage instead of HTTP', async () => {
    const reply = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(host.address).port), '127.0.0.1', () => socket.write('\u0016\u0003\u0001GARBAGE\r\n\r\n'));
      socket.on('data', (data) => resolve(String(data))).on('error', reject);
    });
    expect(reply).toContain('400');
    expect((await send({})).status).toBe(200);
  });

  it('cuts off a client that never finishes what it says', async () => {
    const limits = { headersTimeout: 100, requestTimeout: 150, connectionsCheckingInterval: 20 };
    const strict = await serveLoopback({ transport: probe.transport, windowFolder: folder, port: 0, key: 'k' }, limits);
    const beginnings = ['POST /rpc/probe.echo HTTP/1.1\r\nHost: x\r\n', `POST /session HTTP/1.1\r\nHost: ${new URL(strict.address).host}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`];
    await Promise.all(
      beginnings.map((beginning) => new Promise((resolve) => {
        connect(Number(new URL(strict.address).port), '127.0.0.1').on('close', resolve).on('error', () => {}).resume().write(beginning);
      })),
    );
    await strict.close();
  });

  it('refuses headers that are too long', async () => {
    const reply = await send({ headers: { 'x-long': 'x'.repeat(20_000) } });
    expect(reply.status).toBe(431);
  });
});

describe('stopping', () => {
  it('stops nothing for whoever guesses an id, and nothing that belongs to another id', async () => {
    expect((await send({ target: '/stop', body: '{"id":"guess"}' })).text).toBe('{"stopped":false}');
    expect((await send({ target: '/stop', body: '{"id":"guess"}', headers: { authorization: '' } })).status).toBe(401);
  });

  it('stops the handler when the connection is cut', async () => {
    const sent = request(`${host.address}/rpc/probe.forever`, { method: 'POST', headers: { ...json, authorization: `Bearer ${token}` } }, (response) => {
      response.on('error', () => {});
      response.once('data', () => sent.destroy());
    });
    sent.on('error', () => {});
    sent.end('{}');
    await new Promise((resolve) => sent.once('close', resolve));
    await expect.poll(() => probe.running()).toBe(0);
  });
});

describe('the files of the window', () => {
  const page = (target: string) => send({ method: 'GET', target });

  it('serves the page and its parts, to be kept only where their name changes with them', async () => {
    expect(await page('/')).toMatchObject({ status: 200, text: expect.stringContaining('Window'), headers: { 'cache-control': 'no-store', 'content-type': 'text/html; charset=utf-8' } });
    expect((await page('/assets/app-1a2b.js')).headers['cache-control']).toContain('immutable');
    expect((await send({ method: 'HEAD', target: '/' })).text).toBe('');
  });

  it('allows the page nothing but itself', async () => {
    const { headers } = await page('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(headers).toMatchObject({ 'x-frame-options': 'DENY', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it.each([
    '/../secret.html', '/..%2fsecret.html', '/%2e%2e/secret.html', '/assets/../../secret.html', '/assets/..%5c..%5csecret.html', '/..\\secret.html', '/%00', '/index.html%00.js',
    '//etc/passwd', '/etc/passwd', '/assets', '/assets/', '/assets/app-1a2b.js.map', '/%', '/%c3%28', '/index.html/', '/INDEX.HTML', '/.env', 'http://evil.example/index.html',
  ])('has no file at %s', async (target) => {
    const answer = await page(target);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('secret');
  });
});

it('says so when its port is taken', async () => {
  const port = Number(new URL(host.address).port);
  const second = serveLoopback({ transport: probe.transport, windowFolder: path.join(folder, 'window'), port, key: 'k' });
  await expect(second).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining('--port') });
});
