import { describe, expect, it } from 'vitest';
import { alone, known, march, source } from './fixtures/remembered.ts';
import { admitsIgnorance, footingOf, isPlainRefusal, mayAcknowledge, mayStand, mayStandMarked, type Rule } from './standing.ts';
import { bearing, caseOf, type Bearing, type Case, type Source } from './trust.ts';

describe('which answers of a small model may stand', () => {
  const asked = (question: string) => caseOf(question, known, alone) as Extract<Case, { question: string }>;

  it.each([
    ['Where does my sister live?', 'Your sister lives in Porto.'],
    ['Where does my sister live?', 'Easy one: Your sister lives in Porto. I never forget.'],
    ['Where does my sister live?', 'Of course, dear. Your sister lives in Porto. Take care of yourself.'],
    ["where's the spare key", 'The spare key is in the blue box under the stairs.'],
  ])('%s %s', (question, answer) => expect(mayStand(answer, asked(question))).toBe(true));

  it.each([
    ['an invention', 'Where does my sister live?', 'Your sister lives in Lisbon.'],
    ['a word more than remembered', 'Where does my sister live?', 'Your sister lives in Porto with Karen.'],
    ['denying what is remembered', 'Where does my sister live?', "I don't know where your sister lives."],
    ['another sentence’s words', 'Where does my sister live?', 'Your sister is called Rex.'],
    ['the question again', 'Where does my sister live?', 'Your sister lives.'],
    ['the owner’s own "I"', 'Where do I live?', 'I lives in Berlin last week.'],
    ['a tool that is not there', 'Where does my sister live?', '{"tool":"search_notes","input":"sister"}'],
    ['nothing', 'Where does my sister live?', '  '],
    ['half a sentence', "what's my dog called", 'Your dog is called Rex and he.'],
    ['half of a second clause', 'What is Mia’s dog called?', 'Mia lives in Lyon and her dog :)'],
    ['the other clause', 'What is Mia’s dog called?', 'Mia lives in Lyon.'],
    ['half of a name', 'Where do I work?', 'You work at Kestrel as an engineer.'],
  ])('not %s', (_, question, answer) => expect(mayStand(answer, asked(question))).toBe(false));

  it('lets no answer stand on words scattered over two sentences', () => {
    const rule = asked('Where does my sister live?');
    const both = { question: rule.question, bearings: [...rule.bearings, { ...source('My dog is called Rex.'), sentence: 'My dog is called Rex.', coverage: 1, label: null }] };
    expect(footingOf('Your sister lives in Porto with Rex.', both).holds).toBe(false);
  });
});

describe('acknowledging', () => {
  it('may repeat what was told, claim no more, and promise nothing where nothing is kept', () => {
    const said = 'My dog is called Rex.';
    expect(mayAcknowledge('Got it. Your dog is called Rex.', said, true)).toBe(true);
    expect(mayAcknowledge('Your red dog Rex is your mother.', said, true)).toBe(false);
    expect(mayAcknowledge("I don't know your dog's name yet.", said, true)).toBe(false);
    expect(mayAcknowledge('Thanks, I will remember that.', said, false)).toBe(false);
    expect(mayAcknowledge('Thank you! That is kind.', said, true)).toBe(false);
  });
});

