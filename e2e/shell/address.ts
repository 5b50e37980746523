/** The page's name in the browser tab; `.localhost` counts as secure, as the app's own scheme does. */
export const pageHost = 'engram.localhost';

/** A browser tab cannot load app://; it loads a name of its own, and the shell is asked for the real address. */
export const toApp = (url: string): string => url.replace(`http://${pageHost}`, 'app://engram');
