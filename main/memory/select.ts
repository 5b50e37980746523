/** How much of what was found is worth bringing before the model. Pure. */
import { tokensOfText } from './cite.ts';
import type { Ranked } from './order.ts';
import type { Spot } from './rank.ts';

/** Measured on LoCoMo-10: what lies below this share of the best score is nearly never what was asked for. */
const worthwhile = 0.5;
/** When not even this much of the question is found anywhere, it is about something else (2 % of answerable ones are lost). */
const bearing = 0.2;
/** Lines with less of the question than this are found by their company alone. */
const leastCoverage = 0.1;
/** A meaning this clear stands without any word shared: a whole deviation beyond what chance brings. */
const clearMeaning = 0.5;
const mostByMeaning = 3;
/** The first few decide whether anything bears on the question. */
const looked = 5;

/** The leading part of the order that bears on the question, as far as the tokens reach. Nothing when nothing bears on it. */
export function selectBearing(ranked: Ranked[], tokens: number): Ranked[] {
  const bears = saidOf(ranked) >= bearing ? ranked.filter(isWorthwhile) : ranked.filter(isClear).slice(0, mostByMeaning);
  let left = tokens;
  return bears.filter(({ row }) => {
    const cost = tokensOfText(row.text);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}

/** How likely what was found tells the answer, 0 to 1; 0 when nothing was found. Fitted on our own histories: `npm run bench -- memory`. */
export function bearingOf(ranked: Ranked[]): number {
  if (ranked.length === 0) return 0;
  const told = ranked.flatMap(({ scores }) => scores.told ?? []);
  const odds = told.reduce((sum, share) => sum + share / Math.max(1e-6, 1 - share), 0);
  return shareOf(told.length === 0 ? 3.39 * saidOf(ranked) + 0.13 : 2.37 * saidOf(ranked) + 0.86 * Math.log(odds) - 0.26);
}

const shareOf = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));

/** How much of the question the first few say, 0 to 1. */
const saidOf = (ranked: Ranked[]): number => Math.max(0, ...ranked.slice(0, looked).map(({ spot }) => said(spot)));

/** Of the question; in other words, half as much. On LoCoMo-10 words alike bring in hardly anything of another's talk at this rate. */
const said = ({ coverage, sense }: Spot) => Math.max(coverage, sense / 2);

const isWorthwhile = ({ scores, spot, through }: Ranked) =>
  scores.total >= worthwhile && (through !== null || said(spot) >= leastCoverage || spot.meaning >= clearMeaning);

const isClear = ({ scores }: Ranked) => scores.meaning >= clearMeaning;
