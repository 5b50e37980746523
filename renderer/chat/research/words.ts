import type { Research, ResearchStep } from '../../../main/contract/research.ts';
import { t } from '../../messages.ts';

/** One line over the steps: what is going on, or what became of it. */
export function summaryWords({ steps, passages, notes, among, end, kind }: Research, running: boolean): string {
  if (running) return t('research.running', { what: t(`research.${kind}`) });
  const looked = `${t('research.searches', { count: steps.length })}, ${t('research.passages', { count: passages })} ${t('research.inNotes', { notes, among })}`;
  const how = end === 'stopped' || end === null ? 'research.stopped' : end === 'limit' ? 'research.limited' : 'research.done';
  return t(how, { looked });
}

/** “the shed”: 5 passages, 2 of them new. */
export function stepWords(step: ResearchStep): string {
  const { kind, looking, found, fresh } = step;
  const what = t(`research.step.${kind}`, { looking });
  if (found === null) return what;
  if (found === 0) return `${what}: ${t('research.none')}`;
  const isAllNew = fresh === found;
  return `${what}: ${t('research.found', { count: found })}${isAllNew ? '' : fresh === 0 ? `, ${t('research.noneNew')}` : `, ${t('research.new', { count: fresh })}`}`;
}
