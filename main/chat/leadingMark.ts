/**
 * The bundled model says first which remembered line it answers from, and then what stands there: `[2] Your sister lives in
 * Porto.` People read the source behind the sentence, so the mark is moved there as the answer comes, and back in front
 * where the answer is given to the model again.
 */

import type { GenerateEvent } from '../engine/contract.ts';

/** `Your sister lives in Porto. [2]` as the model said it. */
export const markInFront = (answer: string) => answer.replace(/^([^]*?)\s*(\[\d+\])$/u, '$2 $1');

/** An answer as it comes, the mark it begins with moved behind its end. */
export async function* markBehind(events: AsyncIterable<GenerateEvent>): AsyncGenerator<GenerateEvent> {
  let held: string | null = '';
  let mark = '';
  for await (const event of events) {
    if (event.type === 'done') yield delta(`${held ?? ''}${mark}`);
    if (event.type !== 'delta' || held === null) {
      yield event;
      continue;
    }
    held += event.text;
    // What has come so far may still become a mark.
    if (/^\s*(?:\[\d*\]?\s*)?$/u.test(held)) continue;
    const [whole = '', found] = /^\s*(\[\d+\])\s*/u.exec(held) ?? [];
    mark = found ? ` ${found}` : '';
    yield delta(held.slice(whole.length));
    held = null;
  }
}

const delta = (text: string): GenerateEvent => ({ type: 'delta', text });
