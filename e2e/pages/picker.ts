import { expect, type Page } from '@playwright/test';
import { t } from '../../renderer/messages.ts';
import { dialog } from './chat.ts';

/** The picker the assistant serves: goes to the folder of a file by its typed path, then takes the file from the list. */
export async function pickFile(page: Page, title: string, file: string): Promise<void> {
  const picker = dialog(page, title);
  const folder = file.slice(0, file.lastIndexOf('/'));
  const name = file.slice(folder.length + 1);
  await expect(picker.getByRole('navigation', { name: t('picker.crumbs') }).getByRole('button').first()).toBeVisible();
  await picker.getByRole('textbox', { name: t('picker.path') }).fill(folder);
  await picker.getByRole('button', { name: t('picker.go') }).click();
  await picker.getByRole('option', { name }).click();
  await picker.getByRole('button', { name: t('picker.choose'), exact: true }).click();
  await expect(picker).toBeHidden();
}
