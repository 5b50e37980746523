import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TooltipProvider } from '../ui/Tooltip.tsx';
import { Markdown } from './Markdown.tsx';

const drawn = (text: string) =>
  renderToStaticMarkup(
    <TooltipProvider>
      <Markdown text={text} id="m" />
    </TooltipProvider>,
  );

describe('what a model writes is never markup of ours', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'text <b onclick="alert(1)">bold</b>',
    '<iframe src="https://evil.example"></iframe>',
    '<style>body{display:none}</style>',
    '<a href="javascript:alert(1)">x</a>',
    '<svg/onload=alert(1)>',
    '<!-- --><script>\n\nalert(1)\n\n</script>',
  ])('shows %j as text', (html) => {
    const markup = drawn(html);
    expect(markup).not.toMatch(/<(script|img|iframe|style|b|a|svg\/)[\s>]/);
    expect(markup).not.toMatch(/<[^>]+\son\w+=/);
    expect(markup).toContain('&lt;');
  });

  it('loads no picture, wherever it lies, and says what was not loaded', () => {
    for (const address of ['https://evil.example/a.png?said=secret', 'data:image/png;base64,AAAA', '//evil.example/a.png']) {
      const markup = drawn(`![the cat](${address})`);
      expect(markup).not.toContain('<img');
      expect(markup).not.toContain('secret');
      expect(markup).toContain('the cat');
    }
  });

  it('follows no link by itself: no address stands in the page', () => {
    for (const address of ['https://evil.example', 'javascript:alert(1)', 'data:text/html,<script>1</script>', 'vbscript:x', 'file:///etc/passwd', ' java\nscript:alert(1)']) {
      expect(drawn(`[click](<${address}>) and <${address}>`)).not.toMatch(/href=|src=/);
    }
  });

  it('offers a real link as a button, and a script as plain text', () => {
    expect(drawn('[docs](https://example.org)')).toContain('aria-haspopup="dialog"');
    expect(drawn('[docs](javascript:alert(1))')).not.toContain('<button');
  });

  it('keeps footnotes of different messages apart', () => {
    const markup = drawn('A[^1]\n\n[^1]: note');
    expect(markup).toMatch(/id="m-0-fn/);
  });

  it('gives every part a name or keyboard access: tables, tasks, code', () => {
    expect(drawn('| a |\n|---|\n| b |')).toMatch(/role="region"[^>]+tabindex="0"/i);
    expect(drawn('- [x] done')).not.toContain('<input');
    expect(drawn('```python\nx\n```')).toMatch(/<pre tabindex="0" aria-label="Code in python"/i);
  });

  it('steps headings down below those of the page', () => {
    expect(drawn('# Big')).toContain('<h3');
    // Bug: an answer that begins with a small heading leaves levels out, and a screen reader's outline has holes.
    expect(drawn('### Small\n\ntext\n\n#### Smaller')).toMatch(/<h3 class="heading-3">Small<\/h3>[^]*<h4 class="heading-3">Smaller<\/h4>/u);
  });
});
