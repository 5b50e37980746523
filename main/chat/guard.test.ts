import { describe, expect, it } from 'vitest';
import { answerInsteadOfModel, answerWithoutModel, createGuard, type GuardOptions } from './guard.ts';
import { caseOf, type Case, type Source } from './trust.ts';

const said = new Date(2026, 2, 4, 12).getTime();
const sources: Source[] = [{ mark: 1, text: 'My sister lives in Porto.', saidAt: said, written: false, here: false }];
const options = { remembers: true, narrow: false, weighs: false, picksNewer: false, general: false };

/** Plays an answer word by word; what was shown along the way, and the end. */
function play(question: string, answer: string, part: Partial<typeof options> = {}) {
  const guard = createGuard(caseOf(question, sources, true), { ...options, ...part });
  const shown: string[] = [];
  for (const word of answer.match(/\s*\S+/gu) ?? []) {
    const { show, broken } = guard.hear(word);
    if (show) shown.push(show);
    if (broken) return { shown, broken: true, end: guard.end(false) };
  }
  return { shown, broken: false, end: guard.end(false) };
}

const quoted = { instead: { text: 'You said on 4 March 2026: “My sister lives in Porto.” [1]', quoted: true } };

describe('an answer under guard', () => {
  it('shows founded sentences as they are finished and loses nothing', () => {
    const { shown, end } = play('Where does my sister live?', 'Certainly. Your sister lives in Porto. I never forget.');
    expect(shown).toEqual(['Certainly.', ' Your sister lives in Porto.']);
    expect(end).toEqual({ show: ' I never forget.' });
  });

  it('never shows a word of an invention, stops it early and quotes', () => {
    const { shown, broken, end } = play('Where does my sister live?', 'Your sister lives in Lisbon. It is sunny there.');
    expect(shown).toEqual([]);
    expect(broken).toBe(true);
    expect(end).toEqual(quoted);
  });

  it('holds an acknowledgement until it is clear that it says no more than was told', () => {
    expect(play('My dog is called Rex.', 'Got it. Your dog is called Rex.')).toEqual({ shown: [], broken: false, end: { show: 'Got it. Your dog is called Rex.' } });
    expect(play('My dog is called Rex.', 'Your mother is called Rex. How nice.')).toEqual({ shown: [], broken: true, end: { instead: { text: 'Noted. I will remember that.', quoted: false } } });
  });

  it('keeps what was shown when it is stopped', () => {
    const guard = createGuard(caseOf('Where does my sister live?', sources, true), options);
    expect(guard.hear('Certainly. Your sis').show).toBe('Certainly.');
    expect(guard.end(true)).toEqual({ show: '' });
  });

  it('streams free answers word by word, but not a call of a tool that is not there', () => {
    expect(play('Who wrote Hamlet?', 'William Shakespeare wrote it.').shown).toEqual(['William', ' Shakespeare', ' wrote', ' it.']);
    const tool = play('What is 2 plus 2?', '{"tool":"calculator", "input":"2+2"}');
    expect(tool.shown).toEqual([]);
    expect(tool.end).toMatchObject({ instead: { quoted: false } });
  });

});

