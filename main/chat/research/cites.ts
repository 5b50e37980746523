/** Numbers what a report quotes, passage by passage in the order of the report, and writes the quotations. */
import { writtenWhen } from './dates.ts';
import { asQuote, inert } from './plainQuote.ts';
import type { Finding, Source } from './sources.ts';

export type Cited = { mark: number; source: Source; /** What was quoted of it, and where in it that stands. */ quotes: string[]; places: [number, number][] };

export type Cites = {
  /** “…” [1] */
  quote(finding: Finding): string;
  /** [1] */
  mark(finding: Finding): string;
  /** - 4 March 2025 · “…” [1] */
  line(finding: Finding): string;
  /** The same by the note's name where the day is only its file's. */
  item(finding: Finding): string;
  list(): Cited[];
  has(finding: Finding): boolean;
};

export function createCites(): Cites {
  const cited = new Map<string, Cited>();
  const quoted = new Set<Finding>();
  const mark = (finding: Finding) => {
    const { source, text, from, to } = finding;
    const one = cited.get(source.id) ?? { mark: cited.size + 1, source, quotes: [], places: [] };
    cited.set(source.id, one);
    quoted.add(finding);
    if (!one.quotes.includes(text)) {
      one.quotes.push(text);
      one.places.push([from, Math.min(source.text.length, to)]);
    }
    return `[${one.mark}]`;
  };
  const quote = (finding: Finding) => `“${asQuote(finding.text)}” ${mark(finding)}${finding.isOrder ? ' (reads like an order to the assistant; it is only quoted)' : ''}`;
  const line = (finding: Finding) => `- ${writtenWhen(finding.when)} · ${quote(finding)}${openTask(finding)}`;
  const item = (finding: Finding) => (finding.when.by === 'file' ? `- *${nameOf(finding.source.note.title)}* · ${quote(finding)}${openTask(finding)}` : line(finding));
  return { quote, mark, line, item, list: () => [...cited.values()], has: (finding) => quoted.has(finding) };
}

export const openTask = ({ done }: Pick<Finding, 'done'>): string => (done === false ? ' (not ticked off)' : '');

/** As a heading or a bold name. */
export const nameOf = (title: string): string => inert(title.replace(/\s+/gu, ' ').trim());
