import { add, div, max, min, mul, sqrt, square, sum, ValueError, type Tensor } from '@xcorr/graph';

/** How gradients are held within a bound: each element, or the norm of all of them. */
export type Clipping = { readonly value: number } | { readonly norm: number };

function checkLimit(limit: number, operation: string): number {
  if (!Number.isFinite(limit) || limit <= 0) throw new ValueError(`${operation}: the limit ${limit} is not a finite number above 0`);
  return limit;
}

/**
 * The gradients with each element held between -limit and limit.
 *
 * @throws ValueError when the limit is not above 0.
 * @see PyTorch `torch.nn.utils.clip_grad_value_`
 * @example
 * evaluate(clipByValue([constant([-3, 0.5])], 1)[0]).toNested(); // => [-1, 0.5]
 */
export function clipByValue(gradients: readonly Tensor[], limit: number): readonly Tensor[] {
  checkLimit(limit, 'clipByValue');
  return gradients.map((gradient) => max(min(gradient, limit), -limit));
}

/**
 * The Euclidean norm of all elements of some tensors together.
 *
 * @throws ValueError when there is no tensor.
 * @example
 * evaluate(globalNorm([constant([3]), constant([[4]])])).item(); // => 5
 */
export function globalNorm(tensors: readonly Tensor[]): Tensor {
  const [first, ...rest] = tensors.map((tensor) => sum(square(tensor)));
  if (first === undefined) throw new ValueError('globalNorm: no tensors; give at least one');
  return sqrt(rest.reduce((total, each) => add(total, each), first));
}

/**
 * The gradients, all of them made smaller by one factor where their common norm exceeds the limit: min(1, limit / (norm +
 * 1e-6)), as PyTorch has it. Keras's `global_clipnorm` adds nothing to the norm.
 *
 * @throws ValueError when the limit is not above 0, or there is no gradient.
 * @see Pascanu, Mikolov, Bengio, "On the difficulty of training recurrent neural networks", 2013; PyTorch `torch.nn.utils.clip_grad_norm_`
 * @example
 * evaluate(clipByNorm([constant([3, 4])], 10)[0]).toNested(); // => [3, 4]
 */
export function clipByNorm(gradients: readonly Tensor[], limit: number): readonly Tensor[] {
  checkLimit(limit, 'clipByNorm');
  const factor = min(div(limit, add(globalNorm(gradients), 1e-6)), 1);
  return gradients.map((gradient) => mul(gradient, factor));
}

/** Gradients as a step is to see them. */
export function clipped(gradients: readonly Tensor[], clipping: Clipping | undefined): readonly Tensor[] {
  if (clipping === undefined) return gradients;
  return 'value' in clipping ? clipByValue(gradients, clipping.value) : clipByNorm(gradients, clipping.norm);
}
