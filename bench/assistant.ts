/** The whole assistant on a data folder, without a window. */
import { contract, type Client } from '../main/contract/contract.ts';
import { createClient } from '../main/contract/route.ts';
import { silentLog } from '../main/host/log.ts';
import { openServices } from '../main/host/open.ts';

/** `loadModels: false`: as for a command that looks something up. */
export async function withAssistant<T>(dataFolder: string, work: (client: Client) => Promise<T>, { loadModels = true } = {}): Promise<T> {
  const services = await openServices({ dataFolder, log: silentLog, host: 'none', shell: null, loadModels });
  try {
    await services.ready;
    return await work(createClient(contract, services.transport));
  } finally {
    await services.close();
  }
}

/** Waits until what was found is read again, where a reranker is loaded: what it is worth is examined first. */
export async function reading(client: Client): Promise<void> {
  if (!(await client.model.list({})).some(({ role, loaded }) => role === 'reranker' && loaded)) return;
  const { defaultPersonaId: personaId } = await client.app.settings({});
  const isRead = async () => (await client.memory.recall({ question: 'Where do I live?', personaId, limit: 3, meaning: true })).citations.some(({ scores }) => scores.told !== undefined);
  for (let tries = 0; tries < 100 && !(await isRead()); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
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
