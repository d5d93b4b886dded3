import { add, correlate, elementCount, equalShapes, flip, interpret, literalShape, minus, mul, pad, plus, rebuild, reshape, sub, times, topologicalOrder, transpose, type NodeOf, type Size, type Tensor } from '@xcorr/graph';
import { memoryCost } from '../lower/cost.ts';
import { nominal } from '../lower/ranges.ts';
import { consumersOf } from './consumers.ts';
import { foldedElements } from './fold-constants.ts';
import { isPlain } from './is-plain.ts';
import { kernelOf, planOf, type Kernel } from './kernel-plan.ts';
import { remade, type Pass } from './rewrite.ts';
import { uniform } from './uniform.ts';

type Correlation = NodeOf<'correlate'>;

/** A correlation with a kernel that is known; `kernel` may be made of literals that are not folded yet. */
interface Known {
  readonly node: Correlation;
  readonly kernel: Kernel;
}

const kernels = new WeakMap<Tensor, Kernel>();

/** The taps of a kernel that is a constant or is made of literals, and soon will be one. */
function tapsOf(tensor: Tensor): Kernel | undefined {
  const known = kernelOf(tensor) ?? kernels.get(tensor);
  const isLiteral = ({ primitive, shape }: Tensor): boolean => !sources.has(primitive) && literalShape(shape) !== undefined;
  if (known !== undefined || !(nominal(elementCount(tensor.shape)) <= foldedElements) || !topologicalOrder([tensor]).every(isLiteral)) return known;
  const [values] = interpret([tensor]);
  const kernel = values === undefined ? undefined : { shape: values.shape, data: Float64Array.from(values.data) };
  if (kernel !== undefined) kernels.set(tensor, kernel);
  return kernel;
}

/** What is known when a program runs. */
const sources: ReadonlySet<string> = new Set(['input', 'state', 'size']);

function knownOf(tensor: Tensor): Known | undefined {
  const kernel = tensor.primitive === 'correlate' && isPlain(tensor) ? tapsOf(tensor.inputs[1]) : undefined;
  return kernel === undefined || tensor.primitive !== 'correlate' ? undefined : { node: tensor, kernel };
}

const costOf = ({ node, kernel }: Known): number => planOf(node, kernel).cost;
const count = (tensor: Tensor): number => nominal(elementCount(tensor.shape));
const isSame = (a: readonly number[], b: readonly number[]): boolean => a.length === b.length && a.every((each, position) => each === b[position]);

/** The merged correlation, if it costs no more than `most`. */
function cheaper(merged: Tensor, most: number): Tensor | undefined {
  const known = knownOf(merged);
  return known !== undefined && costOf(known) <= most ? merged : undefined;
}

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** correlate(correlate(x, u), v) = correlate(x, u conv v): every tap of v meets u where it stands. */
function mergedChain(outer: Known, inner: Known): Tensor | undefined {
  const [first, second] = [inner.node.attributes, outer.node.attributes];
  const [x, u] = inner.node.inputs;
  const [, v] = outer.node.inputs;
  const [channels] = x.shape;
  const isDepthwise = first.groups === second.groups && inner.kernel.shape[0] === first.groups && inner.kernel.shape[1] === 1 && outer.kernel.shape[0] === first.groups;
  if (first.strides.some((stride) => stride !== 1) || channels === undefined || !(isDepthwise || (first.groups === 1 && second.groups === 1))) return undefined;
  // Taps stand on the grid of both dilations.
  const grid = first.dilations.map((dilation, axis) => divisor(dilation, second.dilations[axis] ?? 1));
  const spatial = grid.map((_, axis) => axis + 2);
  const apart = grid.map((step, axis) => (first.dilations[axis] ?? 1) / step);
  const dilations = grid.map((step, axis) => (second.dilations[axis] ?? 1) / step);
  const around = [0, 0, ...dilations.map((dilation, axis) => dilation * ((outer.kernel.shape[axis + 2] ?? 1) - 1))];
  const image = pad(transpose(u, [1, 0, ...spatial]), { low: around, high: around, interior: [0, 0, ...apart.map((each) => each - 1)] });
  const kernel = transpose(correlate(image, flip(v, spatial), { dilations, groups: isDepthwise ? first.groups : 1 }), [1, 0, ...spatial]);
  const merged = correlate(x, kernel, { strides: second.strides, dilations: grid, groups: first.groups });
  return cheaper(merged, costOf(outer) + costOf(inner) + memoryCost * count(inner.node));
}

/** What is correlated as a part of something, and how many zeros stand before it (less than none: how many elements are left out). */
function partOf(x: Tensor): { readonly whole: Tensor; readonly low: readonly Size[] } {
  if (x.primitive === 'pad' && x.attributes.value === 0 && x.attributes.interior.every((each) => each === 0)) return { whole: x.inputs[0], low: x.attributes.low };
  if (x.primitive === 'slice' && x.attributes.step.every((each) => each === 1)) return { whole: x.inputs[0], low: x.attributes.start.map((start) => times(-1, start)) };
  return { whole: x, low: x.shape.map(() => 0) };
}

/** A term of a sum: a correlation, behind a change of its shape, with a factor. */
interface Term {
  readonly known: Known;
  readonly factor: number;
}

