import { constant, corr2d } from '@xcorr/graph';
import { derivativeKernel } from '@xcorr/graph/analyses';

const d = 3;
const K = constant([derivativeKernel(d)]);
// Row k holds u^k at u = -3, ..., 3: the derivative of order d is 0 for k < d, and d! for k = d.
const powers = constant([0, 1, 2, 3].map((k) => [-3, -2, -1, 0, 1, 2, 3].map((u) => u ** k)));

export const results: readonly unknown[] = [
  K,
  corr2d(powers, K),
];
