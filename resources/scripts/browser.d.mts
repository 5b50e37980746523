/** The path of a browser of the Chromium family, or undefined. */
export function findChromium(): string | undefined;
