import { existsSync, mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contract } from '../contract/contract.ts';
import { createClient } from '../contract/route.ts';
import { createLog } from './log.ts';
import { openServices } from './open.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'engram-open-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = async (restore?: string) => {
  const services = await openServices({ dataFolder: folder, log: createLog(folder), host: 'none', shell: null, restore });
  return { ...services, client: createClient(contract, services.transport) };
};
const scope = { scope: 'shared', personaId: null } as const;

it('begins from the back-up that the sentence about a damaged database names, and keeps the damaged file', async () => {
  const before = await open();
  await before.client.memory.remember({ text: 'My bicycle is green.', ...scope });
  const { name } = await before.client.app.backUp({});
  await before.close();
  truncateSync(path.join(folder, 'engram.db'), 5_000);

  await expect(open()).rejects.toThrow(`--restore ${name}`);
  const after = await open(name);
  const { memories } = await after.client.memory.list({ filter: 'all', text: '', personaId: null, limit: 10, before: null });
  await after.close();
  expect(memories.map(({ text }) => text)).toEqual(['My bicycle is green.']);
  expect(readdirSync(path.join(folder, 'damaged'))).toHaveLength(1);
});

it('refuses a back-up that is not there and changes nothing', async () => {
  await (await open()).close();
  await expect(open('engram-nowhere.db')).rejects.toThrow(/no back-up engram-nowhere\.db.*Nothing was changed/u);
  expect(existsSync(path.join(folder, 'damaged'))).toBe(false);
  await (await open()).close();
});
