import { constant, corr2d, div, mean, ones, square, sub, sum, type Tensor } from '@xcorr/graph';

const K = constant([[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((row) => row.map((tap) => tap / 16)));
const D = constant([[-1, 1]]);

// Values between 0 and 1 that have nothing to do with one another.
let seed = 1;
const next = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
const noise = constant(Array.from({ length: 256 }, () => Array.from({ length: 256 }, next)));

const variance = (X: Tensor) => mean(square(sub(X, mean(X))));
const kept = div(variance(corr2d(noise, K)), variance(noise));
const ofEdges = div(variance(corr2d(noise, D)), variance(noise));
const ofBlurredEdges = div(variance(corr2d(corr2d(noise, K), D)), variance(noise));

export const results: readonly unknown[] = [
  K,
  corr2d(ones([4, 4]), K),
  sum(square(K)),
  kept,
  ofEdges,
  ofBlurredEdges,
];
