import { add, correlate, elementCount, equalIntegers, literalShape, matmul, mul, neg, reshape, sub, sum, topologicalOrder, type NodeOf, type Shape, type Tensor } from '@xcorr/graph';
import { nominal } from '../lower/ranges.ts';
import { rewrites, type Law, type Pass } from '../passes/rewrite.ts';
import { gram, gramWork } from './gram.ts';

export { gram } from './gram.ts';

/** correlate(x, k) - y of one image and one kernel, x and y the same at all times of a call. */
interface Residual {
  /** [...spatial] */
  readonly x: Tensor;
  /** [...window] */
  readonly k: Tensor;
  /** [...positions] */
  readonly y: Tensor;
  /** The sizes of k. */
  readonly window: readonly number[];
  /** Whether it is y - correlate(x, k). */
  readonly isNegative: boolean;
}

/** Behind movements that keep the order of the elements. */
function behind(tensor: Tensor): Tensor {
  if (tensor.primitive === 'reshape') return behind(tensor.inputs[0]);
  if (tensor.primitive !== 'transpose') return tensor;
  const [operand] = tensor.inputs;
  const kept = tensor.attributes.permutation.filter((axis) => operand.shape[axis] !== 1);
  return kept.every((axis, position) => position === 0 || axis > (kept[position - 1] ?? 0)) ? behind(operand) : tensor;
}

/** A correlation of one image, of one channel, with one kernel, each window at its place. */
function isPlain(tensor: Tensor): tensor is NodeOf<'correlate'> {
  if (tensor.primitive !== 'correlate') return false;
  const { inputs: [x, w], attributes: { strides, dilations, inputDilations, padding, groups } } = tensor;
  const isOne = (each: number): boolean => each === 1;
  return [...x.shape.slice(0, 2), ...w.shape.slice(0, 2)].every((size) => size === 1) && groups === 1 && [...strides, ...dilations, ...inputDilations].every(isOne) && padding.every(([low, high]) => low === 0 && high === 0);
}

const areEqual = (shape: Shape, other: Shape): boolean => shape.length === other.length && shape.every((size, axis) => equalIntegers(size, other[axis] ?? 0));

/** What an image or a kernel of one channel holds, without its axes of one element in front. */
const plane = (tensor: Tensor, shape: Shape): Tensor => reshape(behind(tensor), shape.slice(2));

function residualOf(tensor: Tensor, varies: (tensor: Tensor) => boolean): Residual | undefined {
  const difference = behind(tensor);
  if (difference.primitive === 'neg') {
    const turned = residualOf(difference.inputs[0], varies);
    return turned === undefined ? undefined : { ...turned, isNegative: !turned.isNegative };
  }
  if (difference.primitive !== 'sub') return undefined;
  const [left, right] = difference.inputs;
  for (const [filtered, other] of [[left, right], [right, left]] as const) {
    const correlation = behind(filtered);
    if (!isPlain(correlation) || varies(other)) continue;
    const { inputs: [x, k], shape } = correlation;
    const window = literalShape(k.shape.slice(2));
    if (window !== undefined && !varies(x) && varies(k)) return { x: plane(x, x.shape), k: plane(k, k.shape), y: reshape(behind(other), shape.slice(2)), window, isNegative: filtered === right };
  }
  return undefined;
}

/** What the squared error is made of, G and b made once in a call. */
interface Form {
  /** [K, K] */
  readonly gram: Tensor;
  /** [K, 1] */
  readonly product: Tensor;
  /** [K, 1] */
  readonly kernel: Tensor;
}

function formOf({ x, k, y, window }: Residual): Form {
  const taps = window.reduce((product, size) => product * size, 1);
  const product = correlate(reshape(x, [1, 1, ...x.shape]), reshape(y, [1, 1, ...y.shape]));
  return { gram: reshape(gram(x, window), [taps, taps]), product: reshape(product, [taps, 1]), kernel: reshape(k, [taps, 1]) };
}

