import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { thrown } from '../../testing/thrown.ts';
import { constant, corr2d, evaluate } from '../index.ts';
import { derivativeKernel, derivativeOrder } from './derivative-kernel.ts';

const orders = fc.integer({ min: 0, max: 8 });

describe('the smallest kernel of a derivative', () => {
  test('has order + 1 taps, gives 0 for every lower power and the factorial for its own', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const taps = derivativeKernel(order);
        expect(taps.length).toBe(order + 1);
        let factorial = 1;
        for (let power = 0; power <= order; power++) {
          factorial *= Math.max(1, power);
          const signal = Array.from({ length: order + 1 }, (_, position) => position ** power);
          expect(evaluate(corr2d(constant([signal], { dtype: 'float64' }), [[...taps]])).item()).toBe(power < order ? 0 : factorial);
        }
      }),
      seeded(20),
    );
  });

  test('no kernel of fewer taps has that order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 8 }), (taps) => {
        const order = derivativeOrder(taps);
        if (taps.some((tap) => tap !== 0)) expect(order).toBeLessThan(taps.length);
        else expect(order).toBeUndefined();
      }),
      seeded(300),
    );
  });

  test('its order is the one that was asked for, and neither a scale nor zeros around it change that', () => {
    fc.assert(
      fc.property(orders, fc.nat(4), fc.nat(4), fc.double({ min: 0.01, max: 100, noNaN: true }), (order, before, behind, scale) => {
        const taps = [...new Array<number>(before).fill(0), ...derivativeKernel(order).map((tap) => tap * scale), ...new Array<number>(behind).fill(0)];
        expect(derivativeOrder(taps)).toBe(order);
      }),
      seeded(200),
    );
  });
});

test('the kernels of the chapter and of the field', () => {
  expect([[1, -1], [1, 2, 1], [-1, 0, 1], [1, -8, 0, 8, -1], [1, -4, 6, -4, 1]].map(derivativeOrder)).toEqual([1, 0, 1, 1, 4]);
});

test('errors, word for word', () => {
  expect(thrown(() => derivativeKernel(-1))).toMatchInlineSnapshot(`"ValueError: derivativeKernel: the order -1 is not a whole number from 0 to 50"`);
  expect(thrown(() => derivativeOrder([]))).toMatchInlineSnapshot(`"ValueError: derivativeOrder: there are no taps; give the taps of one axis, as numbers"`);
  expect(thrown(() => derivativeOrder([1, Number.NaN]))).toMatchInlineSnapshot(`"ValueError: derivativeOrder: the tap NaN is not a finite number; give the taps of one axis, as numbers"`);
});