/** correlate(x, u) + correlate(x, v) = correlate(x, u + v), both kernels in a common frame. */
function mergedSum(a: Term, b: Term, isDifference: boolean): Tensor | undefined {
  const [one, other] = [a.known.node.attributes, b.known.node.attributes];
  const isLike = one.groups === other.groups && isSame(one.strides, other.strides) && isSame(one.dilations, other.dilations);
  const [left, right] = [partOf(a.known.node.inputs[0]), partOf(b.known.node.inputs[0])];
  if (!isLike || left.whole !== right.whole || !equalShapes(a.known.node.shape, b.known.node.shape)) return undefined;
  const { whole } = left;
  const steps = [1, 1, ...one.dilations];
  // How many taps of the grid the one stands behind the other.
  const shifts = left.low.map((low, axis) => {
    const behind = minus(right.low[axis] ?? 0, low);
    return typeof behind === 'number' ? behind / (steps[axis] ?? 1) : Number.NaN;
  });
  if (shifts.some((shift, axis) => !Number.isInteger(shift) || (axis < 2 && shift !== 0))) return undefined;
  const before = shifts.map((shift) => Math.max(0, shift));
  const behind = shifts.map((shift) => Math.max(0, -shift));
  const size = before.map((shift, axis) => Math.max(shift + (a.known.kernel.shape[axis] ?? 1), (behind[axis] ?? 0) + (b.known.kernel.shape[axis] ?? 1)));
  const inFrame = ({ known: { node, kernel }, factor }: Term, own: readonly number[]): Tensor => {
    const framed = pad(node.inputs[1], { low: own, high: kernel.shape.map((extent, axis) => (size[axis] ?? 0) - extent - (own[axis] ?? 0)) });
    return factor === 1 ? framed : mul(framed, factor);
  };
  const [u, v] = [inFrame(a, before), inFrame(b, behind)];
  const low = left.low.map((each, axis) => plus(each, (before[axis] ?? 0) * (steps[axis] ?? 1)));
  const high = low.map((each, axis): Size => {
    if (axis < 2) return 0;
    const last = times(minus(a.known.node.shape[axis] ?? 1, 1), one.strides[axis - 2] ?? 1);
    return minus(plus(last, ((size[axis] ?? 1) - 1) * (steps[axis] ?? 1), 1, times(-1, each)), whole.shape[axis] ?? 1);
  });
  const { strides, dilations, groups } = one;
  const merged = correlate(pad(whole, { low, high }), isDifference ? sub(u, v) : add(u, v), { strides, dilations, groups });
  return cheaper(merged, costOf(a.known) + costOf(b.known) + count(a.known.node));
}

/** The term that a node is, from those of its operands that nothing else reads. */
function termOf(tensor: Tensor, result: Tensor, term: (operand: Tensor) => Term | undefined): Term | undefined {
  const known = knownOf(result);
  if (known !== undefined) return { known, factor: 1 };
  if (tensor.primitive === 'reshape') return term(tensor.inputs[0]);
  if (tensor.primitive !== 'neg' && tensor.primitive !== 'mul') return undefined;
  const [first, second = first] = tensor.inputs;
  const left = uniform(first);
  const by = tensor.primitive === 'neg' ? -1 : (left ?? uniform(second));
  const own = term(left === undefined ? first : second);
  return own === undefined || by === undefined ? undefined : { ...own, factor: own.factor * by };
}

/**
 * Correlations with kernels that are known, one behind the other or added up, become one where that costs less:
 *
 *   correlate(correlate(x, u), v) = correlate(x, u conv v),  a * correlate(x, u) + b * correlate(x, v) = correlate(x, a * u + b * v)
 *
 * What each costs is the cheapest way to compute it, in two passes where these are cheaper; so nothing is merged that
 * `separate kernels` would take apart into what it was. That one runs after it, and neither runs twice. Taps that are made of
 * others are rounded once: each errs by half a unit in its last place more.
 */
export const mergeKernels: Pass = {
  name: 'merge kernels',
  isAlgebra: true,
  run: (roots) => {
    const { order, isOnly } = consumersOf(roots);
    if (!order.some((node) => knownOf(node) !== undefined)) return roots;
    const terms = new Map<Tensor, Term>();
    const term = (operand: Tensor): Term | undefined => (isOnly(operand) ? terms.get(operand) : undefined);
    const merged = (tensor: Tensor, node: Tensor): Tensor | undefined => {
      if (tensor.primitive === 'correlate') {
        const [outer, inner] = [knownOf(node), term(tensor.inputs[0])];
        return outer !== undefined && inner !== undefined && inner.known.node === outer.node.inputs[0] ? mergedChain(outer, inner.known) : undefined;
      }
      if (tensor.primitive !== 'add' && tensor.primitive !== 'sub') return undefined;
      const [a, b] = [term(tensor.inputs[0]), term(tensor.inputs[1])];
      return a === undefined || b === undefined ? undefined : mergedSum(a, b, tensor.primitive === 'sub');
    };
    const make: Parameters<typeof remade>[1] = (tensor, result) => {
      const node = rebuild(tensor, result);
      const made = merged(tensor, node);
      const own = made === undefined ? termOf(tensor, node, term) : termOf(made, made, term);
      if (own !== undefined) terms.set(tensor, own);
      return made === undefined ? node : reshape(made, tensor.shape);
    };
    return remade(roots, make, order);
  },
};
