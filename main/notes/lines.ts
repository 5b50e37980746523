/** The lines of a text, made as they are asked for: a text of nothing but line ends has millions. */
export type Line = { text: string; from: number; /** Before its end of line. */ to: number };

export class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (const { index, 0: end } of text.matchAll(/\r\n?|\n/g)) this.#starts.push(index + end.length);
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Where the line begins; where the text ends, after the last. */
  from(number: number): number {
    return this.#starts[number] ?? this.#text.length;
  }

  /** Empty beyond either end. */
  at(number: number): Line {
    const from = number < 0 ? 0 : this.from(number);
    const text = number < 0 ? '' : this.#text.slice(from, this.from(number + 1)).replace(/(\r\n?|\n)$/, '');
    return { text, from, to: from + text.length };
  }
}
