import { describe, expect, it } from 'vitest';
import { isOneOf, noPhrases, undress } from './voice.ts';

const witty = { ...noPhrases, around: ['Drumroll: …', '…, case closed.', 'Testing my memory, are we? …', 'Well, …, I rest my case.', 'No crystal ball needed, …'] };

describe('an answer without the phrases of its voice', () => {
  it.each([
    ['Drumroll: your sister lives in Porto.', 'your sister lives in Porto.'],
    ['Your sister lives in Porto, case closed.', 'Your sister lives in Porto'],
    ['Your sister lives in Porto, case closed!', 'Your sister lives in Porto'],
    ['Well, your sister lives in Porto, I rest my case.', 'your sister lives in Porto'],
    ['Yes, your sister lives in Porto, case closed.', 'Yes, your sister lives in Porto'],
    ['No crystal ball needed, your sister lives in Porto.', 'your sister lives in Porto.'],
    ['Testing my memory, are we? Your sister lives in Porto.', 'Your sister lives in Porto.'],
    ['Your sister lives in Porto.', 'Your sister lives in Porto.'],
    ['Your drumroll is in Porto.', 'Your drumroll is in Porto.'],
  ])('%s', (answer, plain) => expect(undress(answer, witty)).toBe(plain));

  it('is nothing yet while it is still in a phrase', () => {
    expect(undress('Testing my memory, are we?', witty)).toBe('');
    expect(undress('Yes, drumroll:', witty)).toBe('Yes,');
  });

  it('may be one of its whole answers, full stop aside', () => {
    expect(isOneOf('No evidence, your honour', ['No evidence, your honour.'])).toBe(true);
    expect(isOneOf('No evidence', ['No evidence, your honour.'])).toBe(false);
  });
});
