import { add, broadcast, constant, correlate, exp, extend, grad, input, less, mul, NdArray, pad, pow, reshape, state, sum, take, windows, type Tensor } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { direct } from '../../testing/direct.ts';
import { randomChoices, randomOutputs, randomSizes } from '../../testing/random-graphs.ts';
import { pseudoRandom, seeded } from '../../testing/seeded.ts';
import type { ProgramSpec } from '../graph.ts';
import { passes } from '../lower-program.ts';
import { rewrites, type Law, type Pass } from '../passes/rewrite.ts';
import { certify, CertificateError } from './certify.ts';

/** Puts a number in the place of another, wherever constants hold it. */
const replacing = (from: number, to: number): Law => ({
  text: `${from} = ${to}`,
  apply: (y) =>
    y.primitive === 'constant' && y.attributes.data.includes(from)
      ? constant(new NdArray(y.shape.map(Number), y.attributes.data.map((value) => (value === from ? to : value))), { dtype: y.dtype })
      : undefined,
});

const verified = (spec: ProgramSpec, law: Law) => () => certify(spec, direct(), { passes: [rewrites('wrong', [law])] });

const tenth = Math.fround(0.1);
/** The next number of float32. */
const behind = Math.fround(tenth + 2 ** -27);

describe('a literal is one number and no other', () => {
  const x = input('x', [2]);
  const wide = input('wide', [2], { dtype: 'float64' });
  const outputs = (y: Tensor): ProgramSpec => ({ inputs: { x, wide }, outputs: { y } });

  test.each<readonly [string, Tensor, number, number]>([
    ['the last bit of float32, as a factor', mul(x, tenth), tenth, behind],
    ['as a term', add(x, tenth), tenth, behind],
    ['as a tap', correlate(input('X', [1, 1, 3, 3]), constant([[[[1, tenth]]]])), tenth, behind],
    ['as an argument of what is no polynomial', less(x, tenth), tenth, behind],
    ['the last bit of float64', mul(wide, 0.1), 0.1, 0.1 + 2 ** -56],
    ['a scale by the number of a field that would not see it', mul(x, 3), 3, 3 * 2 ** 61],
    ['a scale by its number of bits', mul(x, 3), 3, 3 * 2 ** 30],
    ['the smallest numbers', mul(wide, Number.MIN_VALUE), Number.MIN_VALUE, 0],
  ])('%s', (_, y, from, to) => {
    const X = y.primitive === 'correlate' ? { X: y.inputs[0] } : {};
    const spec = { inputs: { x, wide, ...X }, outputs: { y } };
    expect(from).not.toBe(to);
    expect(() => certify(spec, direct())).not.toThrow();
    expect(verified(spec, replacing(from, to))).toThrow(CertificateError);
  });

  test('factors are put together where that rounds nothing, and nowhere else', () => {
    const together: Law = {
      text: '(x * a) * b = x * (a * b)',
      apply: (y) => {
        if (y.primitive !== 'mul') return undefined;
        const [product, b] = y.inputs;
        if (product.primitive !== 'mul') return undefined;
        const [factor, a] = product.inputs;
        const numberOf = (each: Tensor): number => (each.primitive === 'broadcast' && each.inputs[0].primitive === 'constant' ? (each.inputs[0].attributes.data[0] ?? Number.NaN) : Number.NaN);
        return mul(factor, constant(numberOf(a) * numberOf(b), { dtype: y.dtype }));
      },
    };
    expect(verified(outputs(mul(mul(wide, 2), 3)), together)).not.toThrow();
    expect(verified(outputs(mul(mul(x, 0.5), 0.1)), together)).not.toThrow();
    expect(verified(outputs(mul(mul(wide, 0.1), 0.7)), together)).toThrow(CertificateError);
    expect(verified(outputs(mul(mul(x, 0.1), 0.7)), together)).toThrow(CertificateError);
  });
});