describe('answers that name the line they rest on', () => {
  /** Given to the model under these numbers, in this order. */
  const given = (question: string, ...texts: (string | Partial<Source>)[]): Rule => ({
    question,
    bearings: texts.map((text, index): Bearing => {
      const { text: said = '', ...part } = typeof text === 'string' ? { text } : text;
      return { ...bearing(question, source(said, { mark: index + 1, saidAt: march + index, ...part })), label: index + 1 };
    }),
  });
  const porto = 'My sister lives in Porto.';
  const where = 'Where does my sister live?';

  it.each([
    ['Your sister lives in Porto. [1]', given(where, porto)],
    ['You told me that your sister lives in Porto. [1]', given(where, porto)],
    ['Your sister lives in Porto. [2]', given(where, 'My dog is called Rex.', porto)],
    ['[1] Your sister lives in Porto.', given(where, 'I wanted to tell you that my sister lives in Porto.')],
    ['Your sister lives in Porto. [1]', given(where, 'By the way, my sister lives in Porto. What a week!')],
    ['Yes, your sister lives in Porto. [1]', given('Does my sister live in Porto?', porto)],
    ['No, your sister lives in Porto. [1]', given('Does my sister live in Lisbon?', porto)],
    ['You are not allergic to nuts. [1]', given('What am I allergic to, nuts?', 'I am not allergic to nuts.')],
    ['No, you are not allergic to nuts. [1]', given('Am I allergic to nuts?', 'I am not allergic to nuts.')],
    ['You noted: bike lock code: 4471 [1]', given('What is the bike lock code?', { text: 'bike lock code: 4471', written: true })],
    ['You said: "My sister lives in Porto." [1]', given('What did I say about Porto?', porto)],
    ["You can't have dairy. [1]", given('What can I not have?', "I can't have dairy.")],
  ])('stand: %s', (answer, rule) => expect(mayStandMarked(answer, rule)).toBe(true));

  it.each([
    ['names another line than its words come from', 'Your sister lives in Porto. [2]', given(where, porto, 'My dog is called Rex.')],
    ['names a line that was not given', 'Your sister lives in Porto. [3]', given(where, porto)],
    ['names two', 'Your sister lives in Porto. [1] [2]', given(where, porto, porto)],
    ['says yes to more than the line says', 'Yes, your sister lives in Porto. [1]', given('Does my sister live in Lisbon?', porto)],
    ['says no to all that the line says', 'No, your sister lives in Porto. [1]', given('Does my sister live in Porto?', porto)],
    ['drops a "not"', 'You are allergic to nuts. [1]', given('Am I allergic to nuts?', 'I am not allergic to nuts.')],
    ['repeats what was corrected since', 'Your sister lives in Porto. [1]', given(where, porto, 'My sister lives in Lisbon now.')],
    ['speaks as the owner, outside a quotation', 'My sister lives in Porto. [1]', given(where, porto)],
    ['gives another subject the value', 'You live in Porto. [1]', given('Where do I live?', porto)],
  ])('fall when one %s', (_, answer, rule) => {
    expect(mayStand(answer, rule)).toBe(false);
    expect(mayStand(answer, { ...rule, picksNewer: true })).toBe(false);
  });

  it('stand beside a later line that says something else, where the model can tell', () => {
    const rule = given("where's the spare key", 'The spare key is in the blue box.', 'I lost the spare key of the car in spring.');
    expect(mayStand('The spare key is in the blue box. [1]', { ...rule, picksNewer: true })).toBe(true);
    expect(mayStand('The spare key is in the blue box. [1]', rule), 'of a model that cannot tell').toBe(false);
  });

  it('are about what was asked, not only about whom', () => {
    const rule = given('What is my sister called?', 'My sister lives in Porto.');
    expect(mayStandMarked('Your sister lives in Porto. [1]', rule)).toBe(false);
    expect(mayStandMarked('Your sister was born in 1990. [1]', given('How old is my sister?', 'My sister was born in 1990.'))).toBe(true);
  });

  it('need the mark where no words settle which line answers', () => {
    const rule = given('What can I not eat?', 'Peanuts make my throat swell up, I am allergic.');
    expect(mayStandMarked('Peanuts make your throat swell up, you are allergic. [1]', rule)).toBe(true);
    expect(mayStandMarked('Peanuts make your throat swell up, you are allergic.', rule)).toBe(false);
    expect(mayStandMarked('You are allergic to eating. [1]', rule)).toBe(false);
  });
});

describe('refusing', () => {
  it.each(["I don't remember you telling me that.", 'I do not know that yet.', "You haven't told me that.", 'You never mentioned it, dear.', 'That is news to me.', 'I have no memory of that.', 'I’m not sure.'])('is: %s', (answer) => {
    expect(admitsIgnorance(answer)).toBe(true);
    expect(isPlainRefusal(answer, 'Where does my brother live?')).toBe(true);
  });
  it.each(['Your sister lives in Porto. [1]', "You can't have dairy. [1]", 'You do not know how to swim. [2]', 'I never forget.', 'I will remember that.'])('is not: %s', (answer) =>
    expect(admitsIgnorance(answer)).toBe(false),
  );
  it('claims nothing beside it', () => {
    expect(isPlainRefusal("I don't remember that, but your brother lives in Paris.", 'Where does my brother live?')).toBe(false);
    expect(isPlainRefusal("I don't remember that. [1]", 'Where does my brother live?')).toBe(false);
  });
});
