/** What a vault is grown from: how real notes are built, and real text to fill more of them. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Block } from '../../main/notes/document.ts';
import { readNote } from '../../main/notes/read.ts';

/** A block of a real note without its words. */
export type Shape = { kind: Block['kind']; level: number; lines: number };
/** How a real note is built. */
export type Outline = { shapes: Shape[]; properties: string[] };
export type Section = { heading: string; paragraphs: string[] };

export type Material = {
  /** Markdown as it was found, by its path. */
  notes: { path: string; text: string }[];
  outlines: Outline[];
  sections: Section[];
  items: string[];
  codes: string[];
  tags: string[];
};

/** Reads Markdown, plain text and rows of JSON (`.jsonl`, also gzipped) in these folders; other files are left out. */
export async function readMaterial(folders: readonly string[]): Promise<Material> {
  const material: Material = { notes: [], outlines: [], sections: [], items: [], codes: [], tags: [] };
  for (const folder of folders) {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.map(({ parentPath, name }) => path.join(parentPath, name)).sort()) await readFile(material, { folder, file });
  }
  if (material.sections.length === 0) throw new Error(`There is no Markdown, text or rows of JSON in ${folders.join(', ')}: nothing to grow notes from.`);
  if (material.outlines.length === 0) material.outlines.push(plainOutline);
  return material;
}

const plainOutline: Outline = { properties: ['tags'], shapes: [{ kind: 'paragraph', level: 0, lines: 1 }, { kind: 'heading', level: 2, lines: 1 }, { kind: 'paragraph', level: 0, lines: 1 }, { kind: 'list', level: 0, lines: 4 }] };

async function readFile(material: Material, { folder, file }: { folder: string; file: string }): Promise<void> {
  if (/\.(md|markdown)$/iu.test(file)) await readMarkdown(material, { folder, file });
  else if (/\.txt$/iu.test(file)) addTexts(material, null, readFileSync(file, 'utf8'));
  else if (/\.jsonl(\.gz)?$/iu.test(file)) {
    const bytes = readFileSync(file);
    for (const line of (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split('\n')) if (line !== '') readRow(material, JSON.parse(line) as Row);
  }
}

async function readMarkdown(material: Material, { folder, file }: { folder: string; file: string }): Promise<void> {
  const { text, blocks, tags, properties } = await readNote(file);
  material.notes.push({ path: path.relative(folder, file), text });
  material.tags.push(...tags);
  if (blocks.length > 1) material.outlines.push({ shapes: blocks.map((block) => ({ kind: block.kind, level: block.level ?? 0, lines: block.text.split('\n').length })), properties: Object.keys(properties) });
  let section: Section = { heading: path.basename(file).replace(/\.\w+$/u, ''), paragraphs: [] };
  material.sections.push(section);
  for (const { kind, text: words } of blocks) {
    if (kind === 'heading') material.sections.push((section = { heading: words, paragraphs: [] }));
    else if (kind === 'paragraph') section.paragraphs.push(words);
    else if (kind === 'list') material.items.push(...words.split('\n').map((line) => line.replace(/^\s*(?:[-*+]|\d+\.)\s+(?:\[.\]\s+)?/u, '')));
    else if (kind === 'code') material.codes.push(words.replace(/^\s*[`~]{3,}.*$/gmu, '').trim());
  }
}

type Row = Partial<Record<'text' | 'query' | 'positive' | 'instruction' | 'response' | 'source', string>>;

/** Shorter than a paragraph. Characters. */
const itemLength = 120;

/** A text; a heading and what stands under it; a thing and what is said of it. Other rows are left out. */
function readRow(material: Material, { text, source = 'text', ...row }: Row): void {
  if (source !== material.tags.at(-1)) material.tags.push(source);
  if (text !== undefined) return addTexts(material, null, text);
  const pair = pairIn(row);
  if (!pair) return;
  const { asked, said } = pair;
  if (source === 'tldr') material.codes.push(`# ${asked}\n${said}`);
  else if (said.length >= itemLength && asked.length < itemLength) addTexts(material, asked.split(' - ').at(-1)!, said);
  else if (said.length < itemLength) material.items.push(`${asked}: ${said}`);
}

const pairIn = ({ query: asked, positive: said, instruction, response }: Row) =>
  asked && said ? { asked, said } : instruction && response ? { asked: instruction, said: response } : null;

const paragraphsPerSection = 3;

/** Without a heading of its own a text is called by its first words. */
function addTexts(material: Material, heading: string | null, text: string): void {
  const paragraphs = text.split(/\n\s*\n/u).map((one) => one.trim()).filter((one) => one !== '');
  for (let from = 0; from < paragraphs.length; from += paragraphsPerSection) {
    const some = paragraphs.slice(from, from + paragraphsPerSection);
    material.sections.push({ heading: heading ?? firstWords(some[0]!), paragraphs: some });
  }
}

const firstWords = (text: string) => (text.match(/[\p{L}\p{N}’'-]+/gu) ?? ['Untitled']).slice(0, 6).join(' ');
