import { describe, expect, it } from 'vitest';
import { afterForgetting } from './redactedDraft.ts';

const saved = 'Hello. My sister lives in Porto. Write to her.';
const kept = 'Hello. Write to her.';

describe('a draft after forgetting', () => {
  it('becomes what was kept when nothing was typed since', () => {
    expect(afterForgetting({ text: saved, savedText: saved }, kept)).toBe(kept);
    expect(afterForgetting({ text: saved, savedText: saved }, '')).toBe('');
  });

  it('keeps what was typed since, and does not bring the words back with it', () => {
    expect(afterForgetting({ text: `${saved} Soon.`, savedText: saved }, kept)).toBe(`${kept} Soon.`);
    expect(afterForgetting({ text: `Oh. ${saved} Soon.`, savedText: saved }, kept)).toBe(`Oh. ${kept} Soon.`);
    expect(afterForgetting({ text: `${saved.replace('Hello', 'Hi')}`, savedText: saved }, kept)).toBe('Hi. Write to her.');
  });

  it('stays as it is when the forgetting was about something else', () => {
    expect(afterForgetting({ text: 'Anything', savedText: saved }, saved)).toBe('Anything');
    expect(afterForgetting({ text: 'All new', savedText: saved }, kept)).toBe('All new');
  });

  it('comes back when the forgetting is undone', () => {
    expect(afterForgetting({ text: kept, savedText: kept }, saved)).toBe(saved);
    expect(afterForgetting({ text: 'Dear friend', savedText: kept }, saved)).toBe('Dear friend');
  });

  it('takes signs of the kept text for what they are, not for patterns', () => {
    expect(afterForgetting({ text: 'So: pay Ana 5 now!', savedText: 'pay Ana 5 now' }, 'pay $& now')).toBe('So: pay $& now!');
  });
});
