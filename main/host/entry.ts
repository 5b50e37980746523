import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** How a page gets in: a code that works once is exchanged for the token of this launch. */
export type Entry = {
  /** A fresh code for one page, good for five minutes. */
  createCode(): string;
  /** The token, or undefined when the code is wrong, used or too old. */
  exchange(code: string): string | undefined;
  admits(token: string): boolean;
};

const codeMs = 5 * 60_000;

export function createEntry(now: () => number = Date.now): Entry {
  const token = randomBytes(32).toString('base64url');
  /** Code to the time it ends. */
  const codes = new Map<string, number>();
  return {
    createCode() {
      for (const [code, ends] of codes) if (ends < now()) codes.delete(code);
      const code = randomBytes(24).toString('base64url');
      codes.set(code, now() + codeMs);
      return code;
    },
    exchange(code) {
      const ends = codes.get(code);
      codes.delete(code);
      return ends !== undefined && ends >= now() ? token : undefined;
    },
    admits: (given) => sameSecret(given, token),
  };
}

/** Compares in a time that tells nothing about where they differ. */
export function sameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

const digest = (text: string) => createHash('sha256').update(text).digest();
