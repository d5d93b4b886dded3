import { describe, expect, test } from 'vitest';
import { pseudoRandomPoint } from '../../testing/points.ts';
import { averagePool, conv2d, corr2d, correlate, correlateTransposed, grad, input, label, matmul, maxPool, ones, relu, reshape, squaredError, state, sum, type NdArray, type Tensor } from '../index.ts';
import { costs, printCosts } from './costs.ts';

const multiplyAdds = (y: Tensor): unknown => costs({ y }).total.multiplyAdds;

describe('multiply-adds', () => {
  test('of a layer: each element of the result meets each tap of its group', () => {
    const x = input('x', [2, 4, 8, 8]);
    expect(multiplyAdds(conv2d(x, ones([6, 4, 3, 3])))).toBe(2 * 6 * 6 * 6 * 4 * 9);
    expect(multiplyAdds(conv2d(x, ones([6, 2, 3, 3]), { groups: 2 }))).toBe(2 * 6 * 6 * 6 * 2 * 9);
    expect(multiplyAdds(conv2d(x, ones([6, 4, 3, 3]), { strides: 2, padding: 1 }))).toBe(2 * 6 * 4 * 4 * 4 * 9);
    expect(multiplyAdds(matmul(input('a', [5, 7]), input('b', [7, 3])))).toBe(5 * 7 * 3);
  });

  test('of a transposed layer and of full padding: each element of the input meets each tap, zeros between and around do not', () => {
    expect(multiplyAdds(correlateTransposed(input('y', [1, 3, 4, 4]), ones([3, 2, 2, 2]), { strides: 2 }))).toBe(3 * 2 * 16 * 4);
    expect(multiplyAdds(correlate(input('x', [1, 1, 5]), ones([1, 1, 3]), { padding: 'full' }))).toBe(15);
  });

  test('of named sizes, an expression', () => {
    const x = input('x', ['H', 8]);
    expect(printCosts(costs({ y: corr2d(x, [[1, 2, 3]]) }))).toMatchInlineSnapshot(`
      "node   primitive  shape         parameters  multiply-adds  operations      bytes
      x      input      [H, 8]                 0              0           0       32*H
      %2     constant   [1, 3]                 0              0           0         12
      %4     correlate  [1, 1, H, 6]           0           18*H           0       24*H
      total                                    0           18*H           0  56*H + 12"
    `);
  });
});

test('a small network: shapes, parameters, multiply-adds and bytes of each node, and the total', () => {
  const photo = input('photo', [1, 3, 8, 8], { storage: 'uint8' });
  const first = label(conv2d(photo, state('edges', kernel([4, 3, 3, 3])), { padding: 'same', bias: state('offsets', [0, 0, 0, 0]) }), 'first');
  const pooled = label(maxPool(relu(first), [2, 2]), 'pooled');
  const scores = matmul(reshape(pooled, [1, 64]), state('weights', kernel([64, 10])));
  const report = costs({ scores });
  expect(printCosts(report)).toMatchInlineSnapshot(`
    "node     primitive  shape         parameters  multiply-adds  operations  bytes
    %0       constant   []                     0              0           0      4
    photo    input      [1, 3, 8, 8]           0              0           0    192
    edges    state      [4, 3, 3, 3]         108              0           0    432
    %4       correlate  [1, 4, 8, 8]           0           6912           0   1024
    offsets  state      [4]                    4              0           0     16
    first    add        [1, 4, 8, 8]           0              0         256   1024
    %9       less       [1, 4, 8, 8]           0              0         256   1024
    %10      select     [1, 4, 8, 8]           0              0         256   1024
    pooled   reduceMax  [1, 4, 4, 4]           0              0         192    256
    weights  state      [64, 10]             640              0           0   2560
    %21      correlate  [1, 10]                0            640           0     40
    total                                    752           7552         960   7596"
  `);
  expect(report.total).toMatchObject({ parameters: 108 + 4 + 640, multiplyAdds: 4 * 64 * 27 + 640 });
  expect(printCosts(report, { movements: true }).split('\n').length).toBe(report.nodes.length + 2);
});

test('sums and pools: an operation for each element but the first that is gathered', () => {
  expect(costs({ y: sum(input('x', [4, 5])) }).total.operations).toBe(19);
  expect(costs({ y: averagePool(input('x', [4, 4]), [2, 2]) }).total.operations).toBe(4 * 3 + 4);
});

test('the gradients of a step are nodes too', () => {
  const [X, Y, K] = [input('X', [6, 8]), input('Y', [6, 7]), state('K', [[1, -1]])];
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  expect(costs({ loss, dK }).total.multiplyAdds).toBe(2 * 84);
  expect(costs({ loss, dK }).nodes.find(({ node }) => node === dK)).toMatchObject({ name: 'dK', shape: [1, 2] });
});

function kernel(shape: readonly number[]): NdArray {
  return pseudoRandomPoint(shape, 1);
}
