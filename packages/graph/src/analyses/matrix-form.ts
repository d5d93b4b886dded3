import { minus, plus, times } from '../integer.ts';
import { elementCount, type Shape } from '../shape.ts';
import { isTensor, type NodeOf, type Tensor } from '../tensor.ts';
import { matmul } from '../ops/matmul.ts';
import { flip, pad, reshape, slice, transpose } from '../ops/movement.ts';
import { noOperand, operandLine, shapeError } from '../ops/operand.ts';
import { concat, windows } from '../ops/rearrange.ts';
import { rebuild } from '../rebuild.ts';

/** A correlation as a product of two matrices. All are tensors of the graph: they can be evaluated, compiled, differentiated. */
export interface MatrixForm {
  readonly matrix: Tensor;
  /** What the matrix is multiplied with. */
  readonly operand: Tensor;
  /** matrix x operand, in the shape of the correlation that was given. */
  readonly product: Tensor;
}

/** A correlation, and the reshapes and transposes behind it, by which `corr2d` and `conv2d` give their shapes. */
interface Found {
  readonly correlation: NodeOf<'correlate'>;
  /** What was given, made of another tensor in the correlation's place. */
  readonly behind: (tensor: Tensor) => Tensor;
}

function findCorrelation(operation: string, given: Tensor): Found {
  if (!isTensor(given)) throw noOperand(given, operation, 'a correlation');
  const movements: Tensor[] = [];
  let node = given;
  while (node.primitive === 'reshape' || node.primitive === 'transpose') {
    movements.unshift(node);
    [node] = node.inputs;
  }
  if (node.primitive !== 'correlate')
    throw shapeError(`${operation}: a correlation is expected, and this is \`${given.primitive}\``, [operandLine(given, 'operand')], {
      text: 'give what corr2d, conv2d, convolve2d or correlate return; a bias and an activation are no part of the matrix, leave them away',
    });
  return { correlation: node, behind: (tensor) => movements.reduce<Tensor>((moved, movement) => rebuild(movement, () => moved), tensor) };
}

/** The indices of axes, from one on. */
const axesFrom = (first: number, count: number): readonly number[] => Array.from({ length: count }, (_, axis) => first + axis);

/**
 * The Toeplitz matrix of a correlation: vec(y) = T vec(x), T made of the kernel alone.
 *
 *   T[(o, p), (c, i)] = w[o, c, u]  where  i * inputDilation = p * stride + u * dilation - low,  0 elsewhere
 *
 * Row p holds the kernel, shifted by p strides: the rows are windows over the kernel among zeros, the last one first.
 *
 * @param correlation  y [N, O, ...P] of x [N, C, ...S], or what `corr2d`, `conv2d` and `convolve2d` make of one
 * @returns  matrix [O * P, C * S], operand [C * S, N], and their product in the shape of what was given
 * @throws ShapeError when it is no correlation.
 * @see Dive into Deep Learning, "Convolutions for Images", exercise 4
 * @example
 * const { matrix } = toeplitz(corr2d(input('x', [1, 4]), [[1, -1]]));
 * evaluate(matrix).toNested(); // => [[1, -1, 0, 0], [0, 1, -1, 0], [0, 0, 1, -1]]
 */
export function toeplitz(correlation: Tensor): MatrixForm {
  const { correlation: y, behind } = findCorrelation('toeplitz', correlation);
  const {
    inputs: [x, w],
    attributes: { strides, padding, dilations, inputDilations, groups },
  } = y;
  const [batch = 1, channels = 1, ...sizes] = x.shape;
  const [outputs = 1, , ...window] = w.shape;
  const [, , ...positions] = y.shape;
  const rank = positions.length;
  // Spread by dilation, the kernel begins at the last row's first element: index (P - 1 - p) * stride + i * inputDilation.
  const low = positions.map((count, axis) => minus(times(minus(count, 1), strides[axis] ?? 1), padding[axis]?.[0] ?? 0));
  const length = positions.map((count, axis) => plus(times(minus(count, 1), strides[axis] ?? 1), times(minus(sizes[axis] ?? 1, 1), inputDilations[axis] ?? 1), 1));
  const reach = window.map((taps, axis) => plus(times(minus(taps, 1), dilations[axis] ?? 1), 1));
  const high = length.map((size, axis) => minus(minus(size, low[axis] ?? 0), reach[axis] ?? 1));
  const among = pad(allChannels(w, groups), { low: [0, 0, ...low], high: [0, 0, ...high], interior: [0, 0, ...dilations.map((dilation) => dilation - 1)] });
  const rows = windows(among, sizes, { strides, dilations: inputDilations });
  const forward = flip(rows, axesFrom(2, rank));
  const matrix = reshape(transpose(forward, [0, ...axesFrom(2, rank), 1, ...axesFrom(2 + rank, rank)]), [elementCount([outputs, ...positions]), elementCount([channels, ...sizes])]);
  const operand = transpose(reshape(x, [batch, elementCount([channels, ...sizes])]));
  return { matrix, operand, product: behind(reshape(transpose(matmul(matrix, operand)), y.shape)) };
}

