import { expect, it } from 'vitest';
import { mattersOf } from './matters.ts';

const shared = (one: string, other: string) => [...mattersOf(one)].filter((word) => mattersOf(other).has(word));

it.each([
  ['forms of a word', 'The rehearsals are long.', 'Our rehearsal moved.', 1],
  ['forms in another language', 'Wir haben die Proben am Montag und das ist gut.', 'Die Probe ist jetzt am Freitag, und ich bin müde.', 1],
  ['figures, however short', 'Bus 7 is late.', 'Take the 7.', 1],
  ['pairs of signs', '営業会議は月曜です。', '会議は金曜に変わりました。', 1],
  // Bug: every English sentence is about "have" and "with".
  ['nothing by the words of every sentence', 'I have been there with them.', 'They have come here with you.', 0],
  ['nor short words', 'The dog ate.', 'A dog ran.', 0],
])('%s', (...[, one, other, count]) => expect(shared(one, other)).toHaveLength(count));
