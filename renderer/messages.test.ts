import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { messages, t, type Message } from './messages.ts';

const files = import.meta.glob<string>(['./**/*.{ts,tsx}', '!./**/*.test.{ts,tsx}'], { query: '?raw', import: 'default', eager: true });
const sources = Object.entries(files).map(([name, text]) => ({ name, text }));
const catalogue = sources.filter(({ name }) => name.startsWith('./messages/'));
const code = sources.filter((source) => !catalogue.includes(source));

/** Attributes whose text is seen or heard. */
const spoken = new Set(['aria-label', 'title', 'placeholder', 'alt', 'label', 'description', 'confirm', 'lead', 'hint', 'altText']);

/** Visible text that stands in the code itself. */
function strayText(name: string, text: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const written = ts.isJsxText(node) ? node.text : ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer && ts.isStringLiteral(node.initializer) ? node.initializer.text : '';
    if (/\p{L}{2}/u.test(written)) found.push(`${name}: ${written.trim()}`);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, text, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX));
  return found;
}

describe('the message catalogue', () => {
  it('holds every visible text: none stands in the code', () => {
    expect(code.flatMap(({ name, text }) => strayText(name, text))).toEqual([]);
  });

  it('has no key twice: the later would silently hide the earlier', () => {
    const keys = catalogue.flatMap(({ text }) => [...text.matchAll(/^ {2}'([^']+)':/gm)].map((match) => match[1]));
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    expect(keys).toHaveLength(Object.keys(messages).length);
  });

  it('has no text that nothing shows', () => {
    const everything = code.map(({ text }) => text).join('\n');
    const prefixes = [...everything.matchAll(/`([\w.-]+\.)\$\{/g)].map((match) => match[1] as string);
    const unused = Object.keys(messages).filter((key) => !everything.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)));
    expect(unused).toEqual([]);
  });

  it('has well-formed sentences: no empty ones, no stray braces or spaces', () => {
    const texts = Object.entries(messages as Record<string, Message>).flatMap(([key, message]) =>
      typeof message === 'string' ? [[key, message]] : [[key, message.one], [key, message.other]],
    );
    expect(texts.filter(([, text]) => !text || text !== text.trim() || /[{}]/.test(text.replace(/\{\w+\}/g, '')))).toEqual([]);
  });

  it('chooses the form by number and writes numbers the reader’s way', () => {
    expect(t('chat.used', { count: 1 })).toBe('1 memory used');
    expect(t('chat.used', { count: 1_234 })).toBe('1,234 memories used');
  });
});
