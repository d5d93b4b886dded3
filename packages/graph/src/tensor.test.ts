import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { grad } from './grad.ts';
import { evaluate } from './interpreter/interpret.ts';
import { NdArray } from './ndarray.ts';
import { corr2d } from './ops/convolution.ts';
import { add, square, sub } from './ops/elementwise.ts';
import { pad, reshape, slice } from './ops/movement.ts';
import { sum } from './ops/reduce.ts';
import { arange, constant, full, input, state } from './ops/source.ts';
import { idOf, isTensor, label, labelOf, type Tensor } from './tensor.ts';

const X = input('X', [6, 8]);
const K = state('K', [[0.25, 0.5]]);

describe('one object for one meaning', () => {
  test('the same graph twice is the same objects', () => {
    const build = (): Tensor => sum(square(sub(corr2d(X, K, { padding: [0, [1, 0]] }), 1)));
    expect(build()).toBe(build());
    expect(grad(build(), [K])[0]).toBe(grad(build(), [K])[0]);
  });

  test('another operand, order, attribute or dtype is another node', () => {
    expect(sub(X, 1)).not.toBe(sub(X, 2));
    expect(sub(X, 1)).not.toBe(sub(1, X));
    expect(sum(X, { axes: 0 })).not.toBe(sum(X, { axes: 1 }));
    expect(slice(X, { stop: [2, 8] })).not.toBe(slice(X, { stop: [3, 8] }));
    expect(constant(1)).not.toBe(constant(1, { dtype: 'float64' }));
  });

  test('shapes tell apart what has one list of elements', () => {
    expect(constant([1, 2])).not.toBe(constant([[1, 2]]));
    expect(reshape(X, [48])).not.toBe(reshape(X, [8, 6]));
  });

  test('named sizes are compared by meaning, names by themselves', () => {
    expect(full(['H', 'W'], 1)).toBe(full(['H', 'W'], 1));
    expect(full(['H', 'W'], 1)).not.toBe(full(['W', 'H'], 1));
    expect(full(['H,W'], 1)).not.toBe(full(['H', 'W'], 1));
  });
});

test('0 and -0 are two paddings', () => {
  expect(pad(X, { low: [1], value: 0 })).not.toBe(pad(X, { low: [1], value: -0 }));
  expect(pad(X, { low: [1] })).toBe(pad(X, { low: [1], value: 0 }));
});

describe('inputs and states are what they are by creation', () => {
  test('two of one name are two', () => {
    expect(input('X', [2])).not.toBe(input('X', [2]));
    expect(state('K', [1])).not.toBe(state('K', [1]));
    expect(add(input('X', [2]), 1)).not.toBe(add(input('X', [2]), 1));
  });
});

describe('constants are keyed by their bits', () => {
  test('0 and -0 are two constants', () => {
    expect(constant(0)).not.toBe(constant(-0));
    expect(evaluate(constant([-0])).toNested()).toEqual([-0]);
    expect(constant(0)).toBe(constant(0));
  });

  test('a number and its rounding to the dtype are one', () => {
    expect(constant(0.1)).toBe(constant(Math.fround(0.1)));
    expect(constant(0.1, { dtype: 'float64' })).not.toBe(constant(Math.fround(0.1), { dtype: 'float64' }));
  });

  test('large constants are told apart by any element', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index);
    expect(constant(values)).toBe(constant([...values]));
    expect(constant(values)).toBe(arange(1000));
    for (const at of [0, 1, 500, 999]) expect(constant(values.with(at, -1))).not.toBe(constant(values));
  });

  test('what happens to the array afterwards does not change the constant', () => {
    const data = Float32Array.of(1, 2);
    const frozen = constant(new NdArray([2], data));
    data[0] = 9;
    expect(evaluate(frozen).toNested()).toEqual([1, 2]);
  });

  test('nor does what happens to a value that was read', () => {
    const pair = constant([1, 2], { dtype: 'float64' });
    evaluate(pair).data.fill(9);
    evaluate(reshape(pair, [2, 1])).data.fill(9);
    expect(evaluate(pair).toNested()).toEqual([1, 2]);
  });
});

describe('labels', () => {
  test('a label is no part of the identity', () => {
    expect(label(add(X, 7), 'shifted')).toBe(add(X, 7));
    expect(labelOf(add(X, 7))).toBe('shifted');
  });

  test('inputs and states are called by their names', () => {
    expect(labelOf(X)).toBe('X');
    expect(labelOf(label(K, 'kernel'))).toBe('K');
  });
});

test('operands are older than what uses them', () => {
  const y = add(X, 3);
  expect(idOf(X)).toBeLessThan(idOf(y));
});

test('nodes are frozen, and nothing else is a tensor', () => {
  expect(Object.isFrozen(X)).toBe(true);
  expect(isTensor(X)).toBe(true);
  expect(isTensor({ ...X })).toBe(false);
  expect(isTensor(null)).toBe(false);
});

test('a hundred thousand different graphs, built and dropped, leave memory flat', async () => {
  const build = async (from: number, to: number): Promise<void> => {
    for (let seed = from; seed < to; seed++) {
      square(constant(seed + 0.5));
      // What a task has looked at stays alive until it ends.
      if (seed % 1000 === 0) await setImmediate();
    }
  };
  await build(0, 5_000);
  const before = await heapInUse();
  await build(5_000, 105_000);
  // A table that keeps its keys grows by more than 40 MB.
  expect((await heapInUse()) - before).toBeLessThan(8_000_000);
});

/** Bytes in use once everything unreachable is gone; entries of tables go in a task after the collection. */
async function heapInUse(): Promise<number> {
  setFlagsFromString('--expose-gc');
  for (let round = 0; round < 6; round++) {
    runInNewContext('gc()');
    await setImmediate();
  }
  return process.memoryUsage().heapUsed;
}
