/** Electron's program when its runtime is complete. */
export function installedElectron(): string | undefined;
