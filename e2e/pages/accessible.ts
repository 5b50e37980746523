/** What keeps somebody from using a page: without a mouse, without seeing it, without telling its colours apart. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** One sentence for each: the rule and the elements. `except`: rules that do not hold for this state. */
export const violationsOf = (page: Page, except: readonly string[] = []): Promise<string[]> => told(page, (axe) => axe.withTags(rules).disableRules([...except]));

/** As `violationsOf`, of its colours alone: what else there is to say does not change with them. */
export const faintOn = (page: Page): Promise<string[]> => told(page, (axe) => axe.withRules(['color-contrast']));

async function told(page: Page, narrow: (axe: AxeBuilder) => AxeBuilder): Promise<string[]> {
  await page.evaluate(atRest);
  // The other mode opens a page for each look, for the sake of frames of other origins, of which there are none.
  const { violations } = await narrow(new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })).analyze();
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id} (${help}) at ${target.join(' ')}: ${failureSummary}`));
}

/** What fades in is measured once it is there. */
const atRest = async () => {
  const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
  await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
};

/** Pixels that the page is wider than the window. */
export const tooWide = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
