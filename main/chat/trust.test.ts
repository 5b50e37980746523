import { describe, expect, it } from 'vitest';
import { alone, known, march, sister, source } from './fixtures/remembered.ts';
import { caseOf, type Case } from './trust.ts';

const topOf = (rule: Case) => ('bearings' in rule ? rule.bearings[0]?.sentence : undefined);

describe('which remembered sentence answers a question', () => {
  it.each([
    ['Where does my sister live?', 'My sister lives in Porto.'],
    ['In which town is my sister?', 'My sister lives in Porto.'],
    ["what's my dog called", 'My dog is called Rex.'],
    ['Tell me my dog’s name.', 'My dog is called Rex.'],
    ["What's my job?", 'I work at Kestrel Analytics as a data engineer.'],
    ['do i have any allergies', "I'm allergic to penicillin."],
    ["I can't find the spare key. Where is it?", 'The spare key is in the blue box under the stairs.'],
    ['Who lives in Porto?', 'My sister lives in Porto.'],
  ])('%s', (question, sentence) => {
    const rule = caseOf(question, known, alone);
    expect(rule.kind).toBe('answered');
    expect(topOf(rule)).toBe(sentence);
  });

  it('never answers where the owner lives with where a sister lives', () => {
    expect(topOf(caseOf('Where do I live?', known, alone))).toBe('I moved to Berlin last week and I love it.');
    expect(caseOf('Where do I live?', [sister], alone).kind).toBe('unknown');
  });

  it('does not take a sentence about the same person for an answer to another question', () => {
    expect(caseOf("What is my sister's name?", known, alone).kind).toBe('near');
  });

  it('puts the latest said first when two sentences answer alike', () => {
    const later = source('My sister lives in Lisbon.', { mark: 2, saidAt: march + 1 });
    expect(topOf(caseOf('Where does my sister live?', [sister, later], alone))).toBe('My sister lives in Lisbon.');
  });

  it('quotes the sentence that bears on it out of a longer message, and no question', () => {
    const long = source('What a day. My sister lives in Porto. Where does my sister live, you ask?');
    expect(topOf(caseOf('Where does my sister live?', [long], alone))).toBe('My sister lives in Porto.');
  });
});

describe('what the rule leaves to the model', () => {
  it.each(['hello!', 'thank you so much', 'How are you?', 'tell me a joke', 'I had a bad day'])('small talk: %s', (text) => {
    expect(caseOf(text, known, alone)).toMatchObject({ kind: 'free', utterance: 'small-talk' });
  });
  it.each(['Who wrote Hamlet?', 'How do I make my bed?', 'Why is my computer slow?', 'What should I cook for my sister?'])(
    'general questions and advice: %s',
    (text) => expect(caseOf(text, [], alone).kind).toBe('free'),
  );
  it('what the owner tells is acknowledged, not answered', () => {
    expect(caseOf('My sister lives in Porto.', known, alone).kind).toBe('acknowledge');
    expect(caseOf('Remember that my locker is 12', known, alone).kind).toBe('acknowledge');
  });
  it('a model of some wit answers and acknowledges in its own words where nothing is remembered', () => {
    for (const text of ['I need help with my essay.', 'What is wrong with my code?', 'What colour is my car?']) expect(caseOf(text, known, false).kind, text).toBe('free');
    expect(caseOf('Where does my sister live?', known, false).kind).toBe('answered');
  });
  it('shows what is near to any question when nobody but memory can answer', () => {
    expect(caseOf('What breed is Rex?', known, false).kind).toBe('free');
    expect(caseOf('What breed is Rex?', known, true).kind).toBe('near');
  });
});
