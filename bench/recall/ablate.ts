/** What each lever of recall is worth: everything, and everything but one. */
import { usualLevers, type Levers, type Signals } from '../../main/memory/levers.ts';
import type { Figures } from '../bench.ts';
import { rank, type LabCase } from './lab.ts';
import { fitWeights } from './fit.ts';
import { summarise, type Ranking } from './scores.ts';

const without = (...names: (keyof Signals)[]): Levers => ({
  ...usualLevers,
  weights: { ...usualLevers.weights, ...Object.fromEntries(names.map((name) => [name, 0])) },
});

const levers: Record<string, Levers> = {
  'messages around': { ...usualLevers, beside: 0, further: 0, answer: 0 },
  'the next but one': { ...usualLevers, further: 0 },
  'answers after questions': { ...usualLevers, answer: 0 },
  'words alike': { ...usualLevers, alike: 0 },
  'meaning': { ...without('near', 'sittingNear'), alike: 0 },
  'meaning of the message': without('near'),
  'meanings around': { ...usualLevers, nearBeside: 0, nearFurther: 0 },
  'meaning of the sitting': without('sittingNear'),
  'words of the sitting': without('sitting'),
  'its own words twice': without('matched'),
  'who speaks': without('named'),
  'times told': without('time'),
  'times asked for': without('dated'),
  'names told': without('names'),
  'ends with a question': without('asks'),
  'what was told lately': without('recent'),
};

/** Recall without each lever, the weights of the others left as they are. */
export function ablate(cases: LabCase[]): Figures {
  const rows = Object.entries(levers).map(([name, given]) => [`without ${name}`, summarise(cases.map((asked) => rank(asked, given)))] as const);
  return { everything: summarise(cases.map((asked) => rank(asked, usualLevers))), ...Object.fromEntries(rows) };
}

/** What is chosen beside the weights. */
const reaches = [{ beside: 0.5, further: 0.25 }, { beside: 0.4, further: 0.3 }];
const alikes = [{ alike: 2.3, alikeMost: 0.7 }, { alike: 3, alikeMost: 0.9 }];

/** The levers that find most on these questions. */
function chosenOn(cases: LabCase[]): Levers {
  const tried = reaches.flatMap((reach) => alikes.map((alike): Levers => ({ ...usualLevers, ...reach, ...alike }))).map((levers) => {
    const fitted = { ...levers, weights: fitWeights(cases, levers) };
    return { fitted, found: Number(summarise(cases.map((asked) => rank(asked, fitted))).turnR10) };
  });
  return tried.reduce((best, one) => (one.found > best.found ? one : best)).fitted;
}

/** Each half of the conversations with levers chosen on the other: the even ones and the odd ones. */
export function byHalves(cases: LabCase[]): Figures {
  const half = (parity: number) => cases.filter(({ sample }) => sample % 2 === parity);
  const [even, odd] = [chosenOn(half(0)), chosenOn(half(1))];
  const held = (meaning: boolean): Ranking[] => cases.map((asked) => rank(asked, asked.sample % 2 === 0 ? odd : even, meaning));
  return {
    words: summarise(held(false)),
    hybrid: summarise(held(true)),
    chosen: { even, odd, all: chosenOn(cases), shipped: usualLevers },
  };
}
