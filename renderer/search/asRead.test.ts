import { describe, expect, it } from 'vitest';
import { asRead, passageAsRead } from './asRead.ts';
import { highlight } from './highlight.ts';

const shown = ({ text, marks }: ReturnType<typeof asRead>) => highlight(text, marks).map((piece) => (piece.marked ? `[${piece.text}]` : piece.text)).join('');
const marksOf = (text: string, word: string) => [...text.matchAll(new RegExp(word, 'gu'))].map(({ index }): [number, number] => [index, index + word.length]);
const read = (text: string, word: string) => shown(asRead(text, marksOf(text, word)));

describe('asRead', () => {
  // Bug: results are full of brackets and stars.
  it('leaves out what a note is written with, and marks what was met where it stands then', () => {
    expect(read('**Graph** view is a [[Core plugins|core graph]] of [[graph]]s ![[graph.svg#icon]].', 'graph')).toBe('Graph view is a core [graph] of [graph]s .');
    expect(read('> [!todo]- Mark a graph\n> and `its` ==graph== ^block-1', 'graph')).toBe('Mark a [graph]\nand its [graph]');
    expect(read('## The [site](https://graph.example "a graph") of a graph', 'graph')).toBe('The site of a [graph]');
    expect(read('2 * 3 _ 4 # 5 [x] (y) graph', 'graph')).toBe('2 * 3 _ 4 # 5 [x] (y) [graph]');
    expect(read('', 'graph')).toBe('');
  });

  // Bug: results show tags of HTML.
  it('leaves out tags of HTML and comments, and parts the words that they part', () => {
    expect(read('Select <span class="icon-app"></span> the app<br>or the app<!-- not the app -->.', 'app')).toBe('Select  the [app] or the [app].');
    expect(read('a < b, <https://app.example> and <3 of an app', 'app')).toBe('a < b, <https://[app].example> and <3 of an [app]');
  });

  // Bug: results show the rules of tables.
  it('shows the cells of a table without its rules', () => {
    expect(read('| Option | Description |\n| --- | :-: |\n| `site` | The [[Sites\\|site]] |', 'site')).toBe('Option · Description\n[site] · The [site]');
    expect(read('Option | Site\n--- | ---\nOne | site', 'site')).toBe('Option | Site\nOne | [site]');
    expect(read('above\n\n---\na site - here | there', 'site')).toBe('above\n\na [site] - here | there');
  });

  // Bug: the language of a fence is glued to its code.
  it('shows code as it is, without its fence and the name of its language', () => {
    expect(read('Such as:\n```html\n<b>**site**</b>\n```\nthe **site** `<b>`', 'site')).toBe('Such as:\n<b>**[site]**</b>\nthe [site] <b>');
    expect(read('~~~js\nsite()', 'site')).toBe('[site]()');
    expect(read('code\n```', 'code')).toBe('[code]\n');
  });

  // Bug: an embed is read as “Refund policy#^discount”.
  it('shows the note an embed or a link leads to, or the heading where that is all it says', () => {
    expect(read('![[Refund policy#^discount]] and [[Refund policy#Costs]] of a policy', 'policy')).toBe('Refund [policy] and Refund [policy] of a [policy]');
    expect(read('See [[#Refund policy]], [[#^policy]]; [[Refunds#Policy|the policy]]', 'policy')).toBe('See Refund [policy], ; the [policy]');
  });

  // Bug: callouts begin with “[!tip]”.
  it('leaves out the marks of callouts, whether or not the passage begins with the sign of a quotation', () => {
    expect(read('> [!tip] If you sync', 'sync')).toBe('If you [sync]');
    expect(read('[!warning|wide]+ To sync\n> > [!info]\n> > sync', 'sync')).toBe('To [sync]\n\n[sync]');
  });
});

describe('passageAsRead', () => {
  const passage = (kind: string, text: string) => ({ id: 'p', headings: [], kind, text, place: { from: 0, to: text.length, line: 1 }, marks: marksOf(text, 'site') });

  it('is as it stands where the note is no Markdown; of code, only the fence is left out', () => {
    expect(shown(passageAsRead({ type: 'text' }, passage('paragraph', '**site**')))).toBe('**[site]**');
    expect(shown(passageAsRead({ type: 'markdown' }, passage('paragraph', '**site**')))).toBe('[site]');
    expect(shown(passageAsRead({ type: 'markdown' }, passage('code', '```js\n<b>**site**\n```')))).toBe('<b>**[site]**\n');
  });
});
