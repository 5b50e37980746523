/** What the machine can spare. */
import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

export type Machine = {
  /** It runs on its battery. False where nobody can tell. */
  onBattery(): Promise<boolean>;
  /** How much of its processors others than the app took since this was asked before, 0 to 1. */
  takenByOthers(): Promise<number>;
};

/** `engineMs`: processor time that the engine has taken so far, which is the app's own, too. */
export function thisMachine(engineMs: () => Promise<number> = () => Promise.resolve(0)): Machine {
  const engine = () => engineMs().catch(() => 0);
  let before = { ...processors(), engine: 0 };
  return {
    onBattery: () => (batteries[process.platform]?.() ?? Promise.resolve(false)).catch(() => false),
    async takenByOthers() {
      const now = { ...processors(), engine: await engine() };
      // An engine that was started anew counts from nothing.
      const [total, busy, own] = [now.total - before.total, now.busy - before.busy, now.own - before.own + Math.max(0, now.engine - before.engine)];
      before = now;
      return total <= 0 ? 0 : Math.max(0, Math.min(1, (busy - own) / total));
    },
  };
}

/** Milliseconds, of all processors together. */
function processors(): { total: number; busy: number; own: number } {
  const times = cpus().map((cpu) => cpu.times);
  const total = times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0);
  // What others do at the lowest rank gives way by itself.
  const spare = times.reduce((sum, { idle, nice }) => sum + idle + nice, 0);
  const { user, system } = process.cpuUsage();
  return { total, busy: total - spare, own: (user + system) / 1_000 };
}

const run = promisify(execFile);
const patience = { timeout: 5_000, windowsHide: true };

const batteries: Partial<Record<NodeJS.Platform, () => Promise<boolean>>> = {
  linux: () => onBatteryIn('/sys/class/power_supply'),
  darwin: async () => (await run('/usr/bin/pmset', ['-g', 'batt'], patience)).stdout.includes('Battery Power'),
  // 1: it is discharging.
  win32: async () => (await run('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', '(Get-CimInstance Win32_Battery).BatteryStatus'], patience)).stdout.trim().startsWith('1'),
};

/** As Linux tells it: a folder for each supply. */
export async function onBatteryIn(folder: string): Promise<boolean> {
  const say = (supply: string, what: string) => readFile(path.join(folder, supply, what), 'utf8').then((text) => text.trim(), () => '');
  const supplies = await readdir(folder);
  const told = await Promise.all(supplies.map(async (supply) => ({ type: await say(supply, 'type'), scope: await say(supply, 'scope'), online: await say(supply, 'online'), status: await say(supply, 'status') })));
  // Those of a mouse or a headset are no concern of the machine's.
  const own = told.filter(({ scope }) => scope !== 'Device');
  if (own.some(({ type, online }) => type !== 'Battery' && online === '1')) return false;
  return own.some(({ type, status }) => type === 'Battery' && status === 'Discharging');
}
