import { add, constant, corr2d, cos, isTensor, mul, ShapeError, sin, type Tensor, type TensorLike } from '@xcorr/graph';
import { binomial, interpolationWeights, type SteerableFilter } from './steerable-filter.ts';

/**
 * The responses of an image to each kernel of a filter's basis, as a graph to be compiled. They are computed once,
 * whatever the number of angles that `steer` is then asked for: each is a correlation with a row, then with a column.
 *
 * Extend the image by the filter's radius first to keep its size: `extend(image, { mode: 'edge', low: [r, r], high: [r, r] })`.
 *
 * @param image  [H, W]
 * @returns  as many tensors as the basis has kernels, each [H - 2 radius, W - 2 radius]
 * @throws ShapeError when the image has not two axes or is smaller than the kernels.
 * @see Freeman and Adelson, "The Design and Use of Steerable Filters", 1991, section II
 * @example
 * const filter = steerable('G1', { sigma: 0.8, radius: 1 });
 * const ramp = [[0, 1, 2], [0, 1, 2], [0, 1, 2]];
 * steerableResponses(ramp, filter).map((response) => evaluate(response).item().toFixed(2)); // => ['1.00', '0.00']
 */
export function steerableResponses(image: TensorLike, { basis }: SteerableFilter): readonly Tensor[] {
  return basis.map(({ column, row }) => corr2d(corr2d(image, [row]), column.map((tap) => [tap])));
}

/**
 * The response of a filter at an angle, made of the responses of its basis: the sum over j of k_j(angle) times response
 * j. It is exactly the response of the kernel at that angle (`steeredKernel`), but for rounding.
 *
 * The angle may be a number, a tensor that is fed or computed, and another one for each element: steered along
 * `gradientDirection`, say. The result has derivatives with respect to the responses and to the angle.
 *
 * @param responses  of `steerableResponses`: [H, W] each
 * @param angle  in radians, of a shape that broadcasts with them: [] or [H, W]
 * @returns  [H, W]
 * @throws ShapeError when there are fewer than two responses, or the shapes do not broadcast.
 * @see Freeman and Adelson, "The Design and Use of Steerable Filters", 1991, section II
 * @example
 * const ramp = [[0, 1, 2], [0, 1, 2], [0, 1, 2]];
 * const responses = steerableResponses(ramp, steerable('G1', { sigma: 0.8, radius: 1 }));
 * [0, Math.PI / 3, Math.PI].map((angle) => evaluate(steer(responses, angle)).item().toFixed(2)); // => ['1.00', '0.50', '-1.00']
 */
export function steer(responses: readonly Tensor[], angle: TensorLike): Tensor {
  const [first, ...others] = responses;
  if (first === undefined || others.length === 0)
    throw new ShapeError(`steer: ${responses.length} response${responses.length === 1 ? '' : 's'}; give all that steerableResponses made: 2 of G1, 3 of G2, 4 of H2`);
  const weights = typeof angle === 'number' ? interpolationWeights(others.length, angle) : weightsAt(others.length, isTensor(angle) ? angle : constant(angle, { dtype: first.dtype }));
  const weighted = (response: Tensor, position: number): Tensor => mul(response, weights[position] ?? 0);
  return others.reduce<Tensor>((sum, response, position) => add(sum, weighted(response, position + 1)), weighted(first, 0));
}

/** The interpolation functions at angles that are known only when the graph runs. */
function weightsAt(order: number, angle: Tensor): readonly Tensor[] {
  const [cosine, sine] = [cos(angle), sin(angle)];
  // Repeated products, not pow: its derivative at 0 would ask for 0 to a negative power.
  const product = (factors: readonly Tensor[], coefficient: number): Tensor => {
    const [first, ...others] = factors;
    return others.reduce(mul, mul(first ?? 1, coefficient));
  };
  return binomial(order).map((coefficient, degree) => product([...new Array<Tensor>(order - degree).fill(cosine), ...new Array<Tensor>(degree).fill(sine)], coefficient));
}
