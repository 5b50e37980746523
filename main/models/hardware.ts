import { arch, availableParallelism, cpus, freemem, release, totalmem, type as systemName } from 'node:os';
import type { Hardware } from '../contract/model.ts';

/** What is measured without loading anything; graphics cards are found when the engine starts. */
export function readHardware(): Hardware {
  return {
    cpu: cpus()[0]?.model.trim() || arch(),
    cores: availableParallelism(),
    totalMemoryBytes: totalmem(),
    freeMemoryBytes: freeMemory(),
    platform: `${systemName()} ${release()} (${arch()})`,
  };
}

/** macOS fills free memory with caches and compresses: what is counted as free there says little. */
const freeMemory = () => (process.platform === 'darwin' ? Math.max(freemem(), totalmem() / 2) : freemem());
