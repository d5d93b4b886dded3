import { expect, test } from 'vitest';
import { add, mul, square } from './ops/elementwise.ts';
import { sum } from './ops/reduce.ts';
import { constant, input } from './ops/source.ts';
import { topologicalOrder } from './topological-order.ts';

test('operands come before what uses them, each node once', () => {
  const x = input('x', [2]);
  const y = square(x);
  const loss = sum(mul(y, constant([2, 3])));
  const order = topologicalOrder([loss, y]);
  expect(new Set(order).size).toBe(5);
  expect(order).toHaveLength(5);
  order.forEach((node, position) => {
    for (const operand of node.inputs) expect(order.indexOf(operand)).toBeLessThan(position);
  });
});

test('the order follows from the graph alone, not from when its nodes were made', () => {
  const [late, early] = [input('late', []), input('early', [])];
  const swapped = add(early, late);
  const product = mul(late, early);
  const root = add(product, swapped);
  expect(topologicalOrder([root, late])).toEqual([late, early, product, swapped, root]);
});

test('a graph may be deeper than the stack', () => {
  let y = input('x', []);
  for (let step = 0; step < 20_000; step++) y = add(y, 1);
  expect(topologicalOrder([y])).toHaveLength(20_002);
});
