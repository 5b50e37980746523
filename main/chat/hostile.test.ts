/** What is remembered, pasted and answered is data in a prompt: it stays where it was put. */
import { describe, expect, it } from 'vitest';
import { hostileTexts } from '../claims/fixtures/hostileTexts.ts';
import { claimsQuestion } from '../claims/propose.ts';
import { excerpt, turnsOf, writeLine, type HistoryMessage, type TrainedForm } from './prompt.ts';

const march = Date.UTC(2026, 2, 4, 12);
const trained: TrainedForm = { instructions: 'You are a helpful assistant.', memoryLines: 3, titleInstructions: '', temperature: 0, historyTurns: 0, trust: { weighs: false, picksNewer: false, general: false } };
const message = (role: HistoryMessage['role'], text: string, given: string[] = []): HistoryMessage => ({ id: text, role, text, given });

/** As a model may read it: entities, wide letters and letters with nothing shown between them mean the same. */
const read = (text: string) =>
  text.replace(/&lt;?|&#0*60;?|&#x0*3c;?/giu, '<').normalize('NFKC').replace(/[\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, '').toLowerCase();
const fencesIn = (text: string, mark: string) => read(text).match(new RegExp(`<[\\s/\\\\]*${mark}`, 'gu')) ?? [];

describe.each(hostileTexts.map(({ name, text }) => [name, text] as const))('%s', (_, text) => {
  const lines = [null, trained].map((form) => writeLine({ mark: 1, role: 'user', text: excerpt(text, () => 0), saidAt: march, written: false }, form));

  it('is one line between two quotation marks, with nothing hidden and no mark but its own', () => {
    for (const line of lines) {
      expect(line.split(/\r|\n|\u2028|\u2029|\u0085/u)).toHaveLength(1);
      expect(line.match(/\[\d+\]/gu)).toEqual(['[1]']);
      expect(line).not.toMatch(/[\u{E0000}-\u{E0FFF}\u202a-\u202e\u2066-\u2069\u200b\u2060\u00ad]/u);
      expect(line).not.toMatch(/<[|｜]/u);
    }
    expect(lines[0]!.match(/"/gu)).toHaveLength(2);
  });

  it('leaves its fence neither as a memory, nor as a question, nor as an answer', () => {
    const given = lines.map((line, index) => line.replace('[1]', `[${index + 1}]`));
    const turns = turnsOf([message('user', `Read this: ${text}`), message('assistant', text, given), message('user', 'And now?')], given, false);
    const prompt = turns.flatMap((turn) => turn.messages.map((each) => each.text));
    expect(prompt.map((each) => fencesIn(each, 'remembered').length)).toEqual([2, 0, 2]);
    expect(prompt[2]).toBe(`<remembered>\n${given.join('\n')}\n</remembered>\n\nAnd now?`);
  });

  it('leaves it no more where a file says that an answer was given it', () => {
    const [turn] = turnsOf([message('user', 'Well?'), message('assistant', 'Well.', [text, 'b'])], [], false);
    expect(fencesIn(turn!.messages[0]!.text, 'remembered')).toHaveLength(2);
    expect(turn!.messages[0]!.text.split(/\r|\n|\u2028|\u2029|\u0085/u)).toHaveLength(6);
  });

  it('leaves the fence of the question for claims no more', () => {
    expect(fencesIn(claimsQuestion(text), 'message')).toEqual(['<message', '</message']);
  });
});

it('what people write is left as it is', () => {
  for (const text of ['a < b and c > d', 'I remembered <it>', '👩‍👩‍👧 and 1️⃣ and ❤️', 'می‌خواهم', 'क्‍ष', 'He said “yes”.']) {
    expect(writeLine({ mark: 1, role: 'user', text, saidAt: march, written: false }, null)).toContain(text);
  }
});
