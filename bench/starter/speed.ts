/** Speed, memory and size of the files on one thread. */
import { readFileSync, statSync } from 'node:fs';
import type { ProcessEngine } from '../../main/engine/client.ts';
import { median, type Figures } from '../bench.ts';
import type { Ask } from './asking.ts';
import type { Case } from './cases.ts';

const runs = 5;
const tokensPerRun = 256;

/** Loads the chat model as the app does, several times; the last stays. Milliseconds, the engine's process already up. */
export async function loadChat(engine: ProcessEngine, path: string): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 3; run += 1) {
    await engine.unloadChat();
    const startedAt = performance.now();
    await engine.loadChat({ path, name: 'measured', windowTokens: 0 });
    times.push(performance.now() - startedAt);
  }
  return median(times);
}

/**
 * Words a second of answers as they are: a trained model ends each after a sentence or two, so a run adds up answers
 * until they have 256 tokens. Reading the prompt is not counted. Median of five runs, each of other cases.
 */
export async function wordsPerSecond(cases: Case[], ask: Ask): Promise<number> {
  const speeds: number[] = [];
  let next = 0;
  for (let run = 0; run < runs; run += 1) {
    let [words, tokens, ms] = [0, 0, 0];
    for (let tried = 0; tokens < tokensPerRun && tried < tokensPerRun; tried += 1) {
      const { text, stats } = await ask(cases[next % cases.length]!.messages);
      next += 1;
      words += text.split(/\s+/u).filter(Boolean).length;
      tokens += stats.answerTokens;
      ms += stats.writeMs;
    }
    speeds.push((words * 1_000) / ms);
  }
  return median(speeds);
}

const textsMeasured = 1_000;

export async function textsPerSecond(engine: ProcessEngine, texts: string[]): Promise<number> {
  const short = Array.from({ length: textsMeasured }, (_, index) => texts[index % texts.length]!);
  // The first call pays for memory that all later ones use.
  await engine.embed(short.slice(0, 32));
  const startedAt = performance.now();
  for (let from = 0; from < short.length; from += 100) await engine.embed(short.slice(from, from + 100));
  return (short.length * 1_000) / (performance.now() - startedAt);
}

/** Of the engine's process, as the system shares it out (PSS). Linux only; null elsewhere. */
export function memoryMb(engine: ProcessEngine): number | null {
  try {
    const kilobytes = /^Pss:\s+(\d+)/mu.exec(readFileSync(`/proc/${engine.pid() ?? 0}/smaps_rollup`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1_024;
  } catch {
    return null;
  }
}

/** Millions of bytes by file name, and all together. */
export function sizesOf(files: string[]): Figures {
  const sizes = files.map((file) => [file.split(/[\\/]/u).at(-1)!.replace(/\./gu, '_'), statSync(file).size / 1e6] as const);
  return { ...Object.fromEntries(sizes), all: sizes.reduce((sum, [, size]) => sum + size, 0) };
}
