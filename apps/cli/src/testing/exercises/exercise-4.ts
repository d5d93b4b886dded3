import { constant, corr2d, matmul, reshape } from '@xcorr/graph';
import { toMatrix } from '@xcorr/graph/analyses';

const X = constant([[0, 1, 2], [3, 4, 5], [6, 7, 8]]);
const K = constant([[0, 1], [2, 3]]);
const Y = corr2d(X, K);
const { toeplitz, im2col } = toMatrix(Y);

export const results: readonly unknown[] = [
  Y,
  toeplitz.matrix,
  matmul(toeplitz.matrix, reshape(X, [9, 1])),
  im2col.matrix,
  matmul(im2col.matrix, reshape(K, [4, 1])),
];
