/** What a command may do with the terminal it runs in; a test gives its own. */
export type Terminal = {
  /** The command's result. */
  out(text: string): void;
  /** Everything else: progress, receipts, questions, what went wrong. */
  say(text: string): void;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** Standard input is a person, who can be asked. */
  interactive: boolean;
  /** What `out` writes is looked at: it may be bold and coloured. */
  styled: boolean;
  /** What `say` writes is looked at: a line may be written over. */
  redraws: boolean;
  /** Asks a person one question. */
  ask(question: string): Promise<string>;
  /** Ctrl-C. */
  signal: AbortSignal;
};

/** What a command ends with, for scripts. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, inUse: 3, nothingFound: 4, stopped: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
