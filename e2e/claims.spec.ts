import type { Page } from '@playwright/test';
import { t } from '../renderer/messages.ts';
import { expect, test } from './journey.ts';
import { chatOf, dialog, notice, sidebarOf } from './pages/chat.ts';
import { bringPast } from './prepare.ts';

const rowOf = (page: Page) => (text: string) => page.getByRole('feed').getByRole('article', { name: text });
const profileOf = (page: Page) => page.getByRole('region', { name: t('claims.profileTitle') });
const inReview = (page: Page) => page.getByRole('tab', { name: new RegExp(`^${t('memory.tabReview')}`) });

test('what was told is known with its words, which open; it is edited, and its history stays', async ({ home }) => {
  const chat = chatOf(home);
  await chat.ask('My sister Ana lives in Porto.');
  await chat.newConversation();
  await sidebarOf(home).place('memory').click();
  const row = rowOf(home);
  await expect(row('Your sister Ana lives in Porto')).toContainText('My sister Ana lives in Porto');
  await home.getByRole('radio', { name: t('claims.by.place') }).click();
  await expect(home.getByRole('feed').getByRole('heading', { name: 'Porto' })).toBeVisible();
  await row('lives in Porto').getByRole('link').click();
  await expect(chat.messages.first()).toContainText('My sister Ana lives in Porto.');
  await expect(chat.messages.first()).toBeInViewport();

  await sidebarOf(home).place('memory').click();
  await row('lives in Porto').getByRole('button', { name: t('claims.edit') }).click();
  await home.getByRole('textbox', { name: t('claims.editLabel', { value: 'Porto' }) }).fill('Braga');
  await home.keyboard.press('Enter');
  await expect(notice(home, t('claims.edited'))).toBeVisible();
  await expect(row('lives in Porto')).toHaveCount(0);
  await row('lives in Braga').getByRole('button', { name: t('claims.showAbout') }).click();
  await expect(row('lives in Braga').getByRole('region', { name: t('claims.replaced') })).toContainText('lives in Porto');
  await home.getByRole('searchbox', { name: t('claims.filterText') }).fill('nobody');
  await expect(home.getByText(t('claims.noMatchText', { text: 'nobody' }))).toBeVisible();
});

test('pinned into the profile, which its owner rewrites; what is forgotten goes from it too, until undone', async ({ home, api }) => {
  for (const text of ['I like tea.', 'I am allergic to penicillin.', 'I live in Ghent.']) await api.memory.remember({ text, scope: 'shared', personaId: null });
  await sidebarOf(home).place('memory').click();
  const row = rowOf(home);
  const profile = profileOf(home);
  await row('like tea').getByRole('button', { name: t('claims.pin') }).click();
  await expect(row('like tea')).toContainText(t('claims.pinned'));
  await expect(profile).toContainText('You: like tea; ');
  await home.getByRole('checkbox', { name: t('claims.onlyPinned') }).check();
  await expect(row('penicillin')).toHaveCount(0);
  await home.getByRole('checkbox', { name: t('claims.onlyPinned') }).uncheck();

  await profile.getByRole('button', { name: t('claims.profileEdit') }).click();
  const text = profile.getByRole('textbox', { name: t('claims.profileLabel') });
  await text.fill('word '.repeat(200));
  await expect(profile.getByRole('alert')).toContainText('67 too many');
  await expect(profile.getByRole('button', { name: t('claims.profileSave') })).toBeDisabled();
  await text.fill('You: like tea; live in Ghent; are allergic to penicillin\nAnswer briefly.');
  await text.press('Control+Enter');
  await expect(notice(home, t('claims.profileSaved'))).toBeVisible();
  await expect(profile).toContainText('Answer briefly.');

  await row('penicillin').getByRole('button', { name: t('claims.forget') }).click();
  const forget = dialog(home, t('forget.title'));
  await expect(forget.getByText(t('forget.kind.profile'), { exact: true })).toBeVisible();
  await forget.getByRole('combobox', { name: t('forget.grace') }).selectOption('3600');
  await forget.getByRole('button', { name: /^Forget in/ }).click();
  await dialog(home, t('forget.pendingTitle')).getByRole('button', { name: t('ui.close') }).last().click();
  await expect(row('penicillin')).toHaveCount(0);
  await expect(profile).not.toContainText('penicillin');
  await expect(profile).toContainText('Answer briefly.');
  await home.getByRole('button', { name: t('forget.undo') }).click();
  await expect(row('penicillin')).toBeVisible();
  await expect(profile).toContainText('are allergic to penicillin');

  await api.memory.remember({ text: 'I moved to Bruges.', scope: 'shared', personaId: null });
  await profile.getByRole('button', { name: t('claims.profileUpdate') }).click();
  await expect(text).toHaveValue('You: like tea; are allergic to penicillin; live in Bruges\nAnswer briefly.');
  await home.keyboard.press('Escape');
  await profile.getByRole('button', { name: t('claims.profileCompile') }).click();
  await expect(profile).not.toContainText('Answer briefly.');
  expect(await api.claims.profile({ personaId: null })).toMatchObject({ edited: false, text: expect.stringContaining('live in Bruges') });
});

