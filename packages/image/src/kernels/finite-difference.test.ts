import { constant, corr2d, evaluate, ValueError } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exactTaps, magnitude, nearest, rational, type Rational } from './exact-taps.ts';
import { finiteDifference, minimumKernelSize, mixedDifference, stencilOf, type DifferenceKind, type Stencil } from './finite-difference.ts';
import { totalOf, type Kernel } from './kernel.ts';

const seeded = { seed: 20_261_121, numRuns: 300 };
const kinds: readonly DifferenceKind[] = ['central', 'forward', 'backward'];

/** Every order, accuracy and kind up to 10 and 8; all are within the limit on taps, some beyond that on rounding. */
const grid = kinds.flatMap((kind) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].flatMap((order) =>
    [1, 2, 3, 4, 5, 6, 7, 8].filter((accuracy) => kind !== 'central' || accuracy % 2 === 0).map((accuracy) => ({ kind, order, accuracy })),
  ),
);

/** sum over k of  w_k o_k^m, exactly. */
function moment({ offsets, taps }: Stencil, m: number): Rational {
  const common = taps.reduce((product, { denominator }) => product * denominator, 1n);
  return rational(
    taps.reduce((sum, { numerator, denominator }, k) => sum + numerator * (common / denominator) * BigInt(offsets[k] ?? 0) ** BigInt(m), 0n),
    common,
  );
}

function factorial(n: number): bigint {
  return n === 0 ? 1n : BigInt(n) * factorial(n - 1);
}

function reversed(kernel: Kernel): Kernel {
  return kernel.map((row) => row.toReversed()).toReversed();
}

describe('the exact weights', () => {
  test.each(grid)('$kind, order $order, accuracy $accuracy: the moments below d + p are those of a derivative, the next is not', ({ kind, order, accuracy }) => {
    const stencil = stencilOf('test', order, kind, accuracy);
    for (let m = 0; m < order + accuracy; m++) expect(moment(stencil, m)).toEqual({ numerator: m === order ? factorial(order) : 0n, denominator: 1n });
    expect(moment(stencil, order + accuracy).numerator).not.toBe(0n);
  });

  test('tables of the literature', () => {
    const fractions = (order: number, kind: DifferenceKind, accuracy: number): readonly string[] =>
      stencilOf('test', order, kind, accuracy).taps.map(({ numerator, denominator }) => `${numerator}/${denominator}`);
    expect(fractions(1, 'central', 8)).toEqual(['1/280', '-4/105', '1/5', '-4/5', '0/1', '4/5', '-1/5', '4/105', '-1/280']);
    expect(fractions(4, 'central', 4)).toEqual(['-1/6', '2/1', '-13/2', '28/3', '-13/2', '2/1', '-1/6']);
    expect(fractions(2, 'forward', 3)).toEqual(['35/12', '-26/3', '19/2', '-14/3', '11/12']);
  });

  test('any different whole offsets do', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -12, max: 12 }), { minLength: 1, maxLength: 8 }), fc.nat(7), (offsets, order) => {
        fc.pre(order < offsets.length);
        const stencil = { offsets, taps: exactTaps(order, offsets) };
        for (let m = 0; m < offsets.length; m++) expect(moment(stencil, m)).toEqual({ numerator: m === order ? factorial(order) : 0n, denominator: 1n });
      }),
      seeded,
    );
  });

  test('are rounded to the nearest float64: neither neighbour is nearer', () => {
    const bits = new BigInt64Array(1);
    const value = new Float64Array(bits.buffer);
    const neighbour = (of: number, step: bigint): number => {
      value[0] = of;
      bits[0] = (bits[0] ?? 0n) + step;
      return value[0] ?? Number.NaN;
    };
    /** |value - exact|, times a number that is the same for all: float64 values are whole multiples of 2^-1074. */
    const distance = (of: number, { numerator, denominator }: Rational): bigint => {
      let [whole, shift] = [Math.abs(of), 0];
      while (!Number.isInteger(whole)) [whole, shift] = [whole * 2, shift + 1];
      return magnitude(((BigInt(whole) << 1074n) / 2n ** BigInt(shift)) * denominator - (magnitude(numerator) << 1074n));
    };
    const integer = fc.bigInt({ min: -(2n ** 140n), max: 2n ** 140n });
    fc.assert(
      fc.property(integer, fc.bigInt({ min: 1n, max: 2n ** 120n }), (numerator, denominator) => {
        const exact = rational(numerator, denominator);
        const rounded = nearest(exact);
        expect(Math.sign(rounded)).toBe(numerator < 0n ? -1 : numerator > 0n ? 1 : 0);
        if (rounded === 0) return;
        for (const step of [-1n, 1n]) expect(distance(rounded, exact) <= distance(neighbour(rounded, step), exact)).toBe(true);
      }),
      seeded,
    );
    // Halfway between 1 and the next: to the even one, however far away the rest stands.
    const half = 2n ** 53n + 1n;
    expect(nearest(rational(half, 2n ** 53n))).toBe(1);
    expect(nearest(rational(half * 2n ** 200n + 1n, 2n ** 253n))).toBe(1 + 2 ** -52);
    expect(nearest(rational(half * 2n ** 200n - 1n, 2n ** 253n))).toBe(1);
  });
});

