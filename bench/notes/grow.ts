/** A vault of as many notes as wanted: the real ones as they are, and others built as they are built, filled with real text, none like another. */
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chanceFrom, type Chance } from './chance.ts';
import type { Material, Outline, Section, Shape } from './material.ts';

export type Growing = { folder: string; notes: number; seed: number };

/** Characters of a grown note: with these, the chunker makes five passages of most. Twice that at most. */
const usualLength = 2_200;
const linkShare = 0.25;
const firstDay = Date.UTC(2019, 0, 1);
const days = 2_500;

export function growVault(material: Material, { folder, notes, seed }: Growing): void {
  const chance = chanceFrom(seed);
  const real = material.notes.slice(0, notes);
  for (const note of real) write(folder, note, chance);
  const garden = gardenOf(material, chance, real.map(({ path: at }) => path.basename(at, path.extname(at))));
  for (let grown = real.length; grown < notes; grown += 1) write(folder, growNote(garden), chance);
}

function write(folder: string, { path: at, text }: { path: string; text: string }, chance: Chance): void {
  const file = path.join(folder, at);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  const modified = new Date(firstDay + chance.below(days) * 86_400_000);
  utimesSync(file, modified, modified);
}

type Garden = {
  chance: Chance;
  outlines: Outline[];
  sections: Supply<Section>;
  items: Supply<string>;
  codes: Supply<string>;
  tags: string[];
  folders: string[];
  /** Of all notes so far. */
  titles: string[];
  /** How often a name was wanted, without capitals: some systems tell no more. */
  taken: Map<string, number>;
};

function gardenOf(material: Material, chance: Chance, titles: string[]): Garden {
  const folders = [...new Set([...material.notes.map(({ path: at }) => path.dirname(at)), 'Journal', 'Projects', 'Projects/Archive', 'Reading'])];
  return {
    chance,
    outlines: material.outlines,
    sections: supplyOf(material.sections.filter(({ paragraphs }) => paragraphs.length > 0), mixedSections, chance),
    items: supplyOf(material.items.length > 0 ? material.items : ['…'], mixedTexts, chance),
    codes: supplyOf(material.codes.length > 0 ? material.codes : ['…'], mixedTexts, chance),
    tags: material.tags.length > 0 ? [...new Set(material.tags)] : ['idea', 'work', 'garden/plants', 'to-read'],
    folders,
    titles,
    taken: new Map(titles.map((title) => [title.toLowerCase(), 1])),
  };
}

/** Each thing once, in an order of chance; then, for another round, new ones made of two. */
type Supply<T> = () => T;

function supplyOf<T>(things: readonly T[], mixed: (one: T, other: T) => T, chance: Chance): Supply<T> {
  let left = chance.shuffled(things);
  let round = 0;
  return () => {
    if (left.length === 0) {
      round += 1;
      left = chance.shuffled(things);
    }
    const one = left.pop()!;
    return round === 0 ? one : mixed(one, chance.of(things));
  };
}

const sentences = (text: string) => text.match(/[^.!?]+[.!?]*\s*/gu) ?? [text];

/** The sentences of both, by turns. */
function mixedTexts(one: string, other: string): string {
  const [ours, theirs] = [sentences(one), sentences(other)];
  return ours.flatMap((sentence, index) => [sentence.trim(), theirs[index]?.trim() ?? '']).join(' ').trim();
}

const mixedSections = (one: Section, other: Section): Section => ({ heading: one.heading, paragraphs: one.paragraphs.map((text, index) => mixedTexts(text, other.paragraphs[index] ?? '')) });

function growNote(garden: Garden): { path: string; text: string } {
  const { chance } = garden;
  const outline = chance.of(garden.outlines);
  const first = garden.sections();
  const title = freeTitle(garden, first.heading);
  const length = usualLength * (0.25 + 1.5 * chance.next());
  const parts = [frontMatter(garden, outline)];
  const under = [...first.paragraphs];
  let written = 0;
  for (let at = 0; written < length; at += 1) {
    const part = grown(garden, outline.shapes[at % outline.shapes.length]!, under);
    written += part.length;
    parts.push(part);
  }
  garden.titles.push(title);
  return { path: `${chance.of(garden.folders)}/${title}.md`, text: `${parts.filter((part) => part !== '').join('\n\n')}\n` };
}

function freeTitle({ taken }: Garden, heading: string): string {
  const title = heading.replace(/[\\/:*?"<>|#^[\]\p{C}]+/gu, ' ').replace(/\s+/gu, ' ').trim().slice(0, 80).replace(/[. ]+$/u, '') || 'Untitled';
  const count = (taken.get(title.toLowerCase()) ?? 0) + 1;
  taken.set(title.toLowerCase(), count);
  if (count === 1) return title;
  return freeTitle({ taken } as Garden, `${title} ${count}`);
}

/** What the note it is built after says of itself, with tags and a day of its own. */
function frontMatter({ chance, tags }: Garden, { properties }: Outline): string {
  const lines = properties.filter((name) => /^(publish|mobile|cssclasses)$/u.test(name)).map((name) => `${name}: true`);
  if (chance.next() < 0.6) lines.push('tags:', ...[...new Set([chance.of(tags), chance.of(tags)])].map((tag) => `  - ${tag}`));
  if (chance.next() < 0.3) lines.push(`created: ${new Date(firstDay + chance.below(days) * 86_400_000).toISOString().slice(0, 10)}`);
  return lines.length === 0 ? '' : ['---', ...lines, '---'].join('\n');
}

/** `under`: what is still to be said under the last heading. */
function grown(garden: Garden, { kind, level, lines }: Shape, under: string[]): string {
  const { items, codes } = garden;
  switch (kind) {
    case 'heading': {
      const { heading, paragraphs } = garden.sections();
      under.splice(0, under.length, ...paragraphs);
      return `${'#'.repeat(Math.max(1, level))} ${oneLine(heading)}`;
    }
    case 'paragraph':
      return linked(garden, paragraphOf(garden, under));
    case 'list':
      return times(lines, () => `- ${oneLine(items())}`).join('\n');
    case 'table':
      return ['| Name | What it is |', '| --- | --- |', ...times(lines, () => `| ${oneLine(items()).replace(/\|/gu, '/').replace(/: | - /u, ' | ')} |`)].join('\n');
    case 'code':
      return `\`\`\`\n${codes().replaceAll('```', '')}\n\`\`\``;
    case 'quote':
      return `> [!tip] ${oneLine(items())}\n> ${oneLine(paragraphOf(garden, under))}`;
  }
}

const mostLines = 8;
const times = (count: number, make: () => string) => Array.from({ length: Math.min(mostLines, Math.max(1, count)) }, make);
const oneLine = (text: string) => text.replace(/\s+/gu, ' ').trim();

const paragraphOf = ({ sections }: Garden, under: string[]): string => under.shift() ?? sections().paragraphs[0]!;

function linked({ chance, titles }: Garden, text: string): string {
  if (chance.next() >= linkShare || titles.length === 0) return text;
  const title = chance.of(titles);
  return `${text} ${chance.next() < 0.5 ? `See [[${title}]].` : `More is in [[${title}|${title.split(' ').slice(0, 3).join(' ')}]].`}`;
}
