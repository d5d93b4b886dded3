import { binaryMeaning, binaryNames, unaryMeaning, unaryNames } from '@xcorr/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seeded } from '../../testing/seeded.ts';
import { binaryError, unaryError } from './scalar.ts';

const values = fc.oneof(fc.double({ min: -8, max: 8, noNaN: true }), fc.integer({ min: -3, max: 3 }), fc.double({ min: -1e-3, max: 1e-3, noNaN: true }));
const errors = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e-6, noNaN: true }), fc.double({ min: 0, max: 2, noNaN: true }));
const parts = fc.double({ min: -1, max: 1, noNaN: true });
/** What float64 itself rounds on the way to the comparison. */
const slack = (y: number): number => 1e-12 * (1 + Math.abs(y));

/** Nothing that the spread calls possible is exceeded, and nothing that it forbids happens. */
function checkReach(from: number, to: number, spread: number): void {
  if (spread === Infinity) return;
  if (Number.isNaN(from)) expect(to).toBeNaN();
  else if (from === to) expect(spread).toBeGreaterThanOrEqual(0);
  else expect(Math.abs(to - from)).toBeLessThanOrEqual(spread + slack(from) + slack(to));
}

describe('an operand that moves within its error moves the result within the spread', () => {
  test.each(unaryNames)('%s', (name) => {
    const [f, { spread }] = [unaryMeaning[name], unaryError[name]];
    fc.assert(
      fc.property(values, errors, parts, (x, e, part) => {
        // An operand without an error does not move, and what has no value there stays without.
        fc.pre(Number.isFinite(f(x)) || e === 0);
        checkReach(f(x), f(x + e * part), spread(x, e));
      }),
      seeded(2000),
    );
  });

  test.each(binaryNames)('%s', (name) => {
    const [f, { spread }] = [binaryMeaning[name], binaryError[name]];
    fc.assert(
      fc.property(values, errors, parts, values, errors, parts, (a, ea, partOfA, b, eb, partOfB) => {
        fc.pre(Number.isFinite(f(a, b)) || (ea === 0 && eb === 0));
        checkReach(f(a, b), f(a + ea * partOfA, b + eb * partOfB), spread(a, ea, b, eb));
      }),
      seeded(2000),
    );
  });
});

describe('near a jump, a pole or the edge of a domain the spread is infinite', () => {
  test.each([
    ['sign', 1e-7, 1e-6],
    ['floor', 2 - 1e-7, 1e-6],
    ['floor', 2, 1e-6],
    ['sqrt', 1e-7, 1e-6],
    ['log', 1e-7, 1e-6],
    ['sin', 1e5, 0],
  ] as const)('%s of %d, which errs by %d', (name, x, e) => {
    expect(unaryError[name].spread(x, e)).toBe(Infinity);
  });

  test.each([
    ['less', 1, 1e-6, 1, 0],
    ['equal', 1, 1e-6, 1 + 1e-7, 0],
    ['div', 1, 0, 1e-7, 1e-6],
    ['div', 1, 0, 0, 0],
    ['pow', 0, 0, -1, 0],
    ['pow', -1, 0, 0.5, 1e-6],
    ['atan2', 1e-7, 1e-6, -1, 0],
    ['atan2', 0, 0, -1, 0],
  ] as const)('%s of %d and %d and %d and %d', (name, a, ea, b, eb) => {
    expect(binaryError[name].spread(a, ea, b, eb)).toBe(Infinity);
  });

  test('a number without an error stays on its side of every jump', () => {
    expect(unaryError.sign.spread(0, 0)).toBe(0);
    expect(unaryError.floor.spread(2, 0)).toBe(0);
    expect(unaryError.sqrt.spread(0, 0)).toBe(0);
    expect(binaryError.equal.spread(1, 0, 1, 0)).toBe(0);
    expect(binaryError.less.spread(1, 0, 1, 0)).toBe(0);
  });
});