/** Whether `times` steps over K^2 numbers, and the making of G and b, cost less than as many over 2 K numbers a position. */
function isWorthwhile({ y, window }: Residual, times: number): boolean {
  const taps = window.reduce((product, size) => product * size, 1);
  const positions = nominal(elementCount(y.shape));
  return times * taps * taps + positions * (gramWork(window) + taps) < times * 2 * taps * positions;
}

/**
 * A pass for steps of which many are taken in one call over the same images: the squared error of a linear filter is a
 * quadratic form of its taps, so images are swept over once, and a step costs the same at any size of image.
 *
 *   correlate(x, correlate(x, k) - y) = G k - b        sum((correlate(x, k) - y)^2) = k'(G k - 2 b) + y'y
 *
 * with G[q, r] = sum over p of x[p + q] x[p + r] and b[q] = sum over p of x[p + q] y[p]. It is exact algebra, and the
 * certificate proves it. In floating point a loss far below y'y loses the digits that the two have in common:
 * |got - want| <= c u (|k|'(|G| |k| + 2 |b|) + y'y), the constant c as for any sum; float64 leaves enough of them.
 *
 * @param times  how many steps a call takes, about: where that is too few to be worth it, nothing is changed
 * @example
 * const [x, k, y] = [input('x', [64, 64]), state('k', [[1, 0]]), input('y', [64, 63])];
 * const [dk] = grad(sum(square(sub(corr2d(x, k), y))), [k]);
 * const spec = { inputs: { x, y }, state: { k }, updates: [[k, sub(k, mul(1e-4, dk))]] as const, outputs: {} };
 * programFor(spec, js(), { passes: [quadraticForms({ times: 100 })] }).invariant > 0; // => true
 */
export function quadraticForms({ times }: { readonly times: number }): Pass {
  return {
    name: 'quadratic forms',
    run: (roots) => rewrites('quadratic forms', lawsFor(createVarying(), times)).run(roots),
  };
}

/** Tells whether a tensor depends on a state. */
function createVarying(): (tensor: Tensor) => boolean {
  const answers = new Map<Tensor, boolean>();
  return (tensor) => {
    if (!answers.has(tensor)) for (const node of topologicalOrder([tensor])) answers.set(node, node.primitive === 'state' || node.inputs.some((each) => answers.get(each)));
    return answers.get(tensor) ?? false;
  };
}

function lawsFor(varies: (tensor: Tensor) => boolean, times: number): readonly Law[] {
  const found = (tensor: Tensor): Residual | undefined => {
    const residual = residualOf(tensor, varies);
    return residual !== undefined && isWorthwhile(residual, times) ? residual : undefined;
  };
  return [
    {
      text: 'correlate(x, correlate(x, k) - y) = G k - b',
      apply: (tensor) => {
        if (!isPlain(tensor)) return undefined;
        const { inputs: [x, error], shape } = tensor;
        const residual = found(error);
        if (residual === undefined || residual.x !== plane(x, x.shape) || !areEqual(residual.k.shape, shape.slice(2))) return undefined;
        const { gram, product, kernel } = formOf(residual);
        const slope = sub(matmul(gram, kernel), product);
        return reshape(residual.isNegative ? neg(slope) : slope, shape);
      },
    },
    {
      text: "sum((correlate(x, k) - y)^2) = k'(G k - 2 b) + y'y",
      apply: (tensor) => {
        if (tensor.primitive !== 'sum') return undefined;
        const [squared] = tensor.inputs;
        const residual = tensor.attributes.axes.length === squared.shape.length && squared.primitive === 'mul' && squared.inputs[0] === squared.inputs[1] ? found(squared.inputs[0]) : undefined;
        if (residual === undefined) return undefined;
        const { gram, product, kernel } = formOf(residual);
        return reshape(add(sum(mul(kernel, sub(matmul(gram, kernel), mul(2, product)))), sum(mul(residual.y, residual.y))), tensor.shape);
      },
    },
  ];
}
