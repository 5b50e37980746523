import { describe, expect, it } from 'vitest';
import { mayHoldMath, prepareMath } from './mathText.ts';

describe('prepareMath', () => {
  it.each([
    ['It costs $5 and $10.', 'It costs $5 and $10.'],
    ['Between $5-$10 a month', 'Between $5-$10 a month'],
    ['Set $HOME and $PATH', 'Set $HOME and $PATH'],
    ['Here $x$ and $y_1$.', 'Here $$x$$ and $$y_1$$.'],
    ['Area \\(\\pi r^2\\) it is', 'Area $$\\pi r^2$$ it is'],
    ['\\[\nx = 1\n\\]', '$$\nx = 1\n$$'],
    ['$$ E = mc^2 $$', '$$\nE = mc^2\n$$'],
    ['Use `$x$` here, $y$ there', 'Use `$x$` here, $$y$$ there'],
    ['```sh\necho $a $b\n```', '```sh\necho $a $b\n```'],
    ['    $x$ is code', '    $x$ is code'],
  ])('%j becomes %j', (text, prepared) => {
    expect(prepareMath(text)).toBe(prepared);
  });

  it('does not fetch KaTeX for plain prose and prices at a line end', () => {
    expect(mayHoldMath('Nothing here. 5 $ or 6 $')).toBe(false);
    expect(mayHoldMath('a \\(b\\)')).toBe(true);
  });
});
