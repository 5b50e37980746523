/** What the parts themselves say, wherever they stand. */
export const uiMessages = {
  'ui.close': 'Close',
  'ui.cancel': 'Cancel',
  'ui.delete': 'Delete',
  'ui.undo': 'Undo',
  'ui.retry': 'Try again',
  'ui.copy': 'Copy',
  'ui.copied': 'Copied',
  'ui.copyFailed': 'This browser did not allow copying.',
  'ui.loading': 'Loading…',
  'ui.notices': 'Notices ({hotkey})',
  'ui.dismiss': 'Dismiss notice',
  'ui.clear': 'Clear',
  'ui.error': 'That did not work',
  'ui.countMore': '{count}+',
  'ui.required': 'required',
} as const;
