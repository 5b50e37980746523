import { expect, it } from 'vitest';
import { tellsChange } from './changes.ts';

it.each([
  'I moved to Porto in May.', 'Ann has given up smoking.', 'We no longer eat meat.', 'I gave it up last year.', 'Choir is on Tuesdays now.', 'The rent is down to 700 from today.', 'Elsie has outgrown her allergy.',
  'Ich wohne jetzt in Bonn und habe einen Hund.', 'Wir haben die Wohnung gewechselt.', 'Ich esse kein Fleisch mehr, das ist vorbei.', 'Das Treffen ist ab Montag im Büro.',
  'Je ne fume plus depuis mars.', 'J’ai changé de travail, je suis à la banque.', 'Nous avons déménagé dans le sud.',
  'Ya no vivo en Madrid, estoy en Cuenca.', 'He dejado el trabajo de la tienda.', 'Mi madre se ha mudado a la costa.',
  '先月引っ越しました。', 'もう猫アレルギーではありません。', '来月から東京の会社です。',
])('tells of a change: %s', (text) => expect(tellsChange(text)).toBe(true));

it.each([
  'My sister lives in Porto.', 'I take my tea with milk.', 'We had dinner at the harbour.',
  // Bug: words inside words, and words of other languages: "nowhere", "renewable"; "sin", "die", "plus" in English.
  'The road leads nowhere.', 'Renewable power is a sin, they say.', 'Two plus two.', 'The die is cast.',
  'Ich esse gern Brot und Käse.', 'Mein Bruder ist der Arzt im Dorf.',
  'Je mange du pain et du fromage.', 'Mon frère est le médecin du village.',
  'Mi hermano es el médico del pueblo.', 'Me gusta el pan con queso.',
  '妹は大阪に住んでいます。', '魚が好きです。',
])('tells of none: %s', (text) => expect(tellsChange(text)).toBe(false));
