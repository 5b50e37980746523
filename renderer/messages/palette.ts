export const paletteMessages = {
  'palette.title': 'Palette',
} as const;
