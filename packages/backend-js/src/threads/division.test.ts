import { programFor, type ProgramSpec } from '@xcorr/compiler';
import { conv2d, corr2d, input, mul, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { js } from '../index.ts';
import { divisionOf, threadCosts, weightsOf, type Weights } from './division.ts';

const costs = { job: 100, byte: 1, banded: 1 };
const divided = (weights: Partial<Weights>, times = 1, threads = 2): readonly boolean[] => divisionOf({ works: [], invariant: 0, copied: 0, ...weights }, times, threads, costs);

describe('a nest is divided', () => {
  test('where other threads do more of it than a job costs: half of it, of two', () => {
    expect(divided({ works: [200, 201, 0] })).toEqual([false, true, false]);
    expect(divided({ works: [120, 140] }, 1, 4)).toEqual([false, true]);
  });

  test('where all that are win more than the copies cost', () => {
    expect(divided({ works: [1000, 600], copied: 599 })).toEqual([true, true]);
    expect(divided({ works: [1000, 600], copied: 600 })).toEqual([false, false]);
  });

  test('what a nest that loses would lose counts for nothing', () => {
    expect(divided({ works: [1000, 10], copied: 399 })).toEqual([true, false]);
  });

  test('many times win as often, and copy once', () => {
    expect(divided({ works: [300], copied: 500 }, 10)).toEqual([false]);
    expect(divided({ works: [300], copied: 500 }, 11)).toEqual([true]);
  });

  test('nests that do the same in all of the times run once', () => {
    expect(divided({ works: [300, 0], copied: 500, invariant: 1 }, 1000)).toEqual([false, false]);
    expect(divided({ works: [300, 300], copied: 500, invariant: 1 }, 1000)).toEqual([true, true]);
  });

  test('where bands take longer, by so much less', () => {
    expect(divisionOf({ works: [1000], invariant: 0, copied: 0 }, 1, 2, { ...costs, job: 399, banded: 1.2 })).toEqual([true]);
    expect(divisionOf({ works: [1000], invariant: 0, copied: 0 }, 1, 2, { ...costs, job: 401, banded: 1.2 })).toEqual([false]);
  });

  test('never by one thread', () => {
    expect(divided({ works: [1e12] }, 1, 1)).toEqual([false]);
  });
});

const weigh = (spec: ProgramSpec, sizes: Readonly<Record<string, number>> = {}): Weights => {
  const program = programFor(spec, js());
  return weightsOf(program, program.nests.map(() => true), new Map(Object.entries(sizes)));
};

describe('what is copied', () => {
  test('are inputs and outputs as they are stored, not what lies between', () => {
    const x = input('x', [4, 5], { storage: 'uint8' });
    expect(weigh({ inputs: { x }, outputs: { y: corr2d(x, [[1, 2, 3]]) } }).copied).toBe(20 + 4 * 12);
  });

  test('depends on the sizes, as the operations do', () => {
    const x = input('x', ['H', 'W']);
    const [small, large] = [{ H: 10, W: 10 }, { H: 20, W: 10 }].map((sizes) => weigh({ inputs: { x }, outputs: { y: mul(x, 2) } }, sizes));
    expect(small?.copied).toBe(800);
    expect(large?.copied).toBe(1600);
    expect(large?.works[0]).toBe(2 * (small?.works[0] ?? 0));
  });
});

const kernel = (height: number, width: number): number[][] => Array.from({ length: height }, (_, row) => Array.from({ length: width }, (__, column) => Math.sin(row * width + column + 1)));
const filter = (height: number, width: number, rows: number, columns: number): ProgramSpec => {
  const x = input('x', [height, width]);
  return { inputs: { x }, outputs: { y: corr2d(x, kernel(rows, columns)) } };
};
const layer = (channels: number, features: number, size: number, side: number): ProgramSpec => {
  const [x, w] = [input('x', [1, channels, side, side]), input('w', [features, channels, size, size])];
  return { inputs: { x, w }, outputs: { y: conv2d(x, w) } };
};
const scaled = (by: (x: Tensor) => Tensor): ProgramSpec => {
  const x = input('x', [1080, 1920]);
  return { inputs: { x }, outputs: { y: by(x) } };
};

test.each<readonly [string, boolean, ProgramSpec]>([
  ['a product with a number, at 1920 x 1080', false, scaled((x) => mul(x, 2))],
  ['a filter of 1 x 2, at 1920 x 1080', false, filter(1080, 1920, 1, 2)],
  ['a filter of 1 x 2, at 512 x 512', false, filter(512, 512, 1, 2)],
  ['a filter of 3 x 3, at 64 x 64', false, filter(64, 64, 3, 3)],
  ['a filter of 3 x 3, at 1920 x 1080', true, filter(1080, 1920, 3, 3)],
  ['a filter of 5 x 5, at 512 x 512', true, filter(512, 512, 5, 5)],
  ['a filter of 15 x 15, at 1920 x 1080', true, filter(1080, 1920, 15, 15)],
  ['a layer of 3 x 3, from 16 channels to 32, at 32 x 32', true, layer(16, 32, 3, 32)],
  ['a layer of 1 x 1, from 256 channels to 64, at 28 x 28', true, layer(256, 64, 1, 28)],
])('on two threads %s is divided: %s', (_, isDivided, spec) => {
  expect(divisionOf(weigh(spec), 1, 2, threadCosts).includes(true)).toBe(isDivided);
});
