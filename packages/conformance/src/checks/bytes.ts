import { input, mul, NdArray, type DType, type TypedArray } from '@xcorr/graph';
import { required, resultsOf, type AnyBackend } from '../judge/runner.ts';
import type { Check } from '../suite/check.ts';
import { arrayOf } from './functions.ts';

/** What drivers may do otherwise: WebGPU converts numbers without a value as it likes. */
export const byteDriverNames = ['values: NaN and infinities as bytes'] as const;
export type ByteDriverName = (typeof byteDriverNames)[number];
export type ByteName = 'values: bytes in' | 'values: bytes out' | ByteDriverName;

const all = Array.from({ length: 256 }, (_, byte) => byte);

/** Numbers about every edge between two bytes, and beyond the ends. */
const values = [...all.flatMap((byte) => [byte, byte + 0.5, byte + 0.25, byte + 0.499, byte + 0.501]), -0.25, -0.5, -0.501, -1, -300, 255.75, 256, 257, 511, 1000, 65_536, 1e9, -1e9, 1e20];

const noNumbers = [Number.NaN, Infinity, -Infinity];

async function stored(backend: AnyBackend, dtype: DType, values: readonly number[], factor: number): Promise<readonly [TypedArray, Uint8ClampedArray]> {
  const x = input('x', [values.length], { dtype });
  const { data } = arrayOf(values, dtype);
  const results = await resultsOf({ inputs: { x }, outputs: { y: { tensor: mul(x, factor), storage: 'uint8' } } }, backend, { x: new NdArray([values.length], data) });
  // The language's own array rounds half to even and saturates.
  return [required(results, 'y').data, Uint8ClampedArray.from(data, (value) => value * factor)];
}

export const byteChecks: Readonly<Record<ByteName, Check>> = {
  'values: bytes in': {
    promise: 'every byte that is fed is the number that it is',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => {
      const x = input('x', [16, 16], { dtype, storage: 'uint8' });
      const results = await resultsOf({ inputs: { x }, outputs: { same: x, halves: mul(x, 0.5), bytes: { tensor: x, storage: 'uint8' } } }, backend, { x: new NdArray([16, 16], Uint8Array.from(all)) });
      const wrong = (name: string, factor: number): readonly string[] => {
        const { data } = required(results, name);
        const position = all.findIndex((byte) => data[byte] !== byte * factor);
        return position < 0 ? [] : [`${name}: the byte ${position} times ${factor} is ${data[position]}`];
      };
      return { problems: [...wrong('same', 1), ...wrong('halves', 0.5), ...wrong('bytes', 1)] };
    },
  },
  'values: bytes out': {
    promise: 'what is stored as bytes is rounded half to even, and saturates',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => {
      const problems: string[] = [];
      for (const factor of [1, 0.5, 4]) {
        const [got, want] = await stored(backend, dtype, values, factor);
        if (!(got instanceof Uint8ClampedArray)) problems.push(`the result is a ${got.constructor.name}, not a Uint8ClampedArray`);
        const position = want.findIndex((byte, index) => got[index] !== byte);
        if (position >= 0) problems.push(`${(values[position] ?? 0) * factor} is stored as ${got[position]}, not as ${want[position]}`);
      }
      return { problems };
    },
  },  'values: NaN and infinities as bytes': {
    promise: 'NaN is stored as the byte 0, infinities as the bytes 0 and 255',
    runs: 'for each dtype',
    run: async ({ backend, dtype }) => {
      const [got, want] = await stored(backend, dtype, noNumbers, 0.5);
      return { problems: [], cases: Object.fromEntries(noNumbers.map((value, index) => [String(value), got[index] === want[index] ? [] : [`${value} is stored as ${got[index]}, not as ${want[index]}`]])) };
    },
  },
};
