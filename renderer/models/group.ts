import type { EngineStatus, Model, ModelRole } from '../../main/contract/model.ts';
import { language } from '../format.ts';

/** The order of the screen: what answers, what finds by meaning, what re-orders. */
const ROLES: readonly ModelRole[] = ['chat', 'embedder', 'reranker'];

/** Models by role, roles nobody fills left out but chat and embedder, whose absence matters; loaded first, then by name. */
export function byRole(models: readonly Model[]): { role: ModelRole; models: Model[] }[] {
  return ROLES.map((role) => ({ role, models: models.filter((model) => model.role === role).sort(loadedThenName) })).filter(
    ({ role, models: found }) => role !== 'reranker' || found.length > 0,
  );
}

const loadedThenName = (a: Model, b: Model) => Number(b.loaded) - Number(a.loaded) || a.name.localeCompare(b.name);

/** Whether a load may be started now: one at a time, and not while the engine is coming up. */
export const canLoad = (status: EngineStatus | null, loadingId: string | null): boolean =>
  loadingId === null && status !== null && status.state !== 'loading' && status.state !== 'starting';

/** Parameters in the way models are named: 0.6B, 1.7B, 135M, 8K. */
export function formatParameters(parameters: number): string {
  const units: [number, string][] = [[1e9, 'B'], [1e6, 'M'], [1e3, 'K']];
  // 850 million is called 0.85B by everybody who makes models of that size.
  const [size, unit] = units.find(([each]) => parameters >= each * (each === 1e9 ? 0.5 : 1)) ?? [1, ''];
  return `${new Intl.NumberFormat(language, { maximumSignificantDigits: parameters / size < 1 ? 2 : 3 }).format(parameters / size)}${unit}`;
}
