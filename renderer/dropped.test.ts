import { expect, it } from 'vitest';
import { pathsIn } from './dropped.ts';

it('takes the files of a list of addresses and nothing else', () => {
  expect(pathsIn('# from a file manager\r\nfile:///home/ana/a%20b\r\nfile://localhost/x\r\nhttps://example.org/y\r\nfile://server/share\r\nfile:///C:/Users/ana')).toEqual(['/home/ana/a b', '/x', 'C:/Users/ana']);
  expect(pathsIn('')).toEqual([]);
  expect(pathsIn('file:///%E0%A4%A')).toEqual([]);
});
