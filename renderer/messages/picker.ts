/** What the file and folder picker says. */
export const pickerMessages = {
  'picker.path': 'Path',
  'picker.pathHelp': 'Type or paste a path and press Enter.',
  'picker.go': 'Go',
  'picker.up': 'Up one folder',
  'picker.crumbs': 'Folders above this one',
  'picker.entries': 'In this folder',
  'picker.choose': 'Choose',
  'picker.chooseFolder': 'Choose this folder',
  'picker.emptyFolder': 'This folder is empty.',
  'picker.emptyFiltered': 'No {extensions} file and no folder here.',
  'picker.emptyFolders': 'There is no folder in this one. You can choose this one itself.',
} as const;
