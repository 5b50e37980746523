/** From a letter typed to results, and whether what was meant is among them. */
import type { Client } from '../../main/contract/contract.ts';
import type { Figures } from '../bench.ts';
import { percentile } from '../recall/scores.ts';
import { keystrokes, knownKinds, typedKinds, type Known, type Typed } from './cases.ts';
import { pathsFound } from './working.ts';

/** As many as the window shows at first. */
const shown = 30;
const first = 5;

/** Finds notes by what was typed so far: their paths, best first. */
export type Search = (text: string, limit: number) => Promise<string[]>;

export const searchOf = (client: Client, meaning: boolean): Search => (text, limit) => pathsFound(client, text, { limit, meaning });

/** Each letter is waited for, none twice: nothing typed before helps. `processor`: of this process alone, which a busy machine changes less. */
export async function timeTyping(typed: readonly Typed[], search: Search): Promise<Figures> {
  for (const { text } of typed.slice(0, 3)) await search(text.split('').reverse().join(''), shown);
  const times: { kind: string; text: string; ms: number; processor: number }[] = [];
  for (const { kind, text } of typed) {
    for (const letters of keystrokes(text)) {
      const before = process.cpuUsage();
      const from = performance.now();
      await search(letters, shown);
      const ms = performance.now() - from;
      const { user, system } = process.cpuUsage(before);
      times.push({ kind, text: letters, ms, processor: (user + system) / 1_000 });
    }
  }
  const all = times.map(({ ms }) => ms);
  const processor = times.map((one) => one.processor);
  const slowest = times.reduce((one, other) => (other.ms > one.ms ? other : one));
  return {
    keystrokes: all.length,
    p50: percentile(all, 0.5),
    p95: percentile(all, 0.95),
    most: slowest.ms,
    slowest: slowest.text,
    processor: { p50: percentile(processor, 0.5), p95: percentile(processor, 0.95) },
    p95ByKind: Object.fromEntries(typedKinds.flatMap((kind) => {
      const some = times.filter((one) => one.kind === kind).map(({ ms }) => ms);
      return some.length === 0 ? [] : [[kind, percentile(some, 0.95)]];
    })),
  };
}

/** The share of notes known that stand among the first five. */
export async function countFound(known: readonly Known[], search: Search): Promise<Figures> {
  const found: { kind: string; isFound: boolean }[] = [];
  for (const { kind, text, path } of known) found.push({ kind, isFound: (await search(text, first)).slice(0, first).includes(path) });
  const share = (some: typeof found) => some.filter(({ isFound }) => isFound).length / some.length;
  return { n: found.length, all: share(found), ...Object.fromEntries(knownKinds.map((kind) => [kind, share(found.filter((one) => one.kind === kind))])) };
}
