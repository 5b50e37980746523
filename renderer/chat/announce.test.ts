import { describe, expect, it } from 'vitest';
import { AppError } from '../../main/contract/errors.ts';
import { nextWords, type Heard } from './announce.ts';
import { beginTurn, foldEvent, type Turn } from './fold.ts';

const silence: Heard = { turn: null, upTo: 0, words: '' };
const begun = beginTurn({ conversationId: 'c', after: null, continued: null, asked: 'Why?', personaId: null }, 42);
const said = (turn: Turn, text: string) => foldEvent(turn, { type: 'delta', text });

describe('what a screen reader is told', () => {
  it('is whole sentences, not deltas', () => {
    let heard = nextWords(silence, begun, '');
    const half = said(begun, 'Because the **sky');
    expect(nextWords(heard, half, '')).toBe(heard);
    heard = nextWords(heard, said(half, '** is blue. And the'), '');
    expect(heard.words).toBe('Because the sky is blue.');
  });

  it('ends with what was not yet said, once', () => {
    let heard = nextWords(silence, begun, '');
    heard = nextWords(heard, said(begun, 'One. Two'), '');
    heard = nextWords(heard, null, 'One. Two, three.');
    expect(heard.words).toMatch(/^Two, three\. The answer is complete/);
    expect(nextWords(heard, null, 'One. Two, three.')).toBe(heard);
  });

  it('says a failure once, with its reason', () => {
    const failed: Turn = { ...begun, phase: 'failed', failure: new AppError('engine-stopped', 'The engine stopped.') };
    const heard = nextWords(nextWords(silence, begun, ''), failed, '');
    expect(heard.words).toContain('The engine stopped.');
    expect(nextWords(heard, failed, '')).toBe(heard);
  });

  it('does not stop at "3.5" or at a dot that may yet go on', () => {
    const heard = nextWords(silence, begun, '');
    expect(nextWords(heard, said(begun, 'It is 3.5'), '')).toBe(heard);
    expect(nextWords(heard, said(begun, 'It is 3.'), '')).toBe(heard);
  });
});
