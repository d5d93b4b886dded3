import { conv2d, input, reduceMax, sum, type Tensor } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { certify } from '../certify/certify.ts';
import { programFor } from '../compile.ts';
import { walk, type LoopNest } from '../nest.ts';
import { printNest } from '../print/print-nest.ts';
import { elementThreads } from './element-threads.ts';

const threads = { machine: { registers: 1, lanes: 1, literalSizes: true, elementThreads: elementThreads(256) } };

/** Terms that each sum of a nest adds one after the other. */
function termsOf(nest: LoopNest): readonly number[] {
  const depths = new Map<string, number>();
  const terms: number[] = [];
  for (const [each, around] of walk(nest.body)) {
    if (each.kind === 'accumulator') depths.set(each.name, around.length);
    if (each.kind === 'accumulate' && each.operator === 'add') terms.push(around.slice(depths.get(each.name)).reduce((product, { extent }) => product * Number(extent), 1));
  }
  return terms;
}

const nestsOf = (shape: readonly number[], of: (x: Tensor) => Tensor): readonly LoopNest[] => {
  const x = input('x', shape);
  certify({ inputs: { x }, outputs: { y: of(x) } }, threads);
  return programFor({ inputs: { x }, outputs: { y: of(x) } }, threads).nests.map(({ nest }) => nest);
};

test('a long sum, as text', () => {
  expect(nestsOf([108], (x) => sum(x)).map((nest) => printNest(nest)).join('\n')).toMatchInlineSnapshot(`
    "nest0
      accumulator s0 = 0
      reduce r2 < 9
        accumulator s1 = 0
        reduce r3 < 12
          s1 += b0[12*r2 + r3]
        s0 += s1
      b1[0] = s0"
  `);
});

describe('no more than 32 terms are added one after the other', () => {
  test.each<readonly [string, readonly number[], (x: Tensor) => Tensor]>([
    ['a number of terms that has divisors', [240], (x) => sum(x)],
    ['a prime number of terms', [251], (x) => sum(x)],
    ['rows of few terms', [80, 3], (x) => sum(x)],
    ['few rows of many terms', [3, 80], (x) => sum(x)],
    ['more terms than a thread takes', [97, 89], (x) => sum(x)],
    ['a layer of many channels', [1, 40, 5, 5], (x) => conv2d(x, sum(x, { axes: [0], keepAxes: true }))],
  ])('%s', (_, shape, of) => {
    const terms = nestsOf(shape, of).flatMap(termsOf);
    expect(terms.length).toBeGreaterThan(0);
    for (const each of terms) expect(each).toBeLessThanOrEqual(32);
  });
});

test('a largest element is exact in any order, and few terms are added as they are', () => {
  expect(nestsOf([200], (x) => reduceMax(x)).flatMap(({ body }) => [...walk(body)]).filter(([each]) => each.kind === 'accumulator')).toHaveLength(1);
  expect(nestsOf([5, 5], (x) => sum(x)).flatMap(termsOf)).toEqual([25]);
});
