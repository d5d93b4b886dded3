import type { Tensor } from '../tensor.ts';
import { abs, add, lessEqual, mul, select, square, sub } from './elementwise.ts';
import type { TensorLike } from './operand.ts';
import { mean, sum } from './reduce.ts';

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
