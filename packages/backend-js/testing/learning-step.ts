import { compile, type Executable } from '@xcorr/compiler';
import { book } from '@xcorr/golden';
import { conv2d, grad, input, mul, reshape, squaredError, state, sub, type Layout, type Nested, type Tensor } from '@xcorr/graph';
import { js } from '../src/index.ts';

type LearningStep = Executable<{ X: Tensor; Y: Tensor }, { K: Tensor }, { loss: Tensor }>;

/** One step of gradient descent on a kernel [1, 2], compiled: the loss before it, and the kernel's update. */
export function learningStep(layout: Layout, initial: Nested): LearningStep {
  const channelsLast = layout === 'NHWC';
  const X = input('X', channelsLast ? [1, 6, 8, 1] : [1, 1, 6, 8]);
  const Y = input('Y', channelsLast ? [1, 6, 7, 1] : [1, 1, 6, 7]);
  const K = state('K', initial);
  const weight = reshape(K, channelsLast ? [1, 2, 1, 1] : [1, 1, 1, 2]);
  const loss = squaredError(conv2d(X, weight, { layout }), Y);
  const [dK] = grad(loss, [K]);
  return compile({ inputs: { X, Y }, state: { K }, outputs: { loss }, updates: [[K, sub(K, mul(book.learnKernel.lr, dK))]] }, js());
}

/** What a training run leaves behind. */
export interface Learned {
  readonly losses: readonly number[];
  readonly kernel: readonly number[];
}

/** The chapter's training: the edges of its image are what the kernel is to find. */
export function learn(layout: Layout, initial: Nested): Learned {
  const step = learningStep(layout, initial);
  const feeds = { X: Float32Array.from(book.edge.x.flat()), Y: Float32Array.from(book.edge.y.flat()) };
  const losses = Array.from({ length: book.learnKernel.iterations }, () => step.run(feeds).loss.item());
  return { losses, kernel: [...step.state.K.data] };
}
