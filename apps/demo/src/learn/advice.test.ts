import { expect, test } from 'vitest';
import { divergenceOf, prospectOf } from './advice.ts';
import { bestRates, largestRate, roundedDown } from './optimiser.ts';
import { optimiserNames } from './state.ts';

/** The book's image and its edges. */
const curvatures = { least: 12, most: 60 };

/** Steps of an optimiser on a loss that curves so along one direction, from an error of 1: whether the error comes to nothing. */
function converges(name: 'sgd' | 'momentum' | 'nesterov', rate: number, momentum: number, curvature: number): boolean {
  let [error, velocity] = [1, 0];
  for (let step = 0; step < 20_000; step++) {
    const gradient = curvature * error;
    velocity = (name === 'sgd' ? 0 : momentum) * velocity + gradient;
    error -= rate * (name === 'nesterov' ? gradient + momentum * velocity : velocity);
  }
  return Math.abs(error) < 1e-6;
}

test.for([
  ['sgd', 0],
  ['momentum', 0.5],
  ['momentum', 0.9],
  ['nesterov', 0.5],
  ['nesterov', 0.9],
] as const)('%s with momentum %d converges below the largest rate and not above', ([name, momentum]) => {
  const limit = largestRate(name, momentum, curvatures) ?? Number.NaN;
  expect(converges(name, 0.99 * limit, momentum, curvatures.most)).toBe(true);
  expect(converges(name, 1.01 * limit, momentum, curvatures.most)).toBe(false);
});

test.for(optimiserNames)('the best rate of %s is not too large', (optimiser) => {
  const best = bestRates(optimiser, 0.9, 100, curvatures);
  expect(prospectOf({ optimiser, ...best }, curvatures)).not.toMatchObject({ exceeds: true });
});

test('a rate too large is known before the first step', () => {
  expect(prospectOf({ optimiser: 'sgd', rate: 0.03, momentum: 0 }, curvatures)).toEqual({ kind: 'bounded', most: 60, least: 12, limit: 0.0333, exceeds: false });
  expect(prospectOf({ optimiser: 'sgd', rate: 0.034, momentum: 0 }, curvatures)).toMatchObject({ exceeds: true });
  expect(prospectOf({ optimiser: 'adam', rate: 5, momentum: 0 }, { least: 1e-12, most: 60 })).toEqual({ kind: 'adaptive', most: 60, least: 0 });
});

test('a divergence is explained by the rate and the largest curvature', () => {
  expect(divergenceOf({ optimiser: 'sgd', rate: 0.05, momentum: 0.9 }, curvatures)).toEqual({ optimiser: 'sgd', rate: 0.05, momentum: 0.9, most: 60, limit: 0.0333, factor: 2, instead: 0.0166 });
  expect(divergenceOf({ optimiser: 'rmsprop', rate: 1e5, momentum: 0.9 }, curvatures)).toMatchObject({ limit: undefined, factor: undefined, instead: 10_000 });
});

test('rounding down', () => {
  expect([0, 0.033333, 16.66, 0.01666].map(roundedDown)).toEqual([0, 0.0333, 16.6, 0.0166]);
});
