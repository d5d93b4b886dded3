import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { innerProduct, pseudoRandomPoint } from '../../testing/points.ts';
import { build, networks, positive } from '../../testing/random-networks.ts';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { abs, add, atan2, cast, constant, corr2d, cos, div, evaluate, exp, flip, grad, input, less, literalShape, log, max, min, mul, NdArray, neg, pow, reduceMax, relu, select, sin, sqrt, square, state, stopGradient, sub, sum, tanh, topologicalOrder, type Tensor } from '../index.ts';
import { hessianVectorProduct, jvp, vjp } from './products.ts';
import { valueAndGrad } from './value-and-grad.ts';

const float64 = { dtype: 'float64' } as const;

describe('jvp: two vector-Jacobian products', () => {
  test('of the chapter: how the edges change when the kernel does', () => {
    const K = state('K', [[1, -1]]);
    const y = corr2d([[1, 2, 4, 8]], K);
    expect(evaluate(jvp(y, [K], [[[1, 0]]])).toNested()).toEqual([[1, 2, 4]]);
  });

  test('over random networks: <u, J v> is <u J, v>, J v is what differences say, and u is gone', () => {
    fc.assert(
      fc.property(networks, (network) => {
        const x = input('x', network.input, float64);
        const y = build(x, network);
        const shape = literalShape(y.shape) ?? [];
        const at = positive(network.input, 5);
        const v = pseudoRandomPoint(network.input, 6);
        const u = pseudoRandomPoint(shape, 7);
        const tangent = jvp(y, [x], [v]);
        expect(topologicalOrder([tangent]).filter((node) => node.primitive === 'input' && node !== x)).toEqual([]);
        const forward = evaluate(tangent, { x: at });
        const [pulled] = vjp(y, [x], constant(u, float64));
        const backward = innerProduct(evaluate(pulled, { x: at }), v);
        const size = Array.from(forward.data).reduce((total, value) => total + Math.abs(value), Math.abs(backward));
        expect(Math.abs(innerProduct(u, forward) - backward)).toBeLessThanOrEqual(1e-12 * size);
        const moved = (by: number): NdArray => evaluate(y, { x: new NdArray(network.input, at.data.map((value, index) => value + by * (v.data[index] ?? 0))) });
        const [above, below] = [moved(2 ** -12), moved(-(2 ** -12))];
        forward.data.forEach((value, index) => {
          const difference = ((above.data[index] ?? 0) - (below.data[index] ?? 0)) * 2 ** 11;
          expect(Math.abs(value - difference)).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(value) + Math.abs(above.data[index] ?? 0)));
        });
      }),
      seeded(100),
    );
  });

  test('through every function of one or two numbers, at its own tangent', () => {
    const [a, b] = [input('a', [], float64), input('b', [], float64)];
    const feeds = { a: 0.7, b: 1.3 };
    const functions: readonly Tensor[] = [neg(a), abs(a), sqrt(a), exp(a), log(a), sin(a), cos(a), tanh(a), relu(a), cast(cast(a, 'float32'), 'float64'), add(a, b), sub(a, b), mul(a, b), div(a, b), min(a, b), max(a, b), pow(a, b), atan2(a, b), select(less(a, b), square(a), b), reduceMax(a)];
    for (const y of functions) {
      const used = [a, b].filter((each) => topologicalOrder([y]).includes(each));
      const gradients = grad(y, used).map((each) => evaluate(each, feeds).item());
      const tangent = evaluate(jvp(y, used, used.map((_, index) => index + 2)), feeds).item();
      expect(tangent, y.primitive).toBeCloseTo(gradients.reduce((total, slope, index) => total + slope * (index + 2), 0), 12);
    }
  });

  test('dependence without a derivative gives zeros; named sizes; several tensors of two dtypes', () => {
    const still = input('still', [2]);
    expect(evaluate(jvp(stopGradient(still), [still], [still]), { still: [1, 2] }).toNested()).toEqual([0, 0]);
    const x = input('x', ['H']);
    const w = input('w', ['H'], float64);
    const y = mul(x, cast(w, 'float32'));
    expect(evaluate(jvp(y, [x, w], [x, w]), { x: [1, 2], w: [3, 4] }).toNested()).toEqual([6, 16]);
  });
});

