import { corr2d, ones } from '@xcorr/graph';

const x = [[3, 1, 4, 1, 5, 9, 2, 6]];
const D = [[-1, 1]];
const three = corr2d(x, ones([1, 3])); // the integral over a window of three
const sums = corr2d(x, ones([1, 8]), { padding: [0, [7, 0]] }); // from the start of the row to each element
const back = corr2d(sums, D, { padding: [0, [1, 0]] });
const differences = corr2d(x, D, { padding: [0, [1, 0]] });
const forth = corr2d(differences, ones([1, 8]), { padding: [0, [7, 0]] });

export const results: readonly unknown[] = [
  three,
  sums,
  back,
  forth,
];
