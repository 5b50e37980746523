/** How much of one file is read. What lies beyond costs the note a sentence, and nothing else. */

const megabyte = 1024 ** 2;

export const limits = {
  /** Bytes of a text file, and characters of the text that is made of any other. */
  text: 16 * megabyte,
  /** Bytes of a PDF, which cannot be read as it comes, and of all parts of a zip together, unpacked. */
  whole: 256 * megabyte,
  /** Bytes of one part of a zip, unpacked, whatever the zip says of it; and of files that hold pictures as text: mail and RTF. */
  part: 64 * megabyte,
  /** Entries of a zip. */
  entries: 20_000,
  blocks: 200_000,
  pages: 20_000,
  links: 50_000,
  /** Milliseconds after which a reader that goes page by page stops by itself and keeps what it has. */
  patience: 15_000,
};

/** Who reads passes these on; tests make them small. */
export type Limits = typeof limits;

/** "16 MB". */
export const megabytes = (bytes: number): string => `${Math.round(bytes / megabyte)} MB`;
