// mem0 in a process of its own: told one message at a time, then asked. One job comes as a message, one result goes back.
import net from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';

/** Every machine but this one that anything here tried to reach. None is reached. */
const elsewhere = new Set();
refuseOthers();

process.once('message', async (job) => {
  try {
    process.send({ result: await run(job) }, () => process.exit(0));
  } catch (error) {
    process.send({ failure: error instanceof Error ? error.stack : String(error) }, () => process.exit(1));
  }
});

/** Before mem0 is loaded: whatever it opens goes through here. */
function refuseOthers() {
  const connect = net.Socket.prototype.connect;
  net.Socket.prototype.connect = function (...given) {
    const [options] = Array.isArray(given[0]) ? given[0] : given;
    const host = options?.host ?? options?.hostname ?? (options?.path ? 'pipe' : 'localhost');
    if (!['127.0.0.1', '::1', 'localhost', 'pipe'].includes(host)) {
      elsewhere.add(host);
      process.nextTick(() => this.destroy(new Error(`${host} is not this machine.`)));
      return this;
    }
    return connect.apply(this, given);
  };
}

async function run({ url, folder, infer, dimensions, messages, questions, topK, usual }) {
  // Not a word the map of imports should know: it is installed for this bench alone.
  const name = 'mem0ai/oss';
  const { Memory } = await import(name);
  const memory = new Memory({
    embedder: { provider: 'openai', config: { apiKey: 'none', baseURL: url, model: 'engram-starter' } },
    llm: { provider: 'openai', config: { apiKey: 'none', baseURL: url, model: 'scripted' } },
    vectorStore: { provider: 'memory', config: { collectionName: 'bench', dimension: dimensions, dbPath: path.join(folder, 'vectors.db') } },
    historyStore: { provider: 'sqlite', config: { historyDbPath: path.join(folder, 'history.db') } },
  });
  const write = meter();
  for (const { id, role, content, at } of messages) {
    await write.time(() => memory.add([{ role, content }], { userId: 'owner', infer, metadata: { turn: id, saidAt: at } }));
  }
  process.send({ written: true });
  const query = meter();
  const found = [];
  for (const question of questions) {
    await query.time(() => memory.search(question, { topK: usual, filters: { user_id: 'owner' } }));
    const { results } = await memory.search(question, { topK, filters: { user_id: 'owner' } });
    found.push(results.map(({ metadata }) => metadata.turn));
  }
  return { write: write.figures(), query: query.figures(), found, elsewhere: [...elsewhere] };
}

/** Wall time of each, and this process's own time on the processor for all. */
function meter() {
  const wall = [];
  let processor = 0;
  return {
    async time(work) {
      const [from, before] = [performance.now(), process.cpuUsage()];
      const result = await work();
      const { user, system } = process.cpuUsage(before);
      wall.push(performance.now() - from);
      processor += (user + system) / 1_000;
      return result;
    },
    figures: () => ({ wall, processor }),
  };
}
