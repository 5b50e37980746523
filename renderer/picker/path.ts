/** One step of the way to a folder: what it is called, and where it is. */
export type Crumb = { name: string; path: string };

/** The folders from the root to this path, both kinds of path: `/home/ana`, `C:\Users\ana`, `\\server\share\x`. */
export function breadcrumbs(path: string): Crumb[] {
  const { root, rest, separator } = splitRoot(path);
  const crumbs: Crumb[] = root ? [{ name: root, path: root }] : [];
  let current = root;
  for (const name of rest.split(separator === '/' ? '/' : /[\\/]/).filter(Boolean)) {
    current = current === '' || current.endsWith(separator) ? current + name : current + separator + name;
    crumbs.push({ name, path: current });
  }
  return crumbs;
}

function splitRoot(path: string): { root: string; rest: string; separator: string } {
  const share = /^\\\\[^\\/]+[\\/][^\\/]+/.exec(path)?.[0];
  if (share) return { root: share, rest: path.slice(share.length), separator: '\\' };
  const drive = /^[A-Za-z]:[\\/]?/.exec(path)?.[0];
  if (drive) return { root: `${drive.slice(0, 2)}\\`, rest: path.slice(drive.length), separator: '\\' };
  if (path.startsWith('/')) return { root: '/', rest: path.slice(1), separator: '/' };
  return { root: '', rest: path, separator: '/' };
}

/** The folder a path stands in, and its last name: where to look when somebody types the path of a file. */
export function split(path: string): { folder: string; name: string } {
  const crumbs = breadcrumbs(path);
  const last = crumbs.at(-1);
  const parent = crumbs.at(-2);
  return { folder: parent?.path ?? last?.path ?? '', name: parent ? (last?.name ?? '') : '' };
}

/** Whether a file may be chosen, by the end of its name; no extensions given means any. */
export function hasExtension(name: string, extensions: readonly string[]): boolean {
  const lower = name.toLowerCase();
  return extensions.length === 0 || extensions.some((extension) => lower.endsWith(`.${extension.toLowerCase().replace(/^\./, '')}`));
}
