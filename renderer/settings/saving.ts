import type { Settings } from '../../main/contract/app.ts';
import { api, callCache, updateCall } from '../api.ts';
import { attempt } from '../ui/index.ts';

/** Changes settings: shown at once, then saved; taken back, with a notice, if saving fails. */
export async function change(part: Partial<Settings>): Promise<void> {
  updateCall('app.settings', {}, (settings) => ({ ...settings, ...part }));
  const saved = await attempt(() => api.app.changeSettings(part));
  if (!saved) callCache.invalidate(['app.settings']);
}
