import { add, corr2d, extend, flip, input, mul, NdArray, slice, sum, type DType, type Dimension, type Tensor } from '@xcorr/graph';
import { required, resultsOf, type Feeds } from '../judge/runner.ts';
import { eachCase, type Check, type Finding, type Subject } from '../suite/check.ts';
import { programsCheck, type Described, type Programs } from './described.ts';

export const largeNames = ['sizes: more than 2^16 elements', 'sizes: more than 2^24 elements'] as const;
export type LargeName = (typeof largeNames)[number];

const fed =
  (dtype: DType) =>
  (name: string, ...shape: readonly Dimension[]): Tensor =>
    input(name, shape, { dtype });

/** The sizes, and the products of them, need more than 16 bits. */
const beyond16: Programs = (dtype) => {
  const x = fed(dtype);
  const [long, flat, tall] = [x('a', 'N'), x('b', 'H', 'W'), x('c', 'N', 2)];
  const results: Readonly<Record<string, readonly [Tensor, Described['bindings']]>> = {
    'in a row': [mul(long, 2), [{ N: 65_537 }]],
    'taken from the end': [slice(flip(slice(long, { start: [-9] })), { step: [2] }), [{ N: 70_001 }, { N: 65_541 }]],
    'in rows of two': [sum(tall, { axes: 1 }), [{ N: 33_001 }]],
    'the last rows, filtered': [corr2d(slice(flat, { start: [-3, -40] }), [[1, -2], [3, 1]]), [{ H: 300, W: 301 }, { H: 3, W: 40_000 }]],
    'beyond the border': [slice(extend(long, { mode: 'reflect', high: [6] }), { start: [-12] }), [{ N: 80_003 }]],
  };
  return Object.fromEntries(Object.entries(results).map(([name, [y, bindings = []]]) => [name, { outputs: { y }, bindings }]));
};

const side = 4100;
const length = 2 ** 24 + 33;

/** The bytes that are fed: neighbours differ, in rows and in columns. */
const byteAt = (index: number): number => (index * 7 + Math.floor(index / 256) * 3) % 251;

interface Fed {
  readonly name: string;
  readonly inputs: Readonly<Record<string, Tensor>>;
  readonly outputs: Readonly<Record<string, Tensor>>;
  readonly feeds: Feeds;
}

/** A few elements from the end of many: nothing is computed of the others, nor held but their bytes. */
async function beyond24({ backend, dtype }: Subject): Promise<Finding> {
  const bytes = Uint8Array.from({ length: side * side }, (_, index) => byteAt(index));
  const picture = input('picture', ['H', 'W'], { dtype, storage: 'uint8' });
  const row = input('row', [length], { dtype, storage: 'uint8' });
  const corner = slice(picture, { start: [-2, -19] });
  const programs: readonly Fed[] = [
    { name: 'rows and columns', feeds: { picture: new NdArray([side, side], bytes) }, inputs: { picture }, outputs: { corner: mul(corner, 2), 'next to one another': add(slice(corner, { stop: [2, -1] }), slice(corner, { start: [0, 1] })) } },
    { name: 'a row', feeds: { row: new NdArray([length], bytes.subarray(0, length)) }, inputs: { row }, outputs: { 'every third from the end': slice(flip(slice(row, { start: [length - 31] })), { step: [3] }) } },
  ];
  const at = (position: number, width: number): number => byteAt((side - 2 + Math.floor(position / width)) * side + side - 19 + (position % width));
  const wanted: Readonly<Record<string, (position: number) => number>> = {
    corner: (position) => 2 * at(position, 19),
    'next to one another': (position) => at(position, 18) + byteAt((side - 2 + Math.floor(position / 18)) * side + side - 18 + (position % 18)),
    'every third from the end': (position) => byteAt(length - 1 - 3 * position),
  };
  // One after the other: each takes much of a device's memory.
  const cases = await eachCase(programs, { mode: 'sync' }, ({ name }) => name, async ({ inputs, outputs, feeds }) => {
    const results = await resultsOf({ inputs, outputs }, backend, feeds);
    return Object.keys(outputs).flatMap((name) => {
      const { data } = required(results, name);
      const wrong = data.findIndex((value, element) => value !== wanted[name]?.(element));
      return wrong < 0 ? [] : [`${name}: element ${wrong} is ${data[wrong]}, not ${wanted[name]?.(wrong)}`];
    });
  });
  return { problems: [], cases };
}

/** Sizes that are large: an index needs more bits than a small integer, or the significand of a single, has. */
export const largeChecks: Readonly<Record<LargeName, Check>> = {
  'sizes: more than 2^16 elements': programsCheck('indices over named sizes have more than 16 bits', beyond16),
  'sizes: more than 2^24 elements': { promise: 'indices are whole numbers where single precision has none', runs: 'once', run: beyond24 },
};
