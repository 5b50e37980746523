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
  const bears = bearingOf(ranked) >= bearing ? ranked.filter(isWorthwhile) : ranked.filter(isClear).slice(0, mostByMeaning);
  let left = tokens;
  return bears.filter(({ row }) => {
    const cost = tokensOfText(row.text);
    if (cost > left) return false;
    left -= cost;
    return true;
  });
}

/** How much of the question the first few say, 0 to 1. */
export const bearingOf = (ranked: Ranked[]): number => Math.max(0, ...ranked.slice(0, looked).map(({ spot }) => said(spot)));

/** Of the question; in other words, half as much. On LoCoMo-10 words alike bring in hardly anything of another's talk at this rate. */
const said = ({ coverage, sense }: Spot) => Math.max(coverage, sense / 2);

const isWorthwhile = ({ scores, spot, through }: Ranked) =>
  scores.total >= worthwhile && (through !== null || said(spot) >= leastCoverage || spot.meaning >= clearMeaning);

const isClear = ({ scores }: Ranked) => scores.meaning >= clearMeaning;
