import type { ForgetPreview } from '../../main/contract/memory.ts';

/** Which sentences a quote stands in, or spans; null where these are chosen already, or none is. */
export function sentencesHolding(sentences: ForgetPreview['sentences'], quote: string): number[] | null {
  const wanted = plain(quote);
  const holding = sentences.flatMap(({ text }, index) => {
    const said = plain(text);
    return said !== '' && (said.includes(wanted) || wanted.includes(said)) ? [index] : [];
  });
  const areChosen = sentences.every(({ chosen }, index) => chosen === holding.includes(index));
  return holding.length === 0 || areChosen ? null : holding;
}

const plain = (text: string) => text.replace(/\s+/gu, ' ').trim();
