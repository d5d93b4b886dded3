import { constant, corr2d, transpose } from '@xcorr/graph';

// White on and below the diagonal, black above it.
const X = constant(Array.from({ length: 6 }, (_, i) => Array.from({ length: 8 }, (_, j) => Number(j <= i))));
const K = constant([[1, -1]]);

export const results: readonly unknown[] = [
  corr2d(transpose(X), K),
];