/** [O, C / groups, ...] -> [O, C, ...]: each group's kernels see zeros in the channels of the others. */
function allChannels(w: Tensor, groups: number): Tensor {
  const [outputs = 1, perGroup = 1, ...window] = w.shape;
  if (groups === 1) return w;
  const ofGroup = reshape(w, [groups, typeof outputs === 'number' ? outputs / groups : outputs, perGroup, ...window]);
  const parts = axesFrom(0, groups).map((group) => {
    const others = groups - group - 1;
    const one = slice(ofGroup, { start: [group], stop: [group + 1] });
    const kernels = reshape(one, one.shape.slice(1));
    return pad(kernels, { low: [0, times(group, perGroup)], high: [0, times(others, perGroup)] });
  });
  return concat(parts, 0);
}

/**
 * The im2col form of a correlation: a row of the matrix is the patch of x under the kernel at one position. It is linear
 * in the kernel, which can be solved for: the least squares of matrix x k = y are the best kernel for a pair x, y.
 *
 *   A[(n, p), (c, u)] = x[n, c, p * stride + u * dilation - low],  y[n, o, p] = sum over c, u of A[(n, p), (c, u)] * w[o, c, u]
 *
 * @param correlation  y [N, O, ...P] of w [O, I, ...U], or what `corr2d`, `conv2d` and `convolve2d` make of one
 * @returns  matrix [N * P, I * U], operand [I * U, O], with groups each behind an axis of them, and their product in the
 *           shape of what was given
 * @throws ShapeError when it is no correlation.
 * @see Chellapilla, Puri and Simard, "High Performance Convolutional Neural Networks for Document Processing", 2006
 * @example
 * const { matrix } = im2col(corr2d([[1, 2, 3, 4]], [[1, -1]]));
 * evaluate(matrix).toNested(); // => [[1, 2], [2, 3], [3, 4]]
 */
export function im2col(correlation: Tensor): MatrixForm {
  const { correlation: y, behind } = findCorrelation('im2col', correlation);
  const {
    inputs: [x, w],
    attributes: { strides, padding, dilations, inputDilations, groups },
  } = y;
  const [batch = 1, outputs = 1, ...positions] = y.shape;
  const [, perGroup = 1, ...window] = w.shape;
  const rank = positions.length;
  const padded = pad(x, { low: [0, 0, ...padding.map(([low]) => low)], high: [0, 0, ...padding.map(([, high]) => high)], interior: [0, 0, ...inputDilations.map((dilation) => dilation - 1)] });
  const patches = reshape(windows(padded, window, { strides, dilations }), [batch, groups, perGroup, ...positions, ...window]);
  const perOutput = typeof outputs === 'number' ? outputs / groups : outputs;
  const taps = elementCount([perGroup, ...window]);
  const withGroups = (shape: Shape): Shape => (groups === 1 ? shape : [groups, ...shape]);
  const matrix = reshape(transpose(patches, [1, 0, ...axesFrom(3, rank), 2, ...axesFrom(3 + rank, rank)]), withGroups([elementCount([batch, ...positions]), taps]));
  const kernels = reshape(w, [groups, perOutput, taps]);
  const operand = reshape(transpose(kernels, [0, 2, 1]), withGroups([taps, perOutput]));
  const product = reshape(matmul(matrix, operand), [groups, batch, ...positions, perOutput]);
  return { matrix, operand, product: behind(reshape(transpose(product, [1, 0, 2 + rank, ...axesFrom(2, rank)]), y.shape)) };
}

/**
 * A correlation as a product of matrices, in both forms: of the kernel's matrix with the picture, and of the picture's
 * patches with the kernel.
 *
 * @throws ShapeError when it is no correlation.
 * @example
 * const x = constant([[1, 2, 4]]);
 * const { toeplitz, im2col } = toMatrix(corr2d(x, [[1, -1]]));
 * [evaluate(toeplitz.product).toNested(), evaluate(im2col.product).toNested()]; // => [[[-1, -2]], [[-1, -2]]]
 */
export function toMatrix(correlation: Tensor): { readonly toeplitz: MatrixForm; readonly im2col: MatrixForm } {
  findCorrelation('toMatrix', correlation);
  return { toeplitz: toeplitz(correlation), im2col: im2col(correlation) };
}