describe('an answer in a voice, of a model that marks its lines', () => {
  const phrases = { around: ['Drumroll: …', '…, case closed.', '…, filed in the vault.'], refusing: ['No evidence, your honour.', 'Crickets. The vault is empty.'], noting: ['Noted, detective.'] };
  const weighing = { remembers: true, narrow: false, weighs: true, picksNewer: true, general: true, phrases };
  function speak(rule: Case, answer: string, part: Partial<GuardOptions> = {}) {
    const guard = createGuard(rule, { ...weighing, ...part });
    const shown = (answer.match(/\s*\S+/gu) ?? []).map((word) => guard.hear(word).show).join('');
    const end = guard.end(false);
    return 'show' in end ? `${shown}${end.show}` : end;
  }
  const labelled = (rule: Case, mark: number | null = 1): Case => ('bearings' in rule ? { ...rule, bearings: rule.bearings.map((line) => ({ ...line, mark, label: 1 })) } : rule);
  const rule = labelled(caseOf('Where does my sister live?', sources, true));
  const unknown: Case = { kind: 'unknown', question: 'Where does my brother live?', bearings: [] };

  it('shows its mark behind it, and its phrases', () => {
    expect(speak(rule, 'Your sister lives in Porto. [1]')).toBe('Your sister lives in Porto. [1]');
    expect(speak(rule, 'Drumroll: your sister lives in Porto. [1]')).toBe('Drumroll: your sister lives in Porto. [1]');
    expect(speak(rule, 'Your sister lives in Porto, case closed. [1]')).toBe('Your sister lives in Porto, case closed. [1]');
    expect(speak(labelled(rule, null), 'Drumroll: your sister lives in Porto. [1]')).toBe('Drumroll: your sister lives in Porto.');
  });

  it('says no more in a phrase that it was not trained on', () => {
    expect(speak(rule, 'Trumpets: your sister lives in Porto. [1]')).toEqual(quoted);
    expect(speak(rule, 'Drumroll: your sister lives in Lisbon. [1]')).toEqual(quoted);
  });

  it('is asked again where it may know without lines, and refuses as it did when it does not', () => {
    const peru: Case = { kind: 'unknown', question: 'What is the capital of Peru?', bearings: [] };
    const again = (second: string) => {
      const first = createGuard(peru, weighing);
      first.hear('No evidence, your honour.');
      const end = first.end(false);
      if (!('again' in end)) return end;
      return [end.again.hear(second).show, end.again.end(false)];
    };
    expect(again('The capital of Peru is Lima.')).toEqual(['', { show: 'The capital of Peru is Lima.' }]);
    expect(again('I don’t know that. A larger model, loaded under Models, may.')).toEqual(['', { instead: { text: 'No evidence, your honour.', quoted: false } }]);
  });

  it('refuses and acknowledges in its own words, and promises nothing that is not kept', () => {
    expect(speak(unknown, 'No evidence, your honour.')).toBe('No evidence, your honour.');
    expect(speak(unknown, 'Crickets. The vault is empty.')).toBe('Crickets. The vault is empty.');
    expect(speak(rule, 'No evidence, your honour.')).toEqual(quoted);
    const told: Case = { kind: 'acknowledge', said: 'I bought a new bike.' };
    expect(speak(told, 'Noted, detective.')).toBe('Noted, detective.');
    expect(speak(told, 'A new bike, filed in the vault.')).toBe('A new bike, filed in the vault.');
    for (const answer of ['Noted, detective.', 'A new bike, filed in the vault.']) expect(speak(told, answer, { remembers: false }), answer).toEqual({ instead: { text: 'Understood.', quoted: false } });
  });
});

describe('answers without a model', () => {
  it('quotes what is remembered', () => {
    expect(answerWithoutModel(caseOf('Where does my sister live?', sources, true), true)).toEqual(quoted.instead);
  });
  it('has nothing to say to what no memory answers', () => {
    expect(answerWithoutModel(caseOf('Who wrote Hamlet?', sources, true), true)).toBeNull();
  });
  it('promises to remember only where something is kept', () => {
    expect(answerWithoutModel(caseOf('I bought a bike.', sources, true), true)?.text).toContain('remember');
    expect(answerWithoutModel(caseOf('I bought a bike.', sources, true), false)?.text).not.toContain('remember');
  });
  it('says that nothing is remembered rather than letting a model invent', () => {
    expect(answerInsteadOfModel(caseOf('What colour is my car?', sources, true), options)?.text).toMatch(/^I don’t remember/u);
  });
  it('does not ask an untrusted model where its answer could not stand', () => {
    expect(answerInsteadOfModel(caseOf("What is my sister's name?", sources, true), options)?.text).toBe(
      'I am not sure. The closest thing I remember: you said on 4 March 2026: “My sister lives in Porto.” [1]',
    );
    expect(answerInsteadOfModel(caseOf('Write a poem', sources, true), options)).toBeNull();
  });
  it('asks a narrow model for small talk, acknowledgements and what is remembered only', () => {
    const narrow = { ...options, narrow: true };
    for (const text of ['Write a poem', 'Who wrote Hamlet?', 'What colour is my car?']) expect(answerInsteadOfModel(caseOf(text, sources, true), narrow)?.quoted, text).toBe(false);
    for (const text of ['hello', 'My dog is called Rex.', 'Where does my sister live?']) expect(answerInsteadOfModel(caseOf(text, sources, true), narrow), text).toBeNull();
  });
});
