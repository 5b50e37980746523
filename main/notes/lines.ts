/** The lines of a text, made as they are asked for: a text of nothing but line ends has millions. */
export type Line = { text: string; from: number; /** Before its end of line. */ to: number };

const lineFeed = 10;
const carriageReturn = 13;

export class Lines {
  readonly #text: string;
  readonly #starts: number[] = [0];

  constructor(text: string) {
    this.#text = text;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === lineFeed || (code === carriageReturn && text.charCodeAt(at + 1) !== lineFeed)) this.#starts.push(at + 1);
    }
  }

  get count(): number {
    return this.#starts.length;
  }

  /** Where the line begins; where the text ends, after the last. */
  from(number: number): number {
    return this.#starts[number] ?? this.#text.length;
  }

  #endOf(number: number, from: number): number {
    const next = this.from(number + 1);
    if (next === from) return from;
    const last = this.#text.charCodeAt(next - 1);
    if (last === carriageReturn) return next - 1;
    if (last !== lineFeed) return next;
    return next - 1 > from && this.#text.charCodeAt(next - 2) === carriageReturn ? next - 2 : next - 1;
  }

  /** Empty beyond either end. */
  at(number: number): Line {
    const from = number < 0 ? 0 : this.from(number);
    const to = number < 0 ? 0 : this.#endOf(number, from);
    return { text: this.#text.slice(from, to), from, to };
  }
}
