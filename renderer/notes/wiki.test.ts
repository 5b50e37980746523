import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import ReactMarkdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { describe, expect, it } from 'vitest';
import { wiki } from './wiki.ts';

const html = (text: string) => renderToStaticMarkup(createElement(ReactMarkdown, { remarkPlugins: [remarkGfm, wiki], components: {} as Components, children: text })).replaceAll('\n', '');

describe('what Obsidian adds', () => {
  it('is drawn as links, tags and marks', () => {
    expect(html('See [[Garden/Quince#Ripe|the quince]], [[Home]] and [[#Here]].')).toBe(
      '<p>See <note-link target="Garden/Quince" heading="Ripe">the quince</note-link>, <note-link target="Home" heading="">Home</note-link> and <note-link target="" heading="Here">Here</note-link>.</p>',
    );
    expect(html('A #fruit/pome and #2025, ==at last==. %%not this%%')).toBe('<p>A <note-tag tag="fruit/pome">#fruit/pome</note-tag> and #2025, <mark>at last</mark>. </p>');
    expect(html('| a | b |\n|---|---|\n| [[x\\|y]] | z |')).toContain('<note-link target="x" heading="">y</note-link>');
  });

  it('leaves code as it is written', () => {
    expect(html('`[[Home]] #tag`')).toBe('<p><code>[[Home]] #tag</code></p>');
  });

  it('hides block ids, and only those', () => {
    expect(html('Ripe when it lets go. ^ripe')).toBe('<p>Ripe when it lets go.</p>');
    expect(html('2 ^3 is eight')).toBe('<p>2 ^3 is eight</p>');
  });

  it('puts an embed of its own between the paragraphs, and one within a line into it', () => {
    expect(html('![[Membrillo#Proportions]]')).toBe('<note-embedded target="Membrillo" heading="Proportions"><note-embed target="Membrillo" heading="Proportions">Membrillo › Proportions</note-embed></note-embedded>');
    expect(html('See ![[leaf.png|300]] here')).toContain('<note-embed target="leaf.png" heading="">leaf.png</note-embed>');
  });

  it('makes callouts of quotations that begin as such', () => {
    expect(html('> [!warning]- Leaf blight\n> Rake up **every** leaf.')).toBe('<note-callout type="warning" fold="-"><note-callout-title type="warning" fold="-">Leaf blight</note-callout-title><p>Rake up <strong>every</strong> leaf.</p></note-callout>');
    expect(html('> [!tip]\n\n> Plain')).toContain('<note-callout type="tip" fold=""><note-callout-title type="tip" fold=""></note-callout-title></note-callout><blockquote><p>Plain</p></blockquote>');
  });

  it('gives a callout the whole of its first line as its title, with its marks', () => {
    const callout = (title: string, body: string) => `<note-callout type="tip" fold=""><note-callout-title type="tip" fold="">${title}</note-callout-title>${body}</note-callout>`;
    expect(html('> [!tip] In *Live Preview*, you can `run` it\n> Now or **later**.')).toBe(callout('In <em>Live Preview</em>, you can <code>run</code> it', '<p>Now or <strong>later</strong>.</p>'));
    expect(html('> [!tip] **All of it**')).toBe(callout('<strong>All of it</strong>', ''));
    expect(html('> [!tip] See [[Home]] and [there](There.md)\n>\n> - one')).toBe(callout('See <note-link target="Home" heading="">Home</note-link> and <a href="There.md">there</a>', '<ul><li>one</li></ul>'));
    expect(html('> [!tip]\n> *Words* of the body')).toBe(callout('', '<p><em>Words</em> of the body</p>'));
    expect(html('> [!tip] Hard  \n> body')).toBe(callout('Hard', '<p>body</p>'));
    expect(html('> [!tip] So *it\n> goes* on')).toBe(callout('So <em>it</em>', '<p><em>goes</em> on</p>'));
  });
});

describe('markup of a note’s own', () => {
  it('is left out, with its words kept, and never becomes markup of ours', () => {
    expect(html('a <b onclick="x()">bold</b><br>b')).toBe('<p>a bold<br/>b</p>');
    expect(html('<div><script>alert(1)</script><p>Words</p></div>')).toBe('<p>Words</p>');
    expect(html('[[<img src=x onerror=alert(1)>]]')).not.toContain('<img');
    expect(html('<iframe src="https://example.org"></iframe>')).not.toContain('iframe');
    expect(html('<div>a &lt;script&gt; <b>b</b>\n</div>')).toBe('<p>a &lt;script&gt; b</p>');
    expect(html('==<script>x</script>==')).not.toContain('<script');
  });

  it('cannot name an element or a property of ours', () => {
    expect(html('> [!<note-embedded>] x')).toContain('<blockquote>');
    expect(html('<note-embedded target="x">y</note-embedded>')).not.toContain('<note-embedded');
  });
});
