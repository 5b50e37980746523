/** What stands between `---` and `---` at the beginning of a note. */
import { parse } from 'yaml';

export type FrontMatter = {
  /** Lines and characters that it takes, its marks included. */
  lines: number;
  to: number;
  title: string | null;
  tags: string[];
  aliases: string[];
  properties: Record<string, string | string[]>;
  mark: string | null;
};

/** Nobody writes more by hand. */
const longest = 64 * 1024;
const none: FrontMatter = { lines: 0, to: 0, title: null, tags: [], aliases: [], properties: {}, mark: null };

export function readFrontMatter(text: string): FrontMatter {
  const head = text.slice(0, longest);
  const found = /^---[ \t]*(?:\r\n?|\n)([^]*?)(?:^|[\r\n])(?:---|\.\.\.)[ \t]*(?=[\r\n]|$)/m.exec(head);
  if (!found || found.index !== 0) return none;
  const place = { lines: found[0].split(/\r\n?|\n/).length, to: found[0].length };
  const values = valuesOf(found[1] ?? '');
  if (!values) return { ...none, ...place, mark: 'Its properties (the lines between --- and ---) could not be read as YAML.' };
  const { title, tags, tag, aliases, alias, ...others } = values;
  const properties = Object.entries(others).flatMap(([key, value]) => flat(key, value));
  return {
    ...place,
    title: typeof title === 'string' && title.trim() !== '' ? title.trim() : null,
    tags: [...listOf(tags, /[\s,]+/), ...listOf(tag, /[\s,]+/)].map((each) => each.replace(/^#/, '')),
    aliases: [...listOf(aliases, /,/), ...listOf(alias, /,/)],
    properties: Object.fromEntries(properties.slice(0, 200)),
    mark: null,
  };
}

/** Null when it is no YAML, or no list of names and values. */
function valuesOf(yaml: string): Record<string, unknown> | null {
  try {
    // Times as they are written; and no anchors, which a few lines of can unfold to gigabytes.
    const values: unknown = parse(yaml, { schema: 'core', maxAliasCount: 0, prettyErrors: false, logLevel: 'error', uniqueKeys: false });
    if (values === null) return {};
    return typeof values === 'object' && !Array.isArray(values) ? (values as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** A list, or words of a text. */
function listOf(value: unknown, between: RegExp): string[] {
  const parts = Array.isArray(value) ? value.map(textOf) : textOf(value)?.split(between) ?? [];
  return parts.flatMap((part) => (part?.trim() ? [part.trim()] : []));
}

function textOf(value: unknown): string | null {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return ['string', 'number', 'boolean', 'bigint'].includes(typeof value) ? String(value) : null;
}

/** `a: {b: 1}` is `a.b: 1`. */
function flat(key: string, value: unknown, depth = 0): [string, string | string[]][] {
  const text = textOf(value);
  if (text !== null) return [[key, text]];
  if (Array.isArray(value)) return [[key, value.flatMap((each) => textOf(each) ?? [])]];
  if (typeof value !== 'object' || value === null || depth > 3) return [];
  return Object.entries(value).flatMap(([inner, each]) => flat(`${key}.${inner}`, each, depth + 1));
}
