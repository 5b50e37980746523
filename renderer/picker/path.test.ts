import { describe, expect, it } from 'vitest';
import { breadcrumbs, hasExtension, split } from './path.ts';

describe('breadcrumbs', () => {
  it('walks from the root of a Unix path', () => {
    expect(breadcrumbs('/home/ana/')).toEqual([
      { name: '/', path: '/' }, { name: 'home', path: '/home' }, { name: 'ana', path: '/home/ana' },
    ]);
  });

  it('keeps a backslash in a Unix name', () => {
    expect(breadcrumbs('/a\\b').at(-1)).toEqual({ name: 'a\\b', path: '/a\\b' });
  });

  it('walks from the drive, and from the share, of a Windows path', () => {
    expect(breadcrumbs('C:\\Users\\ana').map((crumb) => crumb.path)).toEqual(['C:\\', 'C:\\Users', 'C:\\Users\\ana']);
    expect(breadcrumbs('c:/Users').map((crumb) => crumb.path)).toEqual(['c:\\', 'c:\\Users']);
    expect(breadcrumbs('\\\\nas\\media\\models').map((crumb) => crumb.path)).toEqual(['\\\\nas\\media', '\\\\nas\\media\\models']);
  });
});

describe('split', () => {
  it('gives the folder to list and the name to look for', () => {
    expect(split('/home/ana/model.gguf')).toEqual({ folder: '/home/ana', name: 'model.gguf' });
    expect(split('C:\\model.gguf')).toEqual({ folder: 'C:\\', name: 'model.gguf' });
    expect(split('/')).toEqual({ folder: '/', name: '' });
  });
});

describe('hasExtension', () => {
  it('ignores case and a leading dot, and lets anything through when none is asked for', () => {
    expect(hasExtension('Model.GGUF', ['.gguf'])).toBe(true);
    expect(hasExtension('gguf', ['gguf'])).toBe(false);
    expect(hasExtension('notes.txt', ['gguf'])).toBe(false);
    expect(hasExtension('notes.txt', [])).toBe(true);
  });
});
