import { ValueError } from '../errors.ts';

/**
 * The smallest kernel whose correlation is the derivative of an order: differences, applied so many times.
 *
 *   w[u] = (-1)^(order - u) binomial(order, u),  sum over u of w[u] f(x + u h) = h^order f^(order)(x) + O(h^(order + 1))
 *
 * It has order + 1 taps, and none has fewer: n taps that give 0 for 1, u, …, u^(n - 1) are all 0, because Vandermonde's
 * matrix of n different positions is regular; and a derivative gives 0 for every power below its order.
 *
 * @throws ValueError when the order is not a whole number from 0 to 50, above which binomials are no exact numbers.
 * @see Dive into Deep Learning, "Convolutions for Images", exercise 3
 * @example
 * derivativeKernel(1); // => [-1, 1]
 * derivativeKernel(2); // => [1, -2, 1]
 */
export function derivativeKernel(order: number): readonly number[] {
  if (!Number.isInteger(order) || order < 0 || order > 50)
    throw new ValueError(`derivativeKernel: the order ${order} is not a whole number from 0 to 50`);
  let taps: readonly number[] = [1];
  for (let step = 0; step < order; step++) taps = Array.from({ length: taps.length + 1 }, (_, tap) => (taps[tap - 1] ?? 0) - (taps[tap] ?? 0));
  return taps;
}

/**
 * The order of the derivative that a kernel of one axis takes of a smooth signal, up to a factor: the first of its
 * moments, sum over u of w[u] u^k, that is not 0. 0 is a mean or a blur; a kernel of n taps has at most order n - 1.
 *
 * A moment counts as 0 within 2^-40 of the sum of its absolute terms.
 *
 * @returns `undefined` when all taps are 0
 * @throws ValueError when there is no tap, or one is not finite.
 * @example
 * derivativeOrder([1, 2, 1]); // => 0
 * derivativeOrder([-1, 0, 1]); // => 1
 * derivativeOrder([1, -2, 1]); // => 2
 */
export function derivativeOrder(taps: readonly number[]): number | undefined {
  const wrong = taps.find((tap) => !Number.isFinite(tap));
  if (taps.length === 0 || wrong !== undefined)
    throw new ValueError(`derivativeOrder: ${wrong === undefined ? 'there are no taps' : `the tap ${wrong} is not a finite number`}; give the taps of one axis, as numbers`);
  for (let order = 0; order < taps.length; order++) {
    const terms = taps.map((tap, position) => tap * (position - (taps.length - 1) / 2) ** order);
    const moment = terms.reduce((sum, term) => sum + term, 0);
    const scale = terms.reduce((sum, term) => sum + Math.abs(term), 0);
    if (Math.abs(moment) > 2 ** -40 * scale) return order;
  }
  return undefined;
}
