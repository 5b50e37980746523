/** What of a folder is left out: by the owner's own lines, by `.gitignore` and `.engramignore`, and always. */
import ignore, { type Ignore } from 'ignore';

/** Read in this order: where two disagree, the last decides. */
export const ruleFiles: readonly string[] = ['.gitignore', '.engramignore'];

export type Rules = {
  /** `path` from the notes' folder, with '/'; the folders above it have been asked about already. */
  leavesOut(path: string, isFolder: boolean): boolean;
  /** These, and the lines that stand in a folder further down. */
  within(folder: string, lines: string): Rules;
};

/** `lines`: the owner's own for this folder, which decide before any file. */
export function rulesOf({ ignore: lines, hidden }: { ignore: readonly string[]; hidden: boolean }): Rules {
  const own = matcherOf(lines);
  return chained([], (path, isFolder) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (isNever(name, isFolder)) return true;
    return decision(own, path, isFolder) ?? (!hidden && name.startsWith('.') ? true : null);
  });
}

type Level = { below: string; matcher: Ignore };

/** The folder that lies deepest decides, as with git. */
function chained(levels: readonly Level[], first: (path: string, isFolder: boolean) => boolean | null): Rules {
  return {
    leavesOut(path, isFolder) {
      let left = first(path, isFolder);
      for (let at = levels.length - 1; left === null && at >= 0; at -= 1) {
        const { below, matcher } = levels[at]!;
        left = decision(matcher, below === '' ? path : path.slice(below.length + 1), isFolder);
      }
      return left ?? false;
    },
    within: (folder, lines) => chained([...levels, { below: folder, matcher: matcherOf(lines.slice(0, longestFile).split(/\r?\n/u)) }], first),
  };
}

function decision(matcher: Ignore, path: string, isFolder: boolean): boolean | null {
  const { ignored, unignored } = matcher.test(isFolder ? `${path}/` : path);
  if (ignored) return true;
  return unignored ? false : null;
}

const longestFile = 256 * 1_024;
const mostLines = 5_000;
const longestLine = 1_000;
/** Each is tried at every letter of a path: a line with many, made to do harm, would stand still for hours. */
const mostStars = 6;

function matcherOf(lines: readonly string[]): Ignore {
  const matcher = ignore();
  for (const line of lines.slice(0, mostLines)) if (isSound(line)) matcher.add(line);
  return matcher;
}

function isSound(line: string): boolean {
  if (line.length > longestLine || line.replaceAll(/\*+/gu, '*').split('*').length - 1 > mostStars) return false;
  try {
    ignore().add(line).test('a');
    return true;
  } catch {
    // Not even a rule.
    return false;
  }
}

/** What programs keep for themselves. */
const neverFolders = new Set([
  '.git', '.hg', '.svn', '.bzr', 'node_modules', '__pycache__', '.obsidian', '.trash', '.trashes', '.stversions', '.stfolder', '.dropbox.cache', '.tmp.drivedownload', '.sync',
  '.spotlight-v100', '.fseventsd', '.documentrevisions-v100', '.temporaryitems', '$recycle.bin', 'system volume information', 'lost+found', '@eadir', '#recycle',
]);
const neverFiles = new Set([...ruleFiles, '.ds_store', 'thumbs.db', 'desktop.ini', '.localized', '4913']);
/** What editors, offices and downloads write beside a file while it is being saved. */
const temporary = /^(?:~\$|\.~|\.#|\.goutputstream-|\.sb-|\.nfs|\.fuse_hidden|~WRL|#.*#$)|(?:~|\.(?:sw[a-p]|tmp|temp|part|partial|crdownload|kate-swp|bak~))$|___jb_(?:tmp|old)___$|\.sb-[0-9a-f]+-\w+$/iu;

function isNever(name: string, isFolder: boolean): boolean {
  const lower = name.toLowerCase();
  return isFolder ? neverFolders.has(lower) || lower.startsWith('.trash-') : neverFiles.has(lower) || temporary.test(name);
}

/** A folder in which this lies is Engram's own: what it writes there would be read again, for ever. */
export const ownFile = 'engram.db';