describe('Hessian-vector products', () => {
  test('of a quadratic form its matrix', () => {
    const x = input('x', [1, 3]);
    const loss = mul(0.5, sum(square(corr2d(x, [[2, -1]]))));
    const [product] = hessianVectorProduct(loss, [x], [[[1, 0, 0]]]);
    expect(evaluate(product, { x: [[5, 6, 7]] }).toNested()).toEqual([[4, -2, 0]]);
  });

  test('symmetric: <v, H w> = <w, H v>; and the vector is constant', () => {
    const x = input('x', [4], float64);
    const mixed = add(x, mul(0.5, flip(square(x))));
    const loss = sum(mul(sin(x), exp(mixed)));
    const [v, w] = [pseudoRandomPoint([4], 1), pseudoRandomPoint([4], 2)];
    const at = { x: pseudoRandomPoint([4], 3) };
    const along = (direction: NdArray): NdArray => {
      const [product] = hessianVectorProduct(loss, [x], [direction]);
      return evaluate(product, at);
    };
    expect(innerProduct(v, along(w))).toBeCloseTo(innerProduct(w, along(v)), 12);
    const [moving] = hessianVectorProduct(loss, [x], [x]);
    expect(evaluate(moving, at).toNested()).toEqual(along(at.x).toNested());
  });

  test('of a linear loss zeros', () => {
    const x = input('x', [2]);
    const [product] = hessianVectorProduct(sum(mul(x, [3, 4])), [x], [[1, 1]]);
    expect(evaluate(product, { x: [1, 1] }).toNested()).toEqual([0, 0]);
  });
});

test('valueAndGrad takes tensors in order or by name', () => {
  const [X, K] = [input('X', [1, 3]), state('K', [[1, -1]])];
  const loss = sum(square(corr2d(X, K)));
  const byName = valueAndGrad(loss, { X, K });
  const { value, gradients } = valueAndGrad(loss, [X, K]);
  expect([value, ...gradients]).toEqual([loss, ...grad(loss, [X, K])]);
  expect([byName.gradients.X, byName.gradients.K]).toEqual([...gradients]);
});

describe('errors, word for word', () => {
  const x = input('x', [2]);
  const y = square(x);
  test('of valueAndGrad', () => {
    expect(thrown(() => valueAndGrad(y, { x }))).toMatchInlineSnapshot(`
      "ShapeError: valueAndGrad: the loss is not a scalar
        loss  [2]  at products.test.ts:<line>
        a gradient needs one number to differentiate; sum or average the loss first"
    `);
  });
  test('nothing to differentiate with respect to, and what was never reached', () => {
    expect(thrown(() => jvp(y, [], []))).toMatchInlineSnapshot(`"ValueError: jvp: no tensors to differentiate with respect to; give a list of at least one, as in jvp(y, [x], …)"`);
    expect(thrown(() => vjp(y, [input('z', [])], [1, 1]))).toMatchInlineSnapshot(`
      "ShapeError: vjp: the output does not depend on z
        output  [2]     at products.test.ts:<line>
        wrt     []   z  at products.test.ts:<line>
        differentiate with respect to tensors that the output was computed from"
    `);
  });
  test('directions that do not fit', () => {
    expect(thrown(() => Reflect.apply(jvp, undefined, [y, [x], []]))).toMatchInlineSnapshot(`"ValueError: jvp: 0 vectors for 1 tensors; give a list with one for each"`);
    expect(thrown(() => jvp(y, [x], [[1, 2, 3]]))).toMatchInlineSnapshot(`
      "ShapeError: jvp: a vector of float32 [3] for a tensor of float32 [2]
        tensor  [2]  x  at products.test.ts:<line>
        vector  [3]     at products.test.ts:<line>
        a direction has the shape and the dtype of what moves along it"
    `);
    expect(thrown(() => hessianVectorProduct(sum(y), [x], [input('v', [2], float64)]))).toMatchInlineSnapshot(`
      "ShapeError: hessianVectorProduct: a vector of float64 [2] for a tensor of float32 [2]
        tensor  [2]  x  at products.test.ts:<line>
        vector  [2]  v  at products.test.ts:<line>
        a direction has the shape and the dtype of what moves along it"
    `);
  });
  test('a loss that is no scalar', () => {
    expect(thrown(() => hessianVectorProduct(y, [x], [[1, 1]]))).toMatchInlineSnapshot(`
      "ShapeError: hessianVectorProduct: the loss is not a scalar
        loss  [2]  at products.test.ts:<line>
        a gradient needs one number to differentiate; sum or average the loss first"
    `);
  });
});
