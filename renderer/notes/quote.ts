/** What of a note is copied to stand elsewhere. Pure. */

type Source = { title: string; path: string; file: string };

/** A link that leads to the file from anywhere on this machine. */
export const linkTo = ({ title, file }: Source): string => `[${title.replace(/([[\]\\])/g, '\\$1')}](${addressOf(file)})`;

/** `C:\a b.md` and `/a b.md` as addresses. */
export function addressOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/').replace(/^\/?([A-Za-z])%3A/, '/$1:');
  return `file://${path}`.replaceAll('(', '%28').replaceAll(')', '%29');
}

/** The words, each line of them quoted, and where they stand. */
export function quoteOf(words: string, { title, path }: Source, page: string | null): string {
  const lines = words.trim().split(/\r?\n/).map((line) => (line.trim() ? `> ${line}` : '>'));
  return `${lines.join('\n')}\n>\n> — ${[title, path, page].filter(Boolean).join(', ')}\n`;
}
