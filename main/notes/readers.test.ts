/** Each format from a small real file: its words, in order, at places that hold them; its headings, links and names. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { NoteDocument } from './document.ts';
import { chapter, docxOf, epubOf, odtOf, paragraph } from './fixtures/office.ts';
import { pdfOf } from './fixtures/pdfFile.ts';
import { readNote } from './read.ts';

let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(tmpdir(), 'engram-readers-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Buffer): Promise<NoteDocument> {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  const document = await readNote(file);
  for (const { place } of document.blocks) expect(place.from >= 0 && place.from < place.to && place.to <= document.text.length, JSON.stringify(place)).toBe(true);
  document.blocks.reduce((end, { place }) => {
    expect(place.from).toBeGreaterThanOrEqual(end);
    return place.to;
  }, 0);
  return document;
}

const outline = ({ blocks }: NoteDocument) => blocks.map(({ kind, text, level }) => `${kind}${level ?? ''}: ${text}`);
const stood = ({ blocks, text }: NoteDocument) => blocks.map(({ place }) => text.slice(place.from, place.to));

describe('Markdown', () => {
  const note = `---
title: The winter garden
tags: [plants, garden/winter]
aliases:
  - Cold frames
created: 2026-11-02
rating: 4
---
# Winter

Leeks **stand** outside, see [[Leeks#Sowing|how to sow]] and ![[map.png]]. #frost/hard

- [ ] order *seed*
- mulch, \`#notatag [[notalink]]\`
  - with leaves ^mulching

> [!tip] Fleece
> Keeps the [north wind](https://example.org/wind_(north) "w") off.

| bed | crop |
|-----|------|
| 1 | kale |

\`\`\`sh
echo "[[code]]" #code
\`\`\`

A last word. ^last-1
`;

  it('is told in blocks, each where it stands in the file, without its markup', async () => {
    const document = await read('Garden.md', note);
    expect(outline(document)).toEqual([
      'heading1: Winter',
      'paragraph: Leeks stand outside, see how to sow and map.png. #frost/hard',
      'list: [ ] order seed\nmulch, #notatag [[notalink]]\nwith leaves',
      'quote: Fleece\nKeeps the north wind off.',
      'table: bed | crop\n1 | kale',
      'code: echo "[[code]]" #code',
      'paragraph: A last word.',
    ]);
    expect(document.text).toBe(note);
    expect(stood(document)[0]).toBe('# Winter');
    expect(stood(document)[4]).toBe('| bed | crop |\n|-----|------|\n| 1 | kale |');
    expect(stood(document)[6]).toBe('A last word. ^last-1');
    expect(document.blocks[6]!.id).toBe('last-1');
  });

  it('knows what Obsidian adds: names, tags, properties, links and embeds, none of them in code', async () => {
    const document = await read('Garden.md', note);
    expect(document).toMatchObject({ type: 'markdown', title: 'The winter garden', aliases: ['Cold frames'], tags: ['plants', 'garden/winter', 'frost/hard'], properties: { created: '2026-11-02', rating: '4' }, mark: null });
    expect(document.links.map(({ target, heading, shown, embed }) => [target, heading, shown, embed])).toEqual([
      ['Leeks', 'Sowing', 'how to sow', false],
      ['map.png', null, 'map.png', true],
      ['https://example.org/wind_(north)', null, 'north wind', false],
    ]);
    for (const { at } of document.links) expect(note.slice(at)).toMatch(/^!?\[/);
  });

  it('keeps its places with other ends of lines, and with letters of any width', async () => {
    const document = await read('crlf.md', '# Ünï 🌱\r\n\r\nOne\r\ntwo.\r\n\r\n```\r\ncode\r\n```\r\n');
    expect(stood(document)).toEqual(['# Ünï 🌱', 'One\r\ntwo.', '```\r\ncode\r\n```']);
  });

  it('is cut into parts when it is long, and a block of code is not', async () => {
    const code = `\`\`\`\n${'line of code\n\n'.repeat(60_000)}\`\`\``;
    const document = await read('long.md', `${'Some words.\n\n'.repeat(50_000)}${code}\n\n# End\n`);
    expect(document.blocks.filter(({ kind }) => kind === 'code')).toHaveLength(1);
    expect(document.blocks.at(-1)).toMatchObject({ kind: 'heading', text: 'End' });
    expect(stood(document)[0]).toBe('Some words.');
  });

  it('takes its name from its file when it says none, and says when its properties are no YAML', async () => {
    expect(await read('Leek soup.md', 'Boil.\n')).toMatchObject({ title: 'Leek soup', mark: null });
    const broken = await read('broken.md', '---\ntags: [a\n---\nText.\n');
    expect(broken.mark).toContain('could not be read as YAML');
    expect(outline(broken)).toEqual(['paragraph: Text.']);
  });

  it('names a list by the id on the line after it', async () => {
    const document = await read('ids.md', '- a\n- b\n\n^both\n\nText\n');
    expect(document.blocks[0]).toMatchObject({ kind: 'list', id: 'both' });
    expect(outline(document)).toHaveLength(2);
  });
});

describe('text', () => {
  it('is paragraphs, and Org and reStructuredText have headings', async () => {
    expect(outline(await read('a.txt', 'One\ntwo.\n\n\nThree.\n'))).toEqual(['paragraph: One\ntwo.', 'paragraph: Three.']);
    const org = await read('a.org', '#+title: Plan\n* TODO Beds :garden:\nDig.\n** Paths\nGravel.\n');
    expect(outline(org)).toEqual(['paragraph: #+title: Plan', 'heading1: Beds', 'paragraph: Dig.', 'heading2: Paths', 'paragraph: Gravel.']);
    expect(org).toMatchObject({ title: 'Plan', tags: ['garden'] });
    const rst = await read('a.rst', '====\nPlan\n====\n\nBeds\n----\n\nDig.\n\nPaths\n-----\n\nGravel.\n');
    expect(outline(rst)).toEqual(['heading1: Plan', 'heading2: Beds', 'paragraph: Dig.', 'heading2: Paths', 'paragraph: Gravel.']);
  });

  it('is read in whatever encoding it was written', async () => {
    const german = 'Die Größe der Äpfel über dem Gärtner, für schöne Mädchen. Öl läuft über die Straße.';
    const russian = 'Съешь же ещё этих мягких французских булок, да выпей чаю. Широкая электрификация южных губерний.';
    const japanese = '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。';
    const written = { 'windows-1252': german, 'utf-16le': german, 'utf-16be': russian, 'windows-1251': russian, 'koi8-r': russian, shift_jis: japanese, 'euc-jp': japanese, utf8: japanese };
    for (const [encoding, text] of Object.entries(written)) {
      const addBOM = encoding === 'utf-16be';
      expect((await read(`${encoding}.txt`, iconv.encode(text, encoding, { addBOM }))).text, encoding).toBe(text);
    }
  });

  it('of programs is cut where something new begins at the margin', async () => {
    const document = await read('a.ts', 'import x;\n\nfunction a() {\n  one();\n\n  two();\n}\n\nfunction b() {}\n');
    expect(stood(document)).toEqual(['import x;', 'function a() {\n  one();\n\n  two();\n}', 'function b() {}']);
    expect(document.title).toBe('a.ts');
  });
});

it('reads HTML as one sees it: no script, no style, entities as letters', async () => {
  const document = await read(
    'page.html',
    `<!doctype html><html><head><title>Bees &amp; hives</title><meta name="author" content="Ada"><script>var secret = "<p>no</p>";</script><style>p{color:red}</style></head>
<body><h1>Bees</h1><p>They   dance,<br>see <a href="dance.html#round">the dance</a>.</p><ul><li>queen<li>drone<ul><li>son</li></ul></ul>
<table><tr><th>month<th>hives</tr><tr><td>May<td>3</tr></table><pre>  a\n  b</pre><blockquote>Said <b>so</b>.</blockquote><div>one<div>two</div></div><img alt="A hive" src="x"></body></html>`,
  );
  expect(outline(document)).toEqual([
    'heading1: Bees',
    'paragraph: They dance,\nsee the dance.',
    'list: - queen\n- drone\n  - son',
    'table: month | hives\nMay | 3',
    'code: a\n  b',
    'quote: Said so.',
    'paragraph: one',
    'paragraph: two',
    'paragraph: A hive',
  ]);
  expect(document).toMatchObject({ type: 'html', title: 'Bees & hives', properties: { author: 'Ada' }, mark: null });
  expect(document.links).toMatchObject([{ target: 'dance.html', heading: 'round', shown: 'the dance' }]);
  expect(document.text.slice(document.links[0]!.at)).toMatch(/^the dance/);
  expect(document.text).not.toContain('secret');
});

describe('PDF', () => {
  it('is read page by page, headings told by the size of their letters', async () => {
    const document = await read(
      'paper.pdf',
      pdfOf(
        [
          [{ text: 'On compost', size: 22 }, { text: 'Leaves and kitchen waste make com-', down: 40 }, { text: 'post within a year.' }, { text: 'A second paragraph (new).', down: 30 }],
          [{ text: 'Worms', size: 16 }, { text: 'Worms do the rest.', down: 30 }, { text: 'Index . . . . . . . 3', size: 16, down: 30 }],
        ],
        { objects: { 90: '<< /Title (Compost, a study) /Author (Ada Moss) >>' }, trailer: '/Info 90 0 R' },
      ),
    );
    expect(document.blocks.map(({ kind, level, text, place }) => [kind, level, text, place.page])).toEqual([
      ['heading', 1, 'On compost', 1],
      ['paragraph', undefined, 'Leaves and kitchen waste make compost within a year.', 1],
      ['paragraph', undefined, 'A second paragraph (new).', 1],
      ['heading', 2, 'Worms', 2],
      ['paragraph', undefined, 'Worms do the rest.', 2],
      ['paragraph', undefined, 'Index . . . . . . . 3', 2],
    ]);
    expect(document).toMatchObject({ type: 'pdf', title: 'Compost, a study', properties: { author: 'Ada Moss' }, mark: null });
    expect(stood(document)[3]).toBe('Worms');
  });

  it('says so when it has no text', async () => {
    expect(await read('scan.pdf', pdfOf(['q 100 0 0 100 0 0 cm Q']))).toMatchObject({ type: 'pdf', text: '', mark: 'This PDF has no text in it: its pages are pictures.' });
  });
});

it('reads DOCX: headings by style or outline, lists, tables, links, notes; not what was struck out', async () => {
  const numbered = (level: number) => `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="1"/></w:numPr>`;
  const body = [
    paragraph('Orchard', '<w:pStyle w:val="Titre1"/>'),
    '<w:p><w:r><w:t>Old trees, </w:t></w:r><w:del><w:r><w:delText>new ones,</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve">see </w:t></w:r></w:ins><w:hyperlink r:id="r1"><w:r><w:t>the list</w:t></w:r></w:hyperlink><w:r><w:t>.</w:t></w:r></w:p>',
    paragraph('Apples', '<w:pStyle w:val="Mine"/>'),
    paragraph('Boskoop &amp; Cox', numbered(0)),
    paragraph('keeps till May', numbered(1)),
    `<w:tbl><w:tr><w:tc>${paragraph('tree')}</w:tc><w:tc>${paragraph('kg')}</w:tc></w:tr><w:tr><w:tc>${paragraph('Cox')}</w:tc><w:tc>${paragraph('30')}</w:tc></w:tr></w:tbl>`,
    '<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Once.</w:t></w:r></w:p></mc:Choice><mc:Fallback><w:p><w:r><w:t>Once.</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>',
  ].join('');
  const document = await read(
    'orchard.docx',
    docxOf(body, [
      { name: 'word/_rels/document.xml.rels', data: '<Relationships><Relationship Id="r1" Target="https://example.org/list" TargetMode="External"/></Relationships>' },
      { name: 'word/footnotes.xml', data: `<w:footnotes><w:footnote>${paragraph('A note below.')}</w:footnote></w:footnotes>` },
      { name: 'docProps/core.xml', data: '<cp:coreProperties><dc:title>The orchard</dc:title><dc:creator>Ada</dc:creator><cp:keywords>trees, fruit</cp:keywords></cp:coreProperties>' },
    ]),
  );
  expect(outline(document)).toEqual(['heading1: Orchard', 'paragraph: Old trees, see the list.', 'heading2: Apples', 'list: - Boskoop & Cox\n  - keeps till May', 'table: tree | kg\nCox | 30', 'paragraph: Once.', 'paragraph: A note below.']);
  expect(document).toMatchObject({ type: 'docx', title: 'The orchard', tags: ['trees', 'fruit'], properties: { author: 'Ada' }, mark: null });
  expect(document.links).toMatchObject([{ target: 'https://example.org/list', shown: 'the list' }]);
  expect(document.text.slice(document.links[0]!.at)).toMatch(/^the list/);
});

it('reads ODT: headings, lists, tables, spaces; not remarks', async () => {
  const body =
    '<text:h text:outline-level="2">Beds</text:h><text:p>Two<text:s text:c="2"/>beds<text:line-break/>of <text:span>kale</text:span>.<office:annotation><text:p>hidden</text:p></office:annotation></text:p>' +
    '<text:list><text:list-item><text:p>north</text:p><text:list><text:list-item><text:p>shade</text:p></text:list-item></text:list></text:list-item></text:list>' +
    '<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>';
  const document = await read('garden.odt', odtOf(body));
  expect(outline(document)).toEqual(['heading2: Beds', 'paragraph: Two  beds\nof kale.', 'list: - north\n  - shade', 'table: a | b']);
  expect(document).toMatchObject({ type: 'odt', title: 'The garden', tags: ['plants'], properties: { author: 'Ada' }, mark: null });
});

it('reads EPUB in the order of its chapters', async () => {
  const document = await read('book.epub', epubOf([{ name: 'two%20.xhtml', html: chapter('<h1>First</h1><p>It began.</p><script/><p>Then on.</p>') }, { name: 'one.xhtml', html: chapter('<h1>Second</h1><p>It ended.</p>') }]));
  expect(outline(document)).toEqual(['heading1: First', 'paragraph: It began.', 'paragraph: Then on.', 'heading1: Second', 'paragraph: It ended.']);
  expect(document).toMatchObject({ type: 'epub', title: 'A small book', tags: ['gardens'], properties: { author: 'Ada Moss' }, mark: null });
});

it('reads RTF: letters of every script, tables, no pictures', async () => {
  const rtf = String.raw`{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset204 Arial;}}{\colortbl;\red0\green0\blue0;}{\info{\title Sowing}{\author Ada}}{\*\generator Msftedit;}
{\pard\outlinelevel0 Peas\par}\pard Sow in M\'e4rz, \u8222?early\u8220? \{best\}.\par {\f1 \'cf\'f0\'e8\'e2\'e5\'f2}\par{\pict\pngblip 89504e470d0a}
\trowd\intbl one\cell two\cell\row\pard Last.\par}`;
  const document = await read('sowing.rtf', rtf);
  expect(outline(document)).toEqual(['heading1: Peas', 'paragraph: Sow in März, „early“ {best}.', 'paragraph: Привет', 'table: one | two', 'paragraph: Last.']);
  expect(document).toMatchObject({ type: 'rtf', title: 'Sowing', properties: { author: 'Ada' }, mark: null });
});

it('reads tables of values, whatever parts them, each row whole', async () => {
  const rows = Array.from({ length: 400 }, (_, row) => `tool ${row};"in the ""red"" shed;\nrow ${row}";${row}`);
  const document = await read('tools.csv', `name;place;count\n${rows.join('\n')}\n`);
  expect(document.properties).toEqual({ columns: ['name', 'place', 'count'] });
  expect(document.blocks.length).toBeGreaterThan(2);
  expect(document.blocks[0]!.text).toMatch(/^name \| place \| count\ntool 0 \| in the "red" shed; row 0 \| 0\n/);
  expect(stood(document).every((rows) => /^(name;|tool \d+;")/.test(rows) && /;(count|\d+)$/.test(rows))).toBe(true);
  expect(stood(document).join('\n').length).toBe(document.text.trim().length);
});

it('reads mail: people, subject, day, the words, and what hangs on it by name', async () => {
  const mail = [
    'From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>',
    'To: Ada <ada@example.org>',
    'Subject: =?utf-8?b?w4RwZmVs?= for Sunday',
    'Date: Mon, 2 Nov 2026 10:00:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b"',
    '',
    '--b',
    'Content-Type: text/html; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    '<p>Ten kilos of =C4pfel.</p><script>steal()</script><p>See <a href=3D"https://example.org">here</a>.</p>',
    '--b',
    'Content-Type: application/pdf; name="list.pdf"',
    'Content-Disposition: attachment; filename="list.pdf"',
    'Content-Transfer-Encoding: base64',
    '',
    'JVBERi0=',
    '--b--',
    '',
  ].join('\r\n');
  const document = await read('mail.eml', mail);
  expect(outline(document)).toEqual(['heading1: Äpfel for Sunday', 'paragraph: From: Jörg <joerg@example.org>\nTo: Ada <ada@example.org>\nDate: 2026-11-02T09:00:00.000Z\nAttached: list.pdf', 'paragraph: Ten kilos of Äpfel.', 'paragraph: See here.']);
  expect(document).toMatchObject({ type: 'mail', title: 'Äpfel for Sunday', properties: { from: 'Jörg <joerg@example.org>', attachments: ['list.pdf'] }, mark: null });
  expect(document.text.slice(document.links[0]!.at)).toMatch(/^here/);
});
