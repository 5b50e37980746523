import type { ResearchKind } from '../../contract/research.ts';

/** A form of words that asks for something to be gathered. */
export type Form = {
  /** Groups: `about`, or `a` and `b`; `aspect`. */
  pattern: RegExp;
  kind: ResearchKind;
  end?: 'last' | 'first';
  counts?: boolean;
  /** False: it may as well be an ordinary question. */
  isSure?: boolean;
};
