/** What the settings screen says. */
export const settingMessages = {
  'settings.title': 'Settings',
} as const;
