/** How long notes take to be read, to be looked through again, and to be found once they change. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, utimesSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Client } from '../../main/contract/contract.ts';
import type { Figures } from '../bench.ts';
import { percentile } from '../recall/scores.ts';
import { chanceFrom } from './chance.ts';
import { atRest, onlyFolder, pathsFound, readSince, secondsOf } from './working.ts';

const longestIndexing = 550;
const rescans = 3;
const changes = 20;
const longestChange = 10_000;
const mostMissed = 3;

/** Reading every file and its SHA-256, one after the other: what an index cannot do without. The least of two, after one that warms the disk's cache. */
export function readAndHash(folder: string): number {
  const times = [0, 1, 2].map(() => {
    const from = performance.now();
    for (const file of filesIn(folder)) createHash('sha256').update(readFileSync(file)).digest('hex');
    return (performance.now() - from) / 1_000;
  });
  return Math.min(...times.slice(1));
}

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));

/** On an assistant that knows no folder yet. */
export async function timeIndexing(client: Client, folder: string): Promise<Figures> {
  const before = readAndHash(folder);
  const memory = watchMemory();
  const used = process.cpuUsage();
  const from = performance.now();
  await client.notes.addFolder({ path: folder });
  const { notes, chunks } = await readSince(client, null, longestIndexing);
  const seconds = (performance.now() - from) / 1_000;
  await atRest(client, longestIndexing);
  const restSeconds = (performance.now() - from) / 1_000;
  const { user, system } = process.cpuUsage(used);
  const peak = memory.stop();
  const readingSeconds = Math.min(before, readAndHash(folder));
  return { notes, chunks, seconds, /** Until the index was tidied up, too; what was read is found before. */ restSeconds, /** Of all its threads. */ processorSeconds: (user + system) / 1e6, notesPerSecond: notes / seconds, readingSeconds, timesReading: seconds / readingSeconds, peakMegabytes: peak };
}

/** Of this process, while something runs in it. */
function watchMemory(): { stop(): number } {
  let peak = process.memoryUsage().rss;
  const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100);
  return {
    stop() {
      clearInterval(timer);
      return peak / 1e6;
    },
  };
}

/** Everything looked through once more, and nothing to be read. */
export async function timeRescans(client: Client): Promise<Figures> {
  const times: number[] = [];
  for (let round = 0; round < rescans; round += 1) {
    const { id, scannedAt } = await onlyFolder(client);
    // So that two rounds never carry the same time.
    await new Promise((resolve) => setTimeout(resolve, 20));
    times.push(await secondsOf(async () => (await client.notes.rescan({ id }), await readSince(client, scannedAt, longestIndexing))));
  }
  return { seconds: Math.min(...times), most: Math.max(...times) };
}

/** From the moment a file is saved until its new words are found. `missed`: not within ten seconds; they count as that long. */
export async function timeChanges(client: Client, { folder, seed }: { folder: string; seed: number }): Promise<Figures> {
  const files = chanceFrom(seed).shuffled(filesIn(folder).sort()).slice(0, changes);
  const times: number[] = [];
  let missed = 0;
  for (const [at, file] of files.entries()) {
    const took = await timeChange(client, { folder, file, word: wordFor(at) });
    times.push(took ?? longestChange);
    if (took === null) missed += 1;
    if (missed === mostMissed) break;
  }
  return { changed: times.length - missed, missed, p50: percentile(times, 0.5) / 1_000, most: Math.max(...times) / 1_000 };
}

/** A word that stands nowhere, and is not like the others: it would be found by a slip. */
function wordFor(at: number): string {
  const chance = chanceFrom(at);
  return Array.from({ length: 6 }, () => `${chance.of([...'bdfgkmprvxz'])}${chance.of([...'aeiouy'])}`).join('');
}

async function timeChange(client: Client, { folder, file, word }: { folder: string; file: string; word: string }): Promise<number | null> {
  const wanted = path.relative(folder, file).split(path.sep).join('/');
  const [text, { atime, mtime }] = [readFileSync(file), statSync(file)];
  writeFileSync(file, `${text.toString('utf8')}\nIt is called ${word}.\n`);
  const from = performance.now();
  try {
    while (performance.now() - from < longestChange) {
      if ((await pathsFound(client, word, { limit: 1, meaning: false })).includes(wanted)) return performance.now() - from;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    return null;
  } finally {
    writeFileSync(file, text);
    utimesSync(file, atime, mtime);
  }
}
