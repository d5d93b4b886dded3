import type { ProgramSpec } from '@xcorr/compiler';
import { add, conv2d, corr2d, grad, input, mul, relu, sqrt, square, squaredError, state, sub, type Dimension, type Tensor } from '@xcorr/graph';

// Programs whose emitted source is looked at. Each call makes its tensors anew.

/** The chapter's step: residual, loss, gradient, and the kernel's update. */
export function learningStep(): ProgramSpec {
  const X = input('X', [6, 8]);
  const Y = input('Y', [6, 7]);
  const K = state('K', [[0.25, 0.75]]);
  const loss = squaredError(corr2d(X, K), Y);
  const [dK] = grad(loss, [K]);
  return { inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(0.125, dK))]] };
}

/** The strength of edges in a picture, by Sobel's two kernels. */
export function sobel(height: Dimension, width: Dimension): ProgramSpec {
  const photo = input('photo', [height, width]);
  const across = corr2d(photo, [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]);
  const down = corr2d(photo, [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]);
  return { inputs: { photo }, outputs: { edges: sqrt(add(square(across), square(down))) } };
}

/** A layer of a network: a padded correlation over channels, a bias, and the positive part. */
export function layer(): ProgramSpec {
  const x = input('x', [1, 2, 12, 12]);
  const w = input('w', [3, 2, 2, 2]);
  const b = input('b', [3]);
  return { inputs: { x, w, b }, outputs: { y: relu(conv2d(x, w, { padding: [[1, 0], [1, 0]], bias: b })) } };
}

/** Two layers that learn: several nests, temporaries, and updates of two states. */
export function network(): ProgramSpec {
  const x = input('x', [1, 1, 12, 12]);
  const y = input('y', [1, 1, 10, 10]);
  const first = state('first', [[[[0.5, 0.25], [0.125, -0.5]]], [[[-0.25, 0.5], [0.75, 0.5]]]]);
  const second = state('second', [[[[0.5, -0.25], [0.125, 0.5]], [[0.25, 0.5], [-0.75, 0.5]]]]);
  const loss = squaredError(conv2d(relu(conv2d(x, first)), second), y);
  const states = [first, second] as const;
  const gradients = grad(loss, states);
  const descended = (weight: Tensor, position: 0 | 1): readonly [Tensor, Tensor] => [weight, sub(weight, mul(0.125, gradients[position]))];
  return { inputs: { x, y }, state: { first, second }, outputs: { loss }, updates: [descended(first, 0), descended(second, 1)] };
}
