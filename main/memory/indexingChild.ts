/** For a test: talks and indexes until it is killed. The data folder is its argument. */
import { createScriptedEngine } from '../engine/scripted.ts';
import { openDatabase } from '../store/database.ts';
import { rememberMessage } from '../store/memories.ts';
import { createStores } from '../store/stores.ts';
import { createVectors } from '../vectors/vectors.ts';
import { createMemoryIndexer } from './indexer.ts';

const folder = process.argv[2]!;
const db = openDatabase(folder);
const stores = createStores(db, { remember: rememberMessage });
const engine = createScriptedEngine();
const indexer = createMemoryIndexer({ db, vectors: createVectors(`${folder}/vectors`), engine, log: () => undefined });
const { id: conversationId } = stores.conversations.create({ personaId: 'friendly' });
process.stdout.write('ready\n');
for (let line = 0; ; line += 1) {
  const { id } = stores.messages.append({ conversationId, role: 'user', text: `Line ${line} of ${conversationId} is about subject ${line % 97}.` });
  process.stdout.write(`${id}\n`);
  indexer.wake();
  if (line % 20 === 0) await indexer.settled();
  else await new Promise((resolve) => setImmediate(resolve));
}
