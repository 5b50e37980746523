import type { Fit, Hardware } from '../contract/model.ts';

export type FitQuestion = {
  sizeBytes: number;
  /** It is loaded now, so what it needs is already taken. */
  loaded: boolean;
  hardware: Pick<Hardware, 'totalMemoryBytes' | 'freeMemoryBytes'>;
  /** A graphics card computes. */
  accelerated: boolean;
};

/** Beside the weights: the cache, the buffers, the process. */
const besideWeights = (sizeBytes: number) => 80 * megabyte + 0.15 * sizeBytes;
/** The system and everything else must live too. */
const usableShare = 0.9;
/**
 * Every weight is read once for each token, so speed is memory bandwidth over size: 4 GB is about five tokens a second on
 * a laptop's processor.
 */
const slowOnProcessor = 4_000_000_000;

const megabyte = 1_000_000;

/** Whether this machine can run a model of this size: a rule over measured memory, said in words. Pure. */
export function judgeFit({ sizeBytes, loaded, hardware, accelerated }: FitQuestion): Fit {
  const needsBytes = Math.round(sizeBytes + besideWeights(sizeBytes));
  const { totalMemoryBytes, freeMemoryBytes } = hardware;
  const needs = `It needs about ${inWords(needsBytes)} of memory`;
  if (needsBytes > totalMemoryBytes * usableShare) {
    return { verdict: 'will-not-fit', needsBytes, reason: `${needs}, and this machine has ${inWords(totalMemoryBytes)}.` };
  }
  if (!loaded && needsBytes > freeMemoryBytes) {
    return { verdict: 'may-be-slow', needsBytes, reason: `${needs}, and ${inWords(freeMemoryBytes)} is free now. Close other programs first.` };
  }
  if (!accelerated && sizeBytes > slowOnProcessor) {
    return { verdict: 'may-be-slow', needsBytes, reason: `${needs}. There is room, but a processor alone will write slowly with it.` };
  }
  return { verdict: 'fits-well', needsBytes, reason: loaded ? `${needs}.` : `${needs}; ${inWords(freeMemoryBytes)} is free.` };
}

const steps = [
  { bytes: 1_000_000_000, unit: 'gigabyte' },
  { bytes: 1_000_000, unit: 'megabyte' },
] as const;

function inWords(bytes: number): string {
  const { bytes: step, unit } = steps.find((candidate) => bytes >= candidate.bytes) ?? steps[1];
  const value = bytes / step;
  return new Intl.NumberFormat('en', { style: 'unit', unit, maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
}
