/** One suite through every host: an answer must look the same whichever way it came. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exchangeCode, fetchTransport } from '../contract/fetch.ts';
import { portTransport, servePort, type Port } from '../contract/port.ts';
import { createClient, type Client } from '../contract/route.ts';
import type { Transport } from '../contract/transport.ts';
import { childProcessLauncher } from '../engine/launch.ts';
import { createProbe, probeTable } from './fixtures/probe.ts';
import { serveLoopback } from './loopback.ts';

type Open = {
  transport: Transport;
  /** How many handlers run on the answering side. */
  running(): Promise<number>;
  /** The answering side goes away without a word. */
  die(): void;
  close(): Promise<void>;
};

const hosts: Record<string, () => Promise<Open>> = {
  'in process': async () => {
    const probe = createProbe();
    return { transport: probe.transport, running: async () => probe.running(), die: () => {}, close: async () => {} };
  },
  loopback: openLoopback,
  port: openPort,
  'child process': openChild,
};

async function openLoopback(): Promise<Open> {
  const probe = createProbe();
  const folder = mkdtempSync(path.join(tmpdir(), 'engram-hosts-'));
  const host = await serveLoopback({ transport: probe.transport, windowFolder: folder, port: 0, key: 'key' });
  const code = new URL(host.createUrl()).hash.replace('#code=', '');
  const transport = fetchTransport(host.address, await exchangeCode(host.address, code));
  const close = async () => {
    await host.close();
    rmSync(folder, { recursive: true });
  };
  return { transport, running: async () => probe.running(), die: () => void host.close(), close };
}

async function openPort(): Promise<Open> {
  const probe = createProbe();
  const { port1, port2 } = new MessageChannel();
  servePort(probe.transport, nodePort(port1));
  const close = async () => {
    port1.close();
    port2.close();
  };
  return { transport: portTransport(nodePort(port2)), running: async () => probe.running(), die: () => port1.close(), close };
}

/** The way to the engine: the same port over a process channel. */
async function openChild(): Promise<Open> {
  const launcher = childProcessLauncher({ workerPath: path.join(import.meta.dirname, 'fixtures/probeProcess.ts'), log: () => {} });
  const child = await launcher.launch({});
  let alive = true;
  void child.ended.then(() => (alive = false));
  const close = async () => {
    child.kill();
    await child.ended;
  };
  return {
    transport: child.transport,
    running: async () => (alive ? createClient(probeTable, child.transport).probe.running({}) : 0),
    die: () => child.kill(),
    close,
  };
}

function nodePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    listen: (listener) => void port.on('message', listener),
    closed: (listener) => void port.on('close', listener),
  };
}

describe.each(Object.entries(hosts))('%s', (name, open) => {
  let host: Open;
  let client: Client<typeof probeTable>;
  beforeEach(async () => {
    host = await open();
    client = createClient(probeTable, host.transport);
  });
  afterEach(() => host.close());

  it('answers a call, every character of it', async () => {
    const text = 'Zoë asked: “naïve?” \u2028 𝄞 🙂\u0000\n\t"\\';
    expect(await client.probe.echo({ text })).toEqual({ text });
  });

  it('keeps the order of a stream', async () => {
    expect(await all(client.probe.count({ to: 200 }))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
  });

  it('keeps streams that run at once apart', async () => {
    const answers = await Promise.all([5, 50, 17].map((to) => all(client.probe.count({ to }))));
    expect(answers.map((values) => values.length)).toEqual([5, 50, 17]);
  });

  it('carries an answer of many megabytes whole', async () => {
    const values = await all(client.probe.flood({ values: 40, characters: 200_000 }));
    expect(values.map((value) => value.length)).toEqual(Array.from({ length: 40 }, () => 200_000));
  });

  it('says what is wrong with an input', async () => {
    await expect(client.probe.echo({ text: '' })).rejects.toMatchObject({ name: 'AppError', code: 'invalid-input', message: expect.stringContaining('text') });
  });

  it.each(['constructor.x', '__proto__.toString', 'probe.constructor', 'probe.__proto__', 'probe', 'nothing.at-all'])('knows no method %s', async (method) => {
    await expect(all(host.transport(method, {}, new AbortController().signal))).rejects.toMatchObject({ code: 'unknown-method' });
  });

  it('passes on a refusal with its code and sentence', async () => {
    await expect(client.probe.refuse({})).rejects.toMatchObject({ name: 'AppError', code: 'not-allowed', message: 'The built-in one stays.' });
  });

  it('gives what came before a failure, then the failure', async () => {
    const seen: number[] = [];
    const reading = async () => {
      for await (const value of client.probe.fall({})) seen.push(value);
    };
    await expect(reading()).rejects.toMatchObject({ name: 'AppError', code: 'internal', message: 'the model fell over' });
    expect(seen).toEqual([1, 2]);
  });

  it('stops a stream, and still hears the last thing it says', async () => {
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const value of client.probe.forever({}, stop.signal)) {
      seen.push(value);
      if (seen.length === 3) stop.abort();
    }
    expect(seen.at(-1)).toBe('saved');
    expect(await host.running()).toBe(0);
  });

  it('stops the handler when the asker leaves early', async () => {
    for await (const _value of client.probe.forever({})) break;
    await expect.poll(() => host.running()).toBe(0);
  });

  it('ends a stopped call with cancelled', async () => {
    const stop = new AbortController();
    const answer = client.probe.wait({}, stop.signal);
    setImmediate(() => stop.abort());
    await expect(answer).rejects.toMatchObject({ code: 'cancelled' });
  });

  if (name === 'in process') return;

  it('refuses what cannot be sent, and goes on', async () => {
    const unsendable = { text: 'x', missing: (name === 'loopback' ? 1n : () => {}) as unknown as string };
    await expect(client.probe.echo(unsendable)).rejects.toMatchObject({ name: 'AppError' });
    expect(await client.probe.echo({ text: 'still here' })).toEqual({ text: 'still here' });
  });

  it('ends with disconnected on this side and stops on the other when the assistant goes away', async () => {
    const seen: string[] = [];
    const reading = async () => {
      for await (const value of client.probe.forever({})) {
        seen.push(value);
        if (seen.length === 3) host.die();
      }
    };
    await expect(reading()).rejects.toMatchObject({ code: 'disconnected' });
    await expect.poll(() => host.running()).toBe(0);
    await expect(client.probe.echo({ text: 'anyone?' })).rejects.toMatchObject({ code: 'disconnected' });
  });
});

describe('the answering end of a port', () => {
  it('drops what is not a request and answers what is', async () => {
    const { port1, port2 } = new MessageChannel();
    servePort(createProbe().transport, nodePort(port1));
    for (const junk of [null, 1, 'text', {}, { id: 'x', path: 'probe.echo' }, { id: 1 }, { cancel: true }, { id: 9, cancel: true }, []]) port2.postMessage(junk);
    const client = createClient(probeTable, portTransport(nodePort(port2)));
    expect(await client.probe.echo({ text: 'sound' })).toEqual({ text: 'sound' });
    port1.close();
  });
});

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const value of values) seen.push(value);
  return seen;
}
