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

/** The same for a folder: one goes there by its typed path, and takes where one is. */
export async function pickFolder(page: Page, title: string, folder: string): Promise<void> {
  const picker = dialog(page, title);
  await expect(picker.getByRole('navigation', { name: t('picker.crumbs') }).getByRole('button').first()).toBeVisible();
  await picker.getByRole('textbox', { name: t('picker.path') }).fill(folder);
  await picker.getByRole('button', { name: t('picker.go') }).click();
  await expect(picker.getByRole('button', { name: folder.slice(folder.lastIndexOf('/') + 1), exact: true })).toBeVisible();
  await picker.getByRole('button', { name: t('picker.chooseFolder'), exact: true }).click();
  await expect(picker).toBeHidden();
}
