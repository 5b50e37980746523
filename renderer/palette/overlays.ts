/** What opens above the window, as one chunk. */
export { KeyboardMap } from './KeyboardMap.tsx';
export { Palette } from './Palette.tsx';