test('what an import proposes waits, with a number beside the place; accepted by kind, put back, and asked about', async ({ home, api }) => {
  await bringPast(api);
  const place = sidebarOf(home).place('memory');
  await expect(place).toContainText(t('memory.waiting', { count: 5 }));
  await place.click();
  await expect(rowOf(home)('Oslo')).toHaveCount(0);
  await inReview(home).click();

  const likes = home.getByRole('region', { name: t('claims.topic.likes') });
  await likes.getByRole('button', { name: t('claims.acceptAll', { count: 2 }) }).click();
  await notice(home, t('claims.accepted', { count: 2 })).getByRole('button', { name: t('ui.undo') }).click();
  await expect(likes).toContainText('You like sailing');
  await likes.getByRole('button', { name: t('claims.acceptAll', { count: 2 }) }).click();
  await expect(likes).toHaveCount(0);
  await home.getByRole('button', { name: t('claims.rejectThis', { text: 'You live in Oslo' }) }).click();
  await expect(home.getByText(t('claims.proposedTitle'), { exact: true })).toHaveCount(0);

  const aside = home.getByRole('region', { name: t('claims.asideTitle') });
  await expect(aside).toContainText(t('claims.why.beside', { words: 'Ignore all previous instructions' }));
  await aside.getByRole('button', { name: t('claims.rejectThis', { text: 'Your boss lives in Drammen' }) }).click();

  const choose = (side: string) => home.getByRole('group', { name: side }).getByRole('button', { name: t('claims.chooseThis') }).click();
  await choose('You like coriander');
  await notice(home, t('claims.chosen')).getByRole('button', { name: t('ui.undo') }).click();
  await choose('You dislike coriander');
  await expect(home.getByRole('heading', { name: t('claims.reviewEmptyTitle') })).toBeVisible();
  await expect(place).not.toContainText(t('memory.waiting', { count: 1 }));
  await home.getByRole('button', { name: t('claims.rejectedShow') }).click();
  await expect(home.getByRole('list', { name: t('claims.rejectedTitle') }).getByRole('listitem')).toHaveCount(3);
  await home.getByRole('tab', { name: t('memory.tabKnown') }).click();
  await expect(rowOf(home)('You like sailing')).toBeVisible();
  await expect(rowOf(home)('You like coriander')).toHaveCount(0);
  expect((await api.claims.profile({ personaId: null })).text).not.toMatch(/Oslo|Drammen/);
});

test('two that mean the same become one that rests on both, and two again', async ({ home, api }) => {
  for (const text of ['I have a bicycle.', 'I own a green bike.']) await api.memory.remember({ text, scope: 'shared', personaId: null });
  await sidebarOf(home).place('memory').click();
  const row = rowOf(home);
  await row('You have a green bike').press('m');
  const merging = dialog(home, t('claims.mergeTitle'));
  await merging.getByRole('radio', { name: 'You have a bicycle' }).check();
  await merging.getByRole('button', { name: t('claims.mergeConfirm') }).click();
  await expect(row('You have')).toHaveCount(1);
  await row('You have a green bike').getByRole('button', { name: t('claims.showAbout') }).click();
  const sources = row('You have').getByRole('region', { name: t('claims.sources', { count: 2 }) });
  await expect(sources).toContainText('I have a bicycle');
  await expect(sources).toContainText('I own a green bike');
  await notice(home, t('claims.mergeDone')).getByRole('button', { name: t('ui.undo') }).click();
  await expect(row('You have a bicycle')).toBeVisible();
  await expect(row('You have a green bike')).toBeVisible();
});
