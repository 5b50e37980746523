import { contract, type Client } from '../../contract/contract.ts';
import { exchangeCode, fetchTransport } from '../../contract/fetch.ts';
import { createClient } from '../../contract/route.ts';
import { prepareDataFolder } from '../dataFolder.ts';
import { inUse, takeLock, type Lock, type LockRecord } from '../lock.ts';
import { createLog } from '../log.ts';
import { askHolder } from '../serve.ts';

export type Connection = {
  client: Client;
  /** In this process: what was begun ends with it. */
  here: boolean;
  /** Resolves when the models of the settings are loaded, or cannot be. */
  ready(): Promise<void>;
  close(): Promise<void>;
};

/** Starting the engine for a command that looks something up would only take time. */
export type Needs = { models: boolean };

/**
 * The assistant on a data folder: opened in this process or, where a running Engram listens on this machine, that one.
 * Fails with `conflict` when something holds the folder and cannot be spoken to.
 */
export async function connect(dataFolder: string, needs: Needs): Promise<Connection> {
  const folder = prepareDataFolder(dataFolder);
  const answer = takeLock(folder, 'cli');
  return 'holder' in answer ? speakTo(folder, answer.holder) : open(folder, answer.lock, needs);
}

async function speakTo(folder: string, holder: LockRecord): Promise<Connection> {
  if (holder.host !== 'loopback') throw inUse(folder, holder);
  const [address = '', code = ''] = (await askHolder(folder, holder)).split('/#code=');
  const token = await exchangeCode(address, code);
  return { client: createClient(contract, fetchTransport(address, token)), here: false, ready: async () => {}, close: async () => {} };
}

async function open(folder: string, lock: Lock, { models }: Needs): Promise<Connection> {
  try {
    // Late: a command that only prints its help loads no native code.
    const { openServices } = await import('../open.ts');
    const services = await openServices({ dataFolder: folder, log: createLog(folder), host: 'none', shell: null, loadModels: models });
    const close = async () => {
      await services.close();
      lock.release();
    };
    return { client: createClient(contract, services.transport), here: true, ready: () => services.ready, close };
  } catch (error) {
    lock.release();
    throw error;
  }
}
