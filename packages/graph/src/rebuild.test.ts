import { expect, test } from 'vitest';
import { topologicalOrder } from './topological-order.ts';
import { evaluate } from './interpreter/interpret.ts';
import { corr2d } from './ops/convolution.ts';
import { add, mul, select } from './ops/elementwise.ts';
import { flip, pad, slice, transpose } from './ops/movement.ts';
import { concat, overlapAdd, take, windows } from './ops/rearrange.ts';
import { mean, reduceMax } from './ops/reduce.ts';
import { input } from './ops/source.ts';
import { rebuild } from './rebuild.ts';
import type { Tensor } from './tensor.ts';

/** A graph over x with most kinds of nodes. */
function over(x: Tensor): Tensor {
  const y = corr2d(flip(transpose(pad(x, { low: [1, 1] }))), [[1, 2], [3, 4]]);
  const rows = windows(select(y, y, 7), [2], { strides: 1 });
  return add(mean(overlapAdd(rows, [3])), reduceMax(mul(take(concat([slice(y, { start: [1] }), y]), [0, 2]), 3)));
}

test('a graph rebuilt over another operand is the graph of that operand', () => {
  const [x, z] = [input('x', [3, 3]), input('z', [3, 3])];
  const replaced = new Map<Tensor, Tensor>([[x, z]]);
  for (const node of topologicalOrder([over(x)])) if (!replaced.has(node)) replaced.set(node, rebuild(node, (operand) => replaced.get(operand) ?? operand));
  expect(replaced.get(over(x))).toBe(over(z));
});

test('a node whose operands stay is itself', () => {
  const y = over(input('x', [3, 3]));
  expect(rebuild(y, (operand) => operand)).toBe(y);
});

test('the value is that of the other operand', () => {
  const [x, z] = [input('x', [2]), input('z', [2])];
  const doubled = rebuild(mul(x, 2), (operand) => (operand === x ? z : operand));
  expect(evaluate(doubled, { z: [1, 2] }).toNested()).toEqual([2, 4]);
});
