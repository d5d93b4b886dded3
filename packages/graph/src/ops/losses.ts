import type { Tensor } from '../tensor.ts';
import { abs, add, exp, lessEqual, log, mul, select, square, stopGradient, sub } from './elementwise.ts';
import type { TensorLike } from './operand.ts';
import { mean, reduceMax, sum } from './reduce.ts';

/**
 * The chapter's loss: the sum of the squared differences.
 *
 * @example
 * evaluate(squaredError([1, 2], [3, 5])).item(); // => 13
 */
export function squaredError(prediction: TensorLike, target: TensorLike): Tensor {
  return sum(square(sub(prediction, target)));
}

/** The mean of the squared differences. @example evaluate(meanSquaredError([1, 2], [3, 6])).item(); // => 10 */
export function meanSquaredError(prediction: TensorLike, target: TensorLike): Tensor {
  return mean(square(sub(prediction, target)));
}

/** The mean of the absolute differences. @example evaluate(absoluteError([1, 2], [3, 6])).item(); // => 3 */
export function absoluteError(prediction: TensorLike, target: TensorLike): Tensor {
  return mean(abs(sub(prediction, target)));
}

/**
 * The mean of Huber's loss: d^2 / 2 up to |d| = delta, delta * (|d| - delta / 2) beyond.
 *
 * @see Huber, "Robust Estimation of a Location Parameter", 1964
 * @example
 * evaluate(huber([0, 0], [1, 3])).item(); // => 1.5
 */
export function huber(prediction: TensorLike, target: TensorLike, delta = 1): Tensor {
  const difference = sub(prediction, target);
  const distance = abs(difference);
  const far = add(mul(distance, delta), (-delta * delta) / 2);
  return mean(select(lessEqual(distance, delta), mul(square(difference), 0.5), far));
}

/**
 * The mean over a batch of the cross-entropy between a target distribution and the softmax of logits:
 *
 *   -sum over k of  target[k] * (logits[k] - log sum over j of exp(logits[j]))
 *
 * The largest logit is subtracted first, so nothing overflows.
 *
 * @param logits  [...batch, K]
 * @param oneHot  [...batch, K], each row adding up to 1
 * @throws ShapeError when the shapes do not broadcast.
 * @example
 * evaluate(softmaxCrossEntropy([[0, 0]], [[1, 0]])).item().toFixed(4); // => '0.6931'
 */
export function softmaxCrossEntropy(logits: TensorLike, oneHot: TensorLike): Tensor {
  const largest = stopGradient(reduceMax(logits, { axes: -1, keepAxes: true }));
  const shifted = sub(logits, largest);
  const logOfSum = log(sum(exp(shifted), { axes: -1, keepAxes: true }));
  return mean(sum(mul(oneHot, sub(logOfSum, shifted)), { axes: -1 }));
}
