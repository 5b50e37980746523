import { describe, expect, it } from 'vitest';
import { partsOf } from './parts.ts';

describe('a question in parts', () => {
  it.each([
    ['What is Ruthie allergic to, and what can’t Carla eat?', ['What is Ruthie allergic to', 'what can’t Carla eat?']],
    // The second clause is about whom the first names.
    ['When did Evan fly to Canada and who went along?', ['When did Evan fly to Canada', 'who went along? Evan Canada']],
    ['What can Luisa, Tom and Wen not eat?', ['What can Luisa not eat?', 'What can Tom not eat?', 'What can Wen not eat?']],
    ['I’m cooking for Maya, Ingeborg and me: what is off the table?', ['I’m cooking for Maya: what is off the table?', 'I’m cooking for Ingeborg: what is off the table?', 'I’m cooking for me: what is off the table?']],
    ['Where does Ann live? Who is her doctor?', ['Where does Ann live?', 'Who is her doctor? Ann']],
    ['Wo wohnt Anna und wann hat sie Geburtstag?', ['Wo wohnt Anna', 'wann hat sie Geburtstag? Anna']],
    ['¿Dónde vive Pilar y cuándo viene?', ['¿Dónde vive Pilar', 'cuándo viene? Pilar']],
    ['Où habite Louison et quand arrive-t-elle ?', ['Où habite Louison', 'quand arrive-t-elle ? Louison']],
  ])('%s', (question, parts) => expect(partsOf(question)).toEqual(parts));

  it.each([
    'Where does my sister live?',
    'What do I take with bread and butter?',
    // Bug: "According to Sam" is asked as a question of its own.
    'According to Sam, what matters most?',
    'Which day and time is the meeting?',
    '',
    `${'Ann, '.repeat(200)}and Tom?`,
  ])('of one piece: %s', (question) => expect(partsOf(question)).toEqual([]));

  it('gives four at most', () => expect(partsOf('What do Ann, Ben, Cal, Dan, Eve and Flo drink?')).toHaveLength(4));
});
