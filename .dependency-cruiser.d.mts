export const floors: string[][];
export const owners: Record<string, string>;
