/**
 * Vectors in memory, two bytes a number: the first alone tells about how near each is, and is read whole in a moment; the second what
 * the first leaves out, for those that are looked at closely.
 */
import { createDotRows, stride, type DotRows } from './dots.ts';

export type ByteRows = {
  /** Writes row `at`, or one beyond the last. Only the direction counts. */
  set(at: number, vector: ArrayLike<number>): void;
  /** Puts the last row in place of this one. */
  remove(at: number): void;
  count(): number;
  /** Of each row with this vector, within a few thousandths. Good until it is called again. */
  cosines(vector: ArrayLike<number>): Float32Array;
  /** Of one row with this vector, within some hundred-thousandths. */
  cosine(at: number, vector: ArrayLike<number>): number;
};

const largestByte = 127;
/** What rounding leaves out, half a byte's step at most, in steps of its own. */
const restSteps = 2 * largestByte;
/** The query has 16 bits a number, fewer where so many dimensions could make a sum of 32 bits overflow. */
const largestIn = (dimensions: number) => Math.min(32_767, Math.floor(2 ** 31 / (largestByte * dimensions)) - 1);
const pageBytes = 65_536;
const leastRows = 1_024;
/** Rows whose products lie in memory at a time. */
const rowsAtOnce = 4_096;

export const createByteRows = (dimensions: number): ByteRows => new RowsInMemory(dimensions);

/** In the module's memory: the query, the products of some rows, the rows. */
class RowsInMemory implements ByteRows {
  readonly #dimensions: number;
  readonly #rowBytes: number;
  readonly #outAt: number;
  readonly #rowsAt: number;
  readonly #memory: WebAssembly.Memory;
  readonly #dotRows: DotRows;
  #bytes: Int8Array;
  /** What makes a row's products cosines: 1 / its length. */
  #scales = new Float32Array(0);
  #rests = new Int8Array(0);
  /** Kept for the next time: so much memory is not had for nothing. */
  #cosines = new Float32Array(0);
  #count = 0;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#rowBytes = Math.ceil(dimensions / stride) * stride;
    this.#outAt = 2 * this.#rowBytes;
    this.#rowsAt = this.#outAt + 4 * rowsAtOnce;
    this.#memory = new WebAssembly.Memory({ initial: Math.ceil(this.#rowsAt / pageBytes) });
    this.#dotRows = createDotRows(this.#memory);
    this.#bytes = new Int8Array(this.#memory.buffer);
  }

  count(): number {
    return this.#count;
  }

  set(at: number, vector: ArrayLike<number>): void {
    this.#reserve(at + 1);
    const [from, restsFrom] = [this.#rowsAt + at * this.#rowBytes, at * this.#dimensions];
    const scale = largestByte / largestOf(vector);
    for (let index = 0; index < this.#dimensions; index += 1) {
      const value = vector[index]! * scale;
      const byte = Math.round(value);
      this.#bytes[from + index] = byte;
      this.#rests[restsFrom + index] = Math.round((value - byte) * restSteps);
    }
    this.#scales[at] = 1 / lengthOf(this.#bytes.subarray(from, from + this.#dimensions));
    this.#count = Math.max(this.#count, at + 1);
  }

  remove(at: number): void {
    this.#count -= 1;
    moveLast(this.#bytes.subarray(this.#rowsAt), this.#rowBytes, { at, last: this.#count });
    moveLast(this.#rests, this.#dimensions, { at, last: this.#count });
    this.#scales[at] = this.#scales[this.#count]!;
  }

  cosines(vector: ArrayLike<number>): Float32Array {
    const query = new Int16Array(this.#memory.buffer, 0, this.#dimensions);
    const scale = largestIn(this.#dimensions) / largestOf(vector);
    for (let index = 0; index < this.#dimensions; index += 1) query[index] = Math.round(vector[index]! * scale);
    const queryScale = 1 / lengthOf(query);
    const products = new Int32Array(this.#memory.buffer, this.#outAt, rowsAtOnce);
    if (this.#cosines.length < this.#count) this.#cosines = new Float32Array(this.#scales.length);
    const cosines = this.#cosines.subarray(0, this.#count);
    for (let from = 0; from < this.#count; from += rowsAtOnce) {
      const some = Math.min(rowsAtOnce, this.#count - from);
      this.#dotRows(this.#rowsAt + from * this.#rowBytes, some, this.#outAt);
      for (let index = 0; index < some; index += 1) cosines[from + index] = products[index]! * this.#scales[from + index]! * queryScale;
    }
    return cosines;
  }

  cosine(at: number, vector: ArrayLike<number>): number {
    const [from, restsFrom] = [this.#rowsAt + at * this.#rowBytes, at * this.#dimensions];
    let [dot, squares] = [0, 0];
    for (let index = 0; index < this.#dimensions; index += 1) {
      const value = this.#bytes[from + index]! + this.#rests[restsFrom + index]! / restSteps;
      dot += value * vector[index]!;
      squares += value * value;
    }
    return dot / (Math.sqrt(squares) * lengthOf(vector) || 1);
  }

  #reserve(rows: number): void {
    const missing = this.#rowsAt + rows * this.#rowBytes - this.#bytes.length;
    if (missing > 0) {
      this.#memory.grow(Math.ceil(Math.max(missing, this.#bytes.length / 2) / pageBytes));
      this.#bytes = new Int8Array(this.#memory.buffer);
    }
    if (rows > this.#scales.length) {
      const before = { scales: this.#scales, rests: this.#rests };
      this.#scales = new Float32Array(Math.max(leastRows, Math.ceil(1.5 * rows)));
      this.#rests = new Int8Array(this.#scales.length * this.#dimensions);
      this.#scales.set(before.scales);
      this.#rests.set(before.rests);
    }
  }
}

/** The last row in place of one; nothing of it stays behind. */
function moveLast(bytes: Int8Array, rowBytes: number, { at, last }: { at: number; last: number }): void {
  bytes.copyWithin(at * rowBytes, last * rowBytes, (last + 1) * rowBytes);
  bytes.fill(0, last * rowBytes, (last + 1) * rowBytes);
}

function largestOf(vector: ArrayLike<number>): number {
  let largest = 0;
  for (let index = 0; index < vector.length; index += 1) largest = Math.max(largest, Math.abs(vector[index]!));
  return largest || 1;
}

function lengthOf(vector: ArrayLike<number>): number {
  let squares = 0;
  for (let index = 0; index < vector.length; index += 1) squares += vector[index]! ** 2;
  return Math.sqrt(squares) || 1;
}
