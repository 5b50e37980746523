/** Chooses the weights of recall's signals on some conversations, to be measured on others: logistic regression over each question's candidates. */
import { signalNames, type Levers, type Signals } from '../../main/memory/levers.ts';
import { readQuestion } from '../../main/memory/asked.ts';
import { newnessAmong, signalsOf } from '../../main/memory/signals.ts';
import { candidatesOf, type LabCase } from './lab.ts';

/** A question's candidates: their signals, one after another, and which of them were asked for. */
type Example = { signals: Float64Array; wanted: boolean[] };

const rounds = 200;
const step = 0.05;
/** The weight of `said` to begin with: what makes a softmax over two hundred candidates about as sure as it should be. */
const sharpness = 6;

/** Weights that make what was asked for likeliest, as shares of what `said` weighs. */
export function fitWeights(cases: LabCase[], levers: Levers): Signals {
  const examples = cases.map((asked) => exampleOf(asked, levers)).filter(({ wanted }) => wanted.includes(true));
  const weights = signalNames.map((name) => sharpness * levers.weights[name]);
  const [mean, square] = [weights.map(() => 0), weights.map(() => 0)];
  for (let round = 1; round <= rounds; round += 1) {
    const slope = gradient(examples, weights);
    // Adam, all examples at once.
    weights.forEach((_, index) => {
      mean[index] = 0.9 * mean[index]! + 0.1 * slope[index]!;
      square[index] = 0.99 * square[index]! + 0.01 * slope[index]! ** 2;
      weights[index]! -= (step * (mean[index]! / (1 - 0.9 ** round))) / (Math.sqrt(square[index]! / (1 - 0.99 ** round)) + 1e-9);
    });
  }
  return Object.fromEntries(signalNames.map((name, index) => [name, weights[index]! / weights[0]!])) as Signals;
}

function exampleOf(asked: LabCase, levers: Levers): Example {
  const question = readQuestion(asked.question, Date.now());
  const candidates = candidatesOf(asked, levers);
  const newness = newnessAmong(candidates);
  return {
    signals: Float64Array.from(candidates.flatMap((candidate) => valuesOf(signalsOf(candidate, question, newness(candidate))))),
    wanted: candidates.map(({ row }) => asked.evidence.has(asked.turnOf(row).id)),
  };
}

const valuesOf = (signals: Signals) => signalNames.map((name) => signals[name]);

/** Of the mean over questions of -log(share of what was asked for). */
function gradient(examples: Example[], weights: number[]): number[] {
  const slope = weights.map(() => 0);
  for (const { signals, wanted } of examples) {
    const scores = wanted.map((_, at) => weights.reduce((sum, weight, index) => sum + weight * signals[at * weights.length + index]!, 0));
    const best = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - best));
    const whole = shares.reduce((sum, share) => sum + share, 0);
    const count = wanted.filter(Boolean).length;
    wanted.forEach((is, at) => {
      const pull = (shares[at]! / whole - (is ? 1 / count : 0)) / examples.length;
      for (let index = 0; index < weights.length; index += 1) slope[index]! += pull * signals[at * weights.length + index]!;
    });
  }
  return slope;
}
