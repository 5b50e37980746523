import { describe, expect, it } from 'vitest';
import { readQuestion } from './asked.ts';

describe('the time that a question is about', () => {
  it.each([
    ['Where do I live now?', 'now'],
    ['Do I still smoke?', 'now'],
    ['Bin ich noch im Chor?', 'now'],
    ['¿Todavía trabajo en el hotel?', 'now'],
    ['Est-ce que j’habite toujours à Lyon ?', 'now'],
    ['今どこに住んでいますか。', 'now'],
    ['Where does my sister live?', 'present'],
    ['Wo wohnt meine Schwester?', 'present'],
    ['妹はどこに住んでいますか。', 'present'],
    ['Where did we eat?', 'past'],
    ['Was hat die Operation gekostet?', 'past'],
    ['去年どこへ行ったの?', 'past'],
    ['Where did I live before Porto?', 'former'],
    ['What did I use to drive? I used to have one.', 'former'],
    ['Wo habe ich früher gewohnt?', 'former'],
    ['前の会社はどこ?', 'former'],
    // Bug: French "a" makes every English question with an article one about the past, and the newest no longer counts.
    ['Do I have a car?', 'present'],
    // Bug: "knowing" holds "now".
    ['Who is worth knowing?', 'present'],
  ])('%s %s', (question, tense) => expect(readQuestion(question).tense).toBe(tense));
});

it.each([
  ['Where does my sister live?', true, false],
  ['What did you recommend?', false, true],
  ['Was hast du mir empfohlen?', true, true],
  ['¿Dónde vive mi hermana?', true, false],
  ['Quel est mon métier ?', true, false],
  ['Where does Ann live?', false, false],
])('%s: about the owner %s, about the assistant %s', (question, aboutOwner, aboutAssistant) => {
  expect(readQuestion(question)).toMatchObject({ aboutOwner, aboutAssistant });
});

it.each([['When did I move?', true], ['Wann bin ich umgezogen?', true], ['¿Cuándo me mudé?', true], ['引っ越しはいつ?', true], ['Where did I move?', false]])('%s asks when: %s', (question, when) => {
  expect(readQuestion(question).when).toBe(when);
});