describe('what is folded is rounded once, and to the bit', () => {
  const double = { dtype: 'float64' } as const;
  /** The compiler's own folding, and then another number. */
  const foldedInto = (from: number, to: number): readonly Pass[] => [...passes.slice(0, 2), rewrites('wrong', [replacing(from, to)])];
  const product = Math.fround(tenth * Math.fround(0.3));

  test.each<readonly [string, Tensor, number, number]>([
    ['a product', mul(constant([tenth, 2]), 0.3), product, Math.fround(product + 2 ** -29)],
    // In this order 1 is lost.
    ['a sum in the order of its elements', sum(constant([2 ** 53, 1, -(2 ** 53)], double)), 0, 1],
    ['a function', exp(constant([0.3, 1], double)), Math.E, Math.E + 2 ** -51],
    ['a square', pow(constant([0.3, 0.1], double), 2), 0.1 * 0.1, 0.01],
  ])('%s', (_, y, from, to) => {
    const x = input('x', [2], { dtype: y.dtype });
    const spec = { inputs: { x }, outputs: { y: mul(x, y) } };
    expect(to).not.toBe(from);
    expect(() => certify(spec, direct())).not.toThrow();
    expect(() => certify(spec, direct(), { passes: foldedInto(from, to) })).toThrow('certify: after wrong');
  });

  test('a pass that is not folding must not round', () => {
    const spec: ProgramSpec = { outputs: { y: mul(constant([tenth, 2]), 0.3) } };
    const rounding: Law = { text: 'f(constants) = a constant', apply: (y) => (y.primitive === 'mul' ? constant([product, Math.fround(2 * Math.fround(0.3))]) : undefined) };
    expect(() => certify(spec, direct())).not.toThrow();
    expect(verified(spec, rounding)).toThrow(CertificateError);
  });
});

describe('sums of literals that loops take in another order than the graph', () => {
  const double = { dtype: 'float64' } as const;
  const thirds = (count: number): Tensor => constant(new NdArray([count], pseudoRandom(count, 9).map((value) => value / 3)), double);
  /** What x is of in a sum that is linear in it: made of literals alone. */
  const gradient = (x: Tensor, y: Tensor): ProgramSpec => {
    const [dx] = grad(sum(mul(y, reshape(thirds(y.shape.reduce<number>((product, size) => product * Number(size), 1)), y.shape))), [x]);
    return { outputs: dx === undefined ? {} : { dx, rest: exp(dx) } };
  };

  // Those of few elements are folded, the others are left to loops.
  test.each([[3, 2], [65, 64]])('of %d x %d elements', (height, width) => {
    const x = input('x', [height, width], double);
    const borders = (['edge', 'reflect', 'symmetric', 'wrap'] as const).map((mode) => extend(x, { mode, low: [9, 0], high: [7, 0] }));
    for (const y of [...borders, windows(pad(x, { low: [4, 0], high: [4, 0] }), [5, 1]), take(x, [0, 1, 0, 2, 1, 0, 0], 0)]) expect(() => certify(gradient(x, y), direct())).not.toThrow();
  });
});

/** Where the images of a random graph come from. */
const origin = fc.constantFrom('input', 'constant', 'broadcast');

test('random graphs over constants: nothing of what the compiler makes of literals is forgiven, and nothing has to be', () => {
  fc.assert(
    fc.property(randomChoices, randomSizes, fc.tuple(origin, origin, fc.boolean()), fc.constantFrom('float32', 'float64'), fc.nat(), (choices, [height, width], [first, second, isLearned], dtype, seed) => {
      const isNamed = first === 'broadcast' || second === 'broadcast';
      const shape = isNamed ? ['H', 'W'] : [height, width];
      const sizes = new Map([['H', height], ['W', width]]);
      const free = input('free', shape, { dtype });
      const inputs: Record<string, Tensor> = { free };
      const source = (name: string, from: string, drawn: number): Tensor => {
        if (from === 'input' || (isNamed && from === 'constant')) return (inputs[name] = input(name, shape, { dtype }));
        if (from === 'broadcast') return broadcast(constant(new NdArray([1, 1], pseudoRandom(1, drawn).map((value) => value / 3)), { dtype }), free.shape);
        return constant(new NdArray([height, width], pseudoRandom(height * width, drawn).map((value) => value / 3)), { dtype });
      };
      const [X, Y] = [source('X', first, seed), source('Y', second, seed + 1)];
      const K = isLearned ? state('K', [[0.1, 0.2], [0.3, 0.4]], { dtype }) : constant(new NdArray([2, 2], pseudoRandom(4, seed + 2).map((value) => value / 3)), { dtype });
      const outputs = { ...randomOutputs(choices, { X, Y, K }), free: mul(free, 2) };
      expect(() => certify({ inputs, outputs }, direct(), isNamed ? { bindings: [sizes] } : {})).not.toThrow();
      if (isNamed) expect(() => certify({ inputs, outputs }, direct(), { sizes })).not.toThrow();
    }),
    seeded(60),
  );
});
