import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { killedWhile } from '../../store/fixtures/testing.ts';
import { chanceOf, createFiddler } from '../fixtures/fiddle.ts';
import { dumpOf } from '../fixtures/dump.ts';
import { addFolder, emptyFolder, openIndex } from '../fixtures/folder.ts';

/** `ENGRAM_KILL_ROUNDS=100` for the long run, `ENGRAM_SEED` to have one of them again. */
const rounds = Number(process.env.ENGRAM_KILL_ROUNDS ?? 5);
const seed = Number(process.env.ENGRAM_SEED ?? Date.now() % 1_000_000);
const child = path.join(import.meta.dirname, '../fixtures/indexingChild.ts');

test(`an index killed ${rounds} times while it reads and files change is, once started again, what a fresh one is (seed ${seed})`, { timeout: 60_000 + rounds * 20_000 }, async () => {
  const [dataFolder, folder, chance] = [emptyFolder(), emptyFolder(), chanceOf(seed)];
  const fiddler = createFiddler(folder, chance);
  for (let round = 0; round < rounds; round += 1) {
    let isOver = false;
    const killed = killedWhile([child, dataFolder, folder], chance() * 600).finally(() => (isOver = true));
    while (!isOver) {
      fiddler.once();
      await sleep(chance() * 20);
    }
    expect((await killed).filter((line) => line !== 'ready')).toEqual([]);
    for (let more = Math.floor(chance() * 4); more > 0; more -= 1) fiddler.once();

    const again = openIndex({ dataFolder });
    again.index.begin();
    await again.index.settled();
    const dump = dumpOf(again.db);
    await again.end();
    const fresh = openIndex();
    addFolder(fresh, folder);
    await fresh.index.settled();
    expect(dump, `round ${round}`).toEqual(dumpOf(fresh.db));
    await fresh.end();
  }
});