describe('finiteDifference', () => {
  test.each(grid)('$kind, order $order, accuracy $accuracy: taps add up to 0, to rounding, and reflect', ({ kind, order, accuracy }) => {
    const known = (of: DifferenceKind): Kernel | undefined => {
      try {
        return finiteDifference(order, { kind: of, accuracy });
      } catch (error) {
        if (error instanceof ValueError) return undefined;
        throw error;
      }
    };
    const kernel = known(kind);
    if (kernel === undefined) return;
    const size = kernel.flat().reduce((sum, tap) => sum + Math.abs(tap), 0);
    expect(Math.abs(totalOf(kernel))).toBeLessThanOrEqual(size * 2 ** -52);
    // Seen from the other side, a derivative of odd order changes its sign.
    const other = { central: 'central', forward: 'backward', backward: 'forward' } as const;
    const sign = order % 2 === 0 ? 1 : -1;
    expect(known(other[kind])).toEqual(reversed(kernel).map((row) => row.map((tap) => sign * tap + 0)));
    expect(finiteDifference(order, { kind, accuracy, axis: 'y' }).map((row) => row[0])).toEqual(kernel[0]);
  });

  test('measures the derivative of a polynomial of degree below d + p, where it says it stands', () => {
    const [order, accuracy] = [2, 3];
    const cubic = (t: number): number => t ** 4 - 3 * t ** 3 + 2 * t ** 2 + 7;
    const second = (t: number): number => 12 * t ** 2 - 18 * t + 4;
    const row = constant([[0, 1, 2, 3, 4, 5, 6, 7].map(cubic)], { dtype: 'float64' });
    const n = finiteDifference(order, { accuracy, kind: 'forward' })[0]?.length ?? 0;
    const standing = { forward: 0, backward: n - 1, central: 2 };
    for (const kind of kinds) {
      const kernel = finiteDifference(order, { kind, accuracy: kind === 'central' ? 4 : accuracy });
      const response = evaluate(corr2d(row, constant(kernel, { dtype: 'float64' }))).data;
      response.forEach((value, j) => expect(value).toBeCloseTo(second(j + standing[kind]), 8));
    }
  });

  test('the error falls with the p-th power of the step', () => {
    const errorAt = (step: number, kind: DifferenceKind, accuracy: number): number => {
      const { offsets } = stencilOf('test', 1, kind, accuracy);
      const taps = finiteDifference(1, { kind, accuracy })[0] ?? [];
      return Math.abs(taps.reduce((sum, tap, k) => sum + tap * Math.exp((offsets[k] ?? 0) * step), 0) / step - 1);
    };
    for (const [kind, accuracy] of [['central', 2], ['central', 4], ['forward', 1], ['forward', 3], ['backward', 2]] as const)
      expect(Math.log2(errorAt(0.1, kind, accuracy) / errorAt(0.05, kind, accuracy))).toBeCloseTo(accuracy, 0);
  });

  test('order 0 is the picture', () => {
    for (const kind of kinds) expect(finiteDifference(0, { kind })).toEqual([[1]]);
  });

  test.each([
    [() => finiteDifference(1.5), 'finiteDifference: a derivative of order 1.5 is not a whole number of at least 0'],
    [() => finiteDifference(-1), 'finiteDifference: a derivative of order -1 is not a whole number of at least 0'],
    [() => finiteDifference(1, { accuracy: 0 }), 'finiteDifference: accuracy 0 is not a whole number of at least 1'],
    [
      () => finiteDifference(1, { accuracy: 3 }),
      "finiteDifference: accuracy 3 of a central difference, which by its symmetry is even\n  give 4, or kind 'forward' or 'backward'",
    ],
    [
      () => finiteDifference(1e9, { kind: 'forward' }),
      'finiteDifference: order 1000000000 with accuracy 1 needs 1000000001 taps, at most 25 are made: in float32 the outermost would change nothing\n  give a lower order or accuracy',
    ],
    [
      () => finiteDifference(6, { kind: 'forward', accuracy: 13 }),
      "finiteDifference: the absolute taps add up to 2.00e+7, by which rounding errors of the picture grow; above 2^24 they are half of white in float32\n  give a lower order or accuracy; of one order, central differences have the smallest taps",
    ],
    // @ts-expect-error an axis that there is not
    [() => finiteDifference(1, { axis: 'z' }), 'finiteDifference: axis "z" is unknown; give "x" or "y"'],
    // @ts-expect-error a kind that there is not
    [() => finiteDifference(1, { kind: 'middle' }), 'finiteDifference: kind "middle" is unknown; give "central" or "forward" or "backward"'],
    // @ts-expect-error one order for two axes
    [() => mixedDifference(2), 'mixedDifference: derivatives 2 is not [of rows, of columns]'],
    // @ts-expect-error one kind in a list
    [() => mixedDifference([1, 1], { kind: ['central'] }), 'mixedDifference: kind ["central"] is not [of rows, of columns]'],
  ])('refuses %#', (run, message) => {
    expect(run).toThrow(new ValueError(message));
  });

  test('the limits are where they are said to be', () => {
    // The outermost tap of the largest central kernel is the last that float32 sees.
    const widest = finiteDifference(1, { accuracy: 24 })[0] ?? [];
    expect(widest.length).toBe(25);
    expect(Math.abs(widest[0] ?? 0) / Math.max(...widest)).toBeLessThan(2 ** -24);
    expect(() => finiteDifference(1, { accuracy: 26 })).toThrow('needs 27 taps');
    expect(finiteDifference(24)[0]?.reduce((sum, tap) => sum + Math.abs(tap), 0)).toBe(2 ** 24);
    expect(() => mixedDifference([12, 12])).not.toThrow();
    expect(() => mixedDifference([12, 14])).toThrow('rounding errors');
  });
});

