/**
 * What the owner searched for lately: a file of its own beside the database, so that no back-up holds it and none is made
 * for it. It goes with everything that is erased, and with anything that is forgotten, whose words it may hold.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { RecentSearch } from '../contract/search.ts';

export type RecentSearches = {
  /** Latest first. */
  list(): RecentSearch[];
  keep(text: string, at: number): void;
  remove(text: string): void;
  clear(): void;
};

const mostKept = 20;
const File = z.array(RecentSearch);

export const recentSearchesFile = (dataFolder: string): string => path.join(dataFolder, 'recent-searches.json');

export function createRecentSearches(dataFolder: string): RecentSearches {
  const file = recentSearchesFile(dataFolder);
  function list(): RecentSearch[] {
    try {
      return existsSync(file) ? File.parse(JSON.parse(readFileSync(file, 'utf8'))) : [];
    } catch {
      // Half a file is no loss that anybody would want to hear of.
      return [];
    }
  }
  function write(searches: RecentSearch[]): void {
    if (searches.length === 0) return rmSync(file, { force: true });
    writeFileSync(`${file}.partial`, JSON.stringify(searches), { mode: 0o600 });
    renameSync(`${file}.partial`, file);
  }
  return {
    list,
    keep: (text, at) => write([{ text, at }, ...list().filter((one) => !isSame(one.text, text))].slice(0, mostKept)),
    remove: (text) => write(list().filter((one) => !isSame(one.text, text))),
    clear: () => write([]),
  };
}

const isSame = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();
