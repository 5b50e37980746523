import { describe, expect, it } from 'vitest';
import { retell } from '../../main/chat/retell.ts';
import { casesFolder, readCases } from './cases.ts';

describe('the committed evaluation cases', () => {
  it('give remembered lines as the app does, so that the training’s `to_you` and the app’s `retell` say the same', () => {
    const alike = (text: string) => text.replace(/\.$/u, '').toLowerCase();
    const lines = readCases(casesFolder).flatMap(({ messages, said = [] }) =>
      said.map(({ text }, index) => {
        const line = messages.at(-1)?.text.split('\n').find((part) => part.startsWith(`[${index + 1}] `)) ?? '';
        // Something may have been said before it in the same message.
        return { given: alike(line.replace(/^\[\d+\] | \([^()]*\)$/gu, '')), toldBack: alike(retell(text)) };
      }),
    );
    expect(lines.length).toBeGreaterThan(1_000);
    expect(lines.filter(({ given, toldBack }) => !given.endsWith(toldBack))).toEqual([]);
  });
});