describe('mixedDifference', () => {
  test('is the outer product, each tap rounded once', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(4), fc.constantFrom(...kinds), fc.constantFrom(...kinds), fc.constantFrom(2, 4), (rows, columns, rowKind, columnKind, accuracy) => {
        const vertical = stencilOf('test', rows, rowKind, accuracy).taps;
        const horizontal = stencilOf('test', columns, columnKind, accuracy).taps;
        const exact = vertical.map((v) => horizontal.map((h) => nearest(rational(v.numerator * h.numerator, v.denominator * h.denominator))));
        expect(mixedDifference([rows, columns], { kind: [rowKind, columnKind], accuracy })).toEqual(exact);
      }),
      seeded,
    );
  });

  test('measures the mixed derivative of a product of powers', () => {
    const surface = [0, 1, 2, 3, 4].map((i) => [0, 1, 2, 3, 4].map((j) => i ** 2 * j));
    expect(evaluate(corr2d(surface, mixedDifference([2, 1]))).toNested()).toEqual([0, 1, 2].map(() => [2, 2, 2]));
    expect(evaluate(corr2d(surface, mixedDifference([1, 1]))).toNested()).toEqual([1, 2, 3].map((i) => [2 * i, 2 * i, 2 * i]));
  });
});

describe('minimumKernelSize', () => {
  test('is the size of the kernels of least accuracy', () => {
    for (const order of [0, 1, 2, 3, 4, 5, 6, 7, 8])
      for (const kind of kinds) expect(finiteDifference(order, { kind })[0]?.length).toBe(minimumKernelSize(order, kind));
  });

  test('d taps cannot: only taps of 0 are blind to 1, t, ..., t^(d-1)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 7 }), (offsets) => {
        const powers = offsets.map((_, m) => offsets.map((offset) => BigInt(offset) ** BigInt(m)));
        expect(determinant(powers)).not.toBe(0n);
      }),
      seeded,
    );
  });

  test('of the taps of a central one d + 1 are not 0', () => {
    for (const order of [1, 2, 3, 4, 5, 6, 7]) expect(finiteDifference(order).flat().filter((tap) => tap !== 0).length).toBe(order + 1);
  });

  test('refuses what is no order', () => {
    expect(() => minimumKernelSize(Number.NaN)).toThrow(new ValueError('minimumKernelSize: a derivative of order NaN is not a whole number of at least 0'));
  });
});

/** By minors of the first row. */
function determinant(matrix: readonly (readonly bigint[])[]): bigint {
  const [first, ...rest] = matrix;
  if (first === undefined) return 1n;
  return first.reduce((sum, value, column) => sum + (column % 2 === 0 ? value : -value) * determinant(rest.map((row) => row.filter((_, other) => other !== column))), 0n);
}
