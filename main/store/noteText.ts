import { spaceOut } from './memoryKey.ts';

/** As the index of words has a text of a note: ligatures and wide letters plain, words not broken by hidden hyphens, signs of scripts without spaces apart. */
export const searchable = (text: string): string => (beyondAscii.test(text) ? spaceOut(text.normalize('NFKC').replaceAll('\u00ad', '')) : text);

const beyondAscii = /[^\0-\x7f]/u;

/** Without capitals and accents, for comparing. */
export const folded = (text: string): string => (beyondAscii.test(text) ? text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().normalize('NFC') : text.toLowerCase());
