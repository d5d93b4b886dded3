import { add, constant, conv2d, corr2d, mul, reshape, transpose } from '@xcorr/graph';

// The slope down the rows, averaged over three columns; transposed, it is the slope along the columns.
const down = constant([[-3, -10, -3], [0, 0, 0], [3, 10, 3]].map((row) => row.map((tap) => tap / 32)));
const [v1, v2] = [3, 4];
const K = add(mul(v1, down), mul(v2, transpose(down)));

// 24 soft edges: the first gets brighter along v, each of the others along v turned by 15 degrees more.
const edges = Array.from({ length: 24 }, (_, step) => {
  const angle = Math.atan2(v1, v2) + (step * Math.PI) / 12;
  return [-1, 0, 1].map((i) => [-1, 0, 1].map((j) => 1 / (1 + Math.exp(-i * Math.sin(angle) - j * Math.cos(angle)))));
});
const responses = conv2d(reshape(constant(edges), [24, 1, 3, 3]), reshape(K, [1, 1, 3, 3]));
const plane = constant([0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => v1 * i + v2 * j)));

export const results: readonly unknown[] = [
  K,
  reshape(responses, [4, 6]),
  corr2d(plane, K),
];
