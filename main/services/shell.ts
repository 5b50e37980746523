/** What the operating system does for us, where there is a shell around the assistant. */
export type Shell = {
  /** Null when the owner cancelled. Extensions come without dots. */
  pick(options: { title: string; extensions: string[]; folder: boolean }): Promise<string | null>;
  /** Shows a file in its folder; opens nothing. */
  reveal(path: string): Promise<void>;
  /** A quiet notice outside the window, for when it is not in front. */
  notify(title: string, body: string): void;
};
