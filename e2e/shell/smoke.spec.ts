/** The one test that needs Electron's own binary: skipped, and said so, where there is none. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, expect, test } from '@playwright/test';
import { installedElectron } from '../../resources/scripts/electron.mjs';

const program = installedElectron();
const root = path.resolve(import.meta.dirname, '../..');

test('Electron itself opens the window and answers through it', async () => {
  test.skip(!program, "Electron's runtime is not here");
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'engram-electron-'));
  const app = await _electron.launch({ executablePath: program ?? '', args: [root, '--data', dataFolder] });
  const window = await app.firstWindow();
  await expect(window.getByRole('heading').first()).toBeVisible({ timeout: 30_000 });
  expect(new URL(window.url()).protocol).toBe('app:');
  await app.close();
  rmSync(dataFolder, { recursive: true, force: true });
});
