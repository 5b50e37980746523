import { describe, expect, it, test } from 'vitest';
import { scoreAbilities, type Answered } from './abilities.ts';
import { Case, chooseCases, linesOf } from './cases.ts';
import { citesRight, isExact, isRefusal, isTitle, isToolCall, isYesNo, refusalsOf, ruleFor, saysValue } from './score.ts';

const made = (part: Partial<Case>): Case => Case.parse({ ability: 'grounded.unseenNames', messages: [{ role: 'user', text: 'Where does my sister live?' }], expect: 'Your sister lives in Porto. [1]', mark: 1, value: 'Porto', ...part });
const refusal = "I don't remember you telling me that.";

describe('what counts as right', () => {
  it('is the very answer, white space aside', () => {
    expect(isExact(made({}), '  Your sister  lives in Porto.\n[1] ')).toBe(true);
    expect(isExact(made({}), 'Your sister lives in Porto.')).toBe(false);
    expect(isExact(made({ accept: ['In Porto. [1]'] }), 'In Porto. [1]')).toBe(true);
  });

  it('is the one right mark, and a value as a whole word', () => {
    expect(citesRight(made({}), 'In Porto. [1]')).toBe(true);
    expect(citesRight(made({}), 'In Porto. [1] [2]')).toBe(false);
    expect(citesRight(made({}), 'In Porto.')).toBe(false);
    expect(saysValue(made({ value: '12' }), 'Your locker is 12. [1]')).toBe(true);
    expect(saysValue(made({ value: '1' }), 'Your locker is 12. [1]')).toBe(false);
    expect(saysValue(made({ value: 'C++ (new)' }), 'You learn C++ (new) now.')).toBe(true);
  });

  it('is a refusal in accepted or other words, where nothing is there', () => {
    const refusals = refusalsOf([made({ ability: 'notThere', expect: refusal, accept: ['That is news to me.'], mark: null, value: null })]);
    expect(isRefusal(refusal, refusals)).toBe(true);
    expect(isRefusal('That is news to me.', refusals)).toBe(true);
    expect(isRefusal('I do not know where she lives.', refusals)).toBe(true);
    expect(isRefusal('Your sister lives in Porto. [1]', refusals)).toBe(false);
  });

  it('is a title of two to six words that were said', () => {
    const asked = made({ ability: 'title', messages: [{ role: 'system', text: 'Write a short title.' }, { role: 'user', text: 'How do I bake bread with rye flour?' }] });
    expect(isTitle(asked, 'Baking bread with rye flour')).toBe(true);
    for (const bad of ['Bread', 'Rye bread.', 'Baking bread in Paris', 'How do I bake bread with flour', 'The and of', '']) expect(isTitle(asked, bad), bad).toBe(false);
  });

  it('is a call of the right tool, and JSON of nothing else', () => {
    const wanted = made({ ability: 'tool', expect: '{"tool":"calculator","input":"37*12"}' });
    expect(isToolCall(wanted, '{"tool": "calculator", "input": "37 * 12"}')).toBe(true);
    expect(isToolCall(wanted, '{"tool":"calculator","input":" thirty-seven times twelve"}')).toBe(true);
    for (const bad of ['{"tool":"calculator","input":"37*13"}', '{"tool":"date","input":"37*12"}', '{"tool":"calculator","input":"37*12","x":1}', 'Sure! {"tool":"calculator","input":"37*12"}', '444', 'null']) {
      expect(isToolCall(wanted, bad), bad).toBe(false);
    }
  });

  it('is the first word of a yes or no', () => {
    expect(isYesNo(made({ expect: 'No, your sister lives in Porto. [1]' }), 'No. She lives in Porto.')).toBe(true);
    expect(isYesNo(made({ expect: '[1] No, your sister lives in Porto.' }), '[1] No. She lives in Porto.')).toBe(true);
    expect(isYesNo(made({ expect: 'No, your sister lives in Porto. [1]' }), 'Not that I know.')).toBe(false);
  });

  it('has no rule for small talk, which people read', () => {
    expect(ruleFor('smallTalk', new Set())).toBeNull();
    expect(ruleFor('talk', new Set())).toBe(isExact);
    expect(ruleFor('tool.use', new Set())).toBe(isExact);
  });
});

describe('cases', () => {
  it('are chosen by ability, so many of each', () => {
    const cases = [made({}), made({}), made({ ability: 'grounded.unseenTemplates' }), made({ ability: 'tool' })];
    expect(chooseCases(cases, { only: undefined, limit: 1 }).map(({ ability }) => ability)).toEqual(['grounded.unseenNames', 'grounded.unseenTemplates', 'tool']);
    expect(chooseCases(cases, { only: 'grounded', limit: 9 })).toHaveLength(3);
  });

  it('know how many lines they give', () => {
    const text = '<remembered>\n[2] 4 March 2026, the user said: "a"\n[1] 5 March 2026, the user said: "b"\n</remembered>\n\nWhere?';
    expect(linesOf(made({ messages: [{ role: 'user', text }] }))).toBe(2);
    expect(linesOf(made({}))).toBe(0);
  });
});

test('abilities come out under the names the project agreed on', () => {
  const stats = { promptTokens: 1, reusedTokens: 0, answerTokens: 1, readMs: 1, writeMs: 1, end: 'finished' } as const;
  const answered = (part: Partial<Case>, text: string): Answered => ({ given: made(part), answer: { text, stats } });
  const notThere = { ability: 'notThere', expect: refusal, mark: null, value: null };
  const figures = scoreAbilities([
    answered({}, 'Your sister lives in Porto. [1]'),
    answered({}, refusal),
    answered({ ability: 'grounded.unseenTemplates' }, 'Your sister lives in Porto. [2]'),
    answered(notThere, refusal),
    answered(notThere, 'Your sister lives in Porto. [1]'),
    answered({ ability: 'newer' }, 'Your sister lives in Porto. [1]'),
    { ...answered({ ability: 'smallTalk' }, 'Hello and so on'), answer: { text: 'Hello and so on', stats: { ...stats, end: 'length' } } },
  ]);
  expect(figures).toMatchObject({ grounded: { unseenNames: 0.5, unseenTemplates: 0 }, notThere: { recall: 0.5, falseAlarm: 1 / 3 }, newer: 1, cites: 1 / 3, stops: 6 / 7 });
  expect(figures).toMatchObject({ cases: { 'grounded.unseenNames': 2, smallTalk: 1 } });
  expect(figures).not.toHaveProperty('smallTalk');
});
