/** The whole assistant on a data folder of its own, with the models of any catalogue. One thread, as all of this is measured. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { contract, type Client } from '../../main/contract/contract.ts';
import { createClient } from '../../main/contract/route.ts';
import { appVersion } from '../../main/host/appVersion.ts';
import { silentLog } from '../../main/host/log.ts';
import { readerWorker, resourcesFolder } from '../../main/host/places.ts';
import { createServices } from '../../main/services.ts';
import { openEngine } from './asking.ts';

/** Loaded and ready; gone with everything it wrote when `work` is done. */
export async function withAssistant<T>(modelsFolder: string, work: (client: Client) => Promise<T>): Promise<T> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'engram-bench-'));
  const engine = openEngine();
  const services = await createServices({ dataFolder, engine, log: silentLog, host: 'none', shell: null, modelsFolder, resourcesFolder, readerWorker, version: appVersion() });
  try {
    await services.ready;
    return await work(createClient(contract, services.transport));
  } finally {
    await services.close();
    await engine.dispose();
    rmSync(dataFolder, { recursive: true, force: true });
  }
}

export type Said = { role: 'user' | 'assistant'; text: string; at: number };

/** Remembered like any conversation; gives the messages' ids in order. */
export async function importConversation(client: Client, personaId: string, said: Said[]): Promise<string[]> {
  const messages = said.map(({ role, text, at }, index) => ({ id: `m${index}`, parentId: index === 0 ? null : `m${index - 1}`, role, text, createdAt: at }));
  const { id } = await client.conversation.import({
    file: { format: 'engram-conversation', version: 1, title: 'Imported', createdAt: said[0]?.at ?? 0, messages },
    personaId,
  });
  return (await client.conversation.open({ id })).messages.map((message) => message.id);
}
