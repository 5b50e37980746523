/** The whole assistant on a data folder, without a window. */
import { contract, type Client } from '../main/contract/contract.ts';
import { createClient } from '../main/contract/route.ts';
import { silentLog } from '../main/host/log.ts';
import { openServices } from '../main/host/open.ts';

export async function withAssistant<T>(dataFolder: string, work: (client: Client) => Promise<T>): Promise<T> {
  const services = await openServices({ dataFolder, log: silentLog, host: 'none', shell: null });
  try {
    await services.ready;
    return await work(createClient(contract, services.transport));
  } finally {
    await services.close();
  }
}

/** Waits until every memory has its embedding, or there is no embedder. */
export async function embedded(client: Client): Promise<void> {
  const stop = new AbortController();
  for await (const event of client.app.events({}, stop.signal)) {
    if (event.type !== 'index') continue;
    if (event.status.state === 'words-only' && event.status.embedded === event.status.total) break;
    if (event.status.state === 'up-to-date' && event.status.embedded === event.status.total) break;
  }
  stop.abort();
}
