/**
 * Dot products of one vector with very many rows of bytes, ten times as fast as in JavaScript, which has no SIMD. WebAssembly has,
 * on every platform; the module is small enough to be written here as its format has it: webassembly.github.io/spec/core/binary.
 */

/** Numbers that one step takes; rows are filled up with zeros to a multiple of it. */
export const stride = 16;

/**
 * For each of `rows` rows of bytes from address `row` on, at least one, its dot product with the query: numbers of 16 bits from address 0
 * to `queryEnd`. The products, of 32 bits, follow there.
 */
export type DotRows = (row: number, rows: number, queryEnd: number) => void;

export const createDotRows = (memory: WebAssembly.Memory): DotRows =>
  new WebAssembly.Instance(new WebAssembly.Module(module()), { given: { memory } }).exports['dotRows'] as DotRows;

const unsigned = (value: number): number[] => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)]);
const sized = (bytes: number[]) => [...unsigned(bytes.length), ...bytes];
const named = (name: string) => sized([...Buffer.from(name)]);
const section = (id: number, bytes: number[]) => [id, ...sized(bytes)];

const i32 = 0x7f;
const v128 = 0x7b;
const end = [0x0b];

function module(): Uint8Array<ArrayBuffer> {
  const [anyFunction, inMemory, theFirst] = [0x60, 2, 0];
  return Uint8Array.from([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [1, anyFunction, 3, i32, i32, i32, 0]),
    ...section(2, [1, ...named('given'), ...named('memory'), inMemory, 0, 1]),
    ...section(3, [1, theFirst]),
    ...section(7, [1, ...named('dotRows'), 0, theFirst]),
    ...section(10, [1, ...sized([2, 2, i32, 2, v128, ...instructions(), ...end])]),
  ]);
}

function instructions(): number[] {
  const [row, rows, queryEnd, out, at, sum, odd] = [0, 1, 2, 3, 4, 5, 6];
  const get = (local: number) => [0x20, local];
  const set = (local: number) => [0x21, local];
  const setAndGet = (local: number) => [0x22, local];
  const constant = (below64: number) => [0x41, below64];
  const loop = [0x03, 0x40];
  const again = [0x0d, 0];
  const [add, subtract, isLess] = [[0x6a], [0x6b], [0x49]];
  const store = [0x36, 2, 0];

  const simd = (code: number) => [0xfd, ...unsigned(code)];
  const eightBytes = (offset: number) => [...simd(0x01), 0, offset];
  const eightOf16Bits = (offset: number) => [...simd(0x00), 0, offset];
  const multiplyAndAddPairs = simd(0xba);
  const addLanes = simd(0xae);
  const zeros = [...simd(0x0c), ...Array<number>(16).fill(0)];
  const lane = (index: number) => [...get(sum), ...simd(0x1b), index];

  return [
    [...get(queryEnd), ...set(out)],
    loop,
    [...zeros, ...set(sum), ...zeros, ...set(odd), ...constant(0), ...set(at)],
    loop,
    // Two sums, so that one does not wait for the other.
    [...get(row), ...eightBytes(0), ...get(at), ...eightOf16Bits(0), ...multiplyAndAddPairs, ...get(sum), ...addLanes, ...set(sum)],
    [...get(row), ...eightBytes(8), ...get(at), ...eightOf16Bits(16), ...multiplyAndAddPairs, ...get(odd), ...addLanes, ...set(odd)],
    [...get(row), ...constant(stride), ...add, ...set(row)],
    [...get(at), ...constant(2 * stride), ...add, ...setAndGet(at), ...get(queryEnd), ...isLess, ...again],
    end,
    [...get(sum), ...get(odd), ...addLanes, ...set(sum)],
    [...get(out), ...lane(0), ...lane(1), ...add, ...lane(2), ...add, ...lane(3), ...add, ...store],
    [...get(out), ...constant(4), ...add, ...set(out)],
    [...get(rows), ...constant(1), ...subtract, ...setAndGet(rows), ...again],
    end,
  ].flat();
}
