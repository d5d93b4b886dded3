import { describe, expect, test } from 'vitest';
import { topologicalOrder } from './topological-order.ts';
import { grad } from './grad.ts';
import { evaluate } from './interpreter/interpret.ts';
import { corr2d } from './ops/convolution.ts';
import { correlate } from './ops/correlate.ts';
import { add, mul, select, square, sub } from './ops/elementwise.ts';
import { flip, pad, reshape, slice, transpose } from './ops/movement.ts';
import { concat, overlapAdd, take, windows } from './ops/rearrange.ts';
import { mean, reduceMax, sum } from './ops/reduce.ts';
import { input } from './ops/source.ts';
import { rebuild, specialise } from './rebuild.ts';
import { extend } from './ops/extend.ts';
import { literalShape } from './shape.ts';
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

describe('specialise', () => {
  const photo = input('photo', ['H', 'W']);
  const result = sub(mean(corr2d(photo, [[1, 2], [3, 4]], { strides: 2, padding: 'same' })), reduceMax(slice(photo, { start: [1] })));

  test('numbers stand where the named sizes stood, and the value is the same', () => {
    const sizes = new Map([['H', 3], ['W', 5]]);
    const fixed = specialise([result], sizes);
    for (const node of fixed.values()) expect(literalShape(node.shape), node.primitive).toBeDefined();
    const root = fixed.get(result);
    const feeds = { photo: Array.from({ length: 3 }, (_, i) => Array.from({ length: 5 }, (_, j) => i * j + 1)) };
    expect(root === undefined ? undefined : evaluate(root, feeds)).toEqual(evaluate(result, feeds));
  });

  test('in every attribute too, alone, in lists and in pairs', () => {
    const [height = 0] = photo.shape;
    const bordered = extend(photo, { mode: 'reflect', low: [height], high: [height] });
    const [derivative] = grad(sum(square(bordered)), [photo]);
    const padded = correlate(reshape(photo, [1, 1, ...photo.shape]), [[[[1, 2]]]], { padding: [[height, height], 0] });
    const roots = [derivative, padded].filter((each) => each !== undefined);
    for (const node of specialise(roots, new Map([['H', 3], ['W', 5]])).values()) expect(JSON.stringify(node.attributes), node.primitive).not.toContain('polynomial');
    expect(topologicalOrder(roots).filter(({ attributes }) => JSON.stringify(attributes).includes('polynomial')).map(({ primitive }) => primitive)).toEqual(
      expect.arrayContaining(['extend', 'foldBack', 'correlate']),
    );
  });

  test('every size must be given', () => {
    expect(() => specialise([result], new Map([['H', 3]]))).toThrow('the size W is not bound');
  });

  test('what has no named size stays as it is', () => {
    const y = over(input('x', [3, 3]));
    expect(specialise([y], new Map()).get(y)).toBe(y);
  });
});
