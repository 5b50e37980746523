import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { screen, type BrowserWindow, type Rectangle } from 'electron';

const usual = { width: 1180, height: 800 };
export const smallest = { width: 720, height: 480 };

/** Where the window stood when it was last closed, where that still is on a screen. */
export function readBounds(file: string): Partial<Rectangle> & { width: number; height: number } {
  const kept = parse(file);
  if (!kept) return usual;
  const { workArea } = screen.getDisplayMatching(kept);
  return overlap(kept, workArea) ? kept : { width: kept.width, height: kept.height };
}

/** Notes where the window stands whenever it closes. */
export function keepBounds(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    try {
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(window.getNormalBounds()));
    } catch {
      // Not worth a word: it opens at its usual size next time.
    }
  });
}

function parse(file: string): Rectangle | undefined {
  try {
    const { x, y, width, height } = JSON.parse(readFileSync(file, 'utf8')) as Rectangle;
    const sane = [x, y, width, height].every(Number.isInteger) && width >= smallest.width && height >= smallest.height;
    return sane ? { x, y, width, height } : undefined;
  } catch {
    return undefined;
  }
}

function overlap(one: Rectangle, other: Rectangle): boolean {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  return across > 100 && down > 100;
}
