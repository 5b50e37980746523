/** What others may ask of the thread. */
export type ThreadHandle = {
  toEnd: () => void;
  /** Brings a message into the middle; `focus` also takes the focus there, for those who jumped to it. */
  toMessage: (id: string, focus?: boolean) => void;
};
