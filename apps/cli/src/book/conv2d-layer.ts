import { add, corr2d, state, type Nested, type Tensor, type TensorLike } from '@xcorr/graph';

/** What training changes, and what the layer does with it. */
export interface Conv2dLayer {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly forward: (x: TensorLike) => Tensor;
}

/**
 * A convolutional layer as a reader of the chapter writes it with xcorr: it correlates its input with a kernel and
 * adds a scalar bias. Both are state, so that a compiled program can learn them; nothing but the public language is used.
 *
 * @param kernel  [h, w], the weight before training
 */
export function conv2dLayer(kernel: Nested): Conv2dLayer {
  const weight = state('weight', kernel);
  const bias = state('bias', 0);
  const forward = (x: TensorLike): Tensor => add(corr2d(x, weight), bias);
  return { weight, bias, forward };
}
