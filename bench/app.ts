/** The built app in a process of its own, reached as a window reaches it: over the loopback host. */
import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { contract, type Client } from '../main/contract/contract.ts';
import { exchangeCode, fetchTransport } from '../main/contract/fetch.ts';
import { createClient } from '../main/contract/route.ts';

const built = path.resolve(import.meta.dirname, '../dist/main/serve.js');

export type App = { client: Client; close(): Promise<void> };

/** Resolves once the models of its settings are loaded. */
export async function openApp(dataFolder: string): Promise<App> {
  const child = fork(built, ['--data', dataFolder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  const { origin, hash } = new URL(await addressOf(child));
  const client = createClient(contract, fetchTransport(origin, await exchangeCode(origin, hash.replace('#code=', ''))));
  await untilReady(client);
  return { client, close: () => end(child) };
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve((message as { url: string }).url));
    child.once('exit', (code) => reject(new Error(`The app ended with code ${code}.`)));
  });
}

async function untilReady(client: Client): Promise<void> {
  const stop = new AbortController();
  for await (const event of client.app.events({}, stop.signal)) {
    if (event.type === 'engine' && event.status.state === 'ready' && event.status.chatModel) break;
  }
  stop.abort();
}

const end = (child: ChildProcess) =>
  new Promise<void>((resolve) => {
    if (child.exitCode !== null) resolve();
    child.once('exit', () => resolve());
    child.kill('SIGINT');
  });
