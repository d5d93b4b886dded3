import { broadcast, constant, div, elementCount, mul, rebuild, reshape, type PrimitiveName, type Tensor } from '@xcorr/graph';
import { nominal } from '../lower/ranges.ts';
import { consumersOf, type Consumers } from './consumers.ts';
import { foldedElements } from './fold-constants.ts';
import { remade, type Pass } from './rewrite.ts';
import { uniform } from './uniform.ts';

/**
 * Where f(c x) = c f(x): `all` if every operand carries the factor, `one` if exactly one of two does. What is not listed
 * has rules of its own, or is not linear.
 */
const linearity: Partial<Readonly<Record<PrimitiveName, 'all' | 'one'>>> = {
  neg: 'all', add: 'all', sub: 'all', concat: 'all', broadcast: 'all', reshape: 'all', transpose: 'all', flip: 'all', slice: 'all',
  extend: 'all', foldBack: 'all', take: 'all', scatter: 'all', windows: 'all', overlapAdd: 'all', stopGradient: 'all', sum: 'all',
  mul: 'one', correlate: 'one',
};

function isLinear(node: Tensor, carries: (operand: Tensor) => boolean): boolean {
  if (node.primitive === 'pad') return node.attributes.value === 0;
  if (node.primitive === 'div') return !carries(node.inputs[1]);
  if (node.primitive === 'select') {
    const [condition, ...branches] = node.inputs;
    return !carries(condition) && branches.every((branch) => carries(branch) || uniform(branch) === 0);
  }
  const operands: readonly Tensor[] = node.inputs;
  const kind = linearity[node.primitive];
  return kind === 'all' ? operands.every(carries) : kind === 'one' && operands.filter(carries).length === 1 && operands[0] !== operands[1];
}

/** A factor of a tensor: what is multiplied, and how. */
interface Factor {
  readonly x: Tensor;
  /** The number by which it multiplies, if it is known. */
  readonly known: number | undefined;
  /** Multiplies a tensor by the factor, of which `by` gives the scalar. */
  readonly apply: (tensor: Tensor, by: (scalar: Tensor) => Tensor) => Tensor;
}

/** The one element that a tensor repeats. */
function scalarOf(tensor: Tensor): Tensor | undefined {
  const value = uniform(tensor);
  if (value !== undefined) return constant(value, { dtype: tensor.dtype });
  if (elementCount(tensor.shape) === 1) return tensor;
  return tensor.primitive === 'broadcast' || tensor.primitive === 'reshape' ? scalarOf(tensor.inputs[0]) : undefined;
}

const spread = (scalar: Tensor, { shape }: Tensor): Tensor => broadcast(reshape(scalar, []), shape);

function factorOf(node: Tensor): Factor | undefined {
  if (node.primitive !== 'mul' && node.primitive !== 'div') return undefined;
  const [left, right] = node.inputs;
  const scalar = scalarOf(right);
  if (node.primitive === 'div') return scalar === undefined ? undefined : { x: left, known: undefined, apply: (tensor, by) => div(tensor, spread(by(scalar), tensor)) };
  const first = scalar ?? scalarOf(left);
  return first === undefined ? undefined : { x: first === scalar ? left : right, known: uniform(first), apply: (tensor, by) => mul(spread(by(first), tensor), tensor) };
}

const count = (tensor: Tensor): number => nominal(elementCount(tensor.shape));

/** Taps by which is multiplied. */
const multiplications = (data: Float64Array, factor = 1): number => data.filter((tap) => ![0, 1, -1].includes(tap * factor)).length;

/** A known kernel takes a known factor into its taps, unless that costs more multiplications an element than it saves. */
function takes(kernel: Tensor, { known }: Factor): boolean {
  if (kernel.primitive !== 'constant' || known === undefined) return false;
  const { data } = kernel.attributes;
  return data.length <= foldedElements && multiplications(data, known) <= multiplications(data) + 1;
}

/** How many elements a factor multiplies that goes onto a kernel: of one that takes it, none. */
function kernelPrice(kernel: Tensor, factor: Factor): number {
  return takes(kernel, factor) ? 0 : kernel.primitive === 'constant' ? Infinity : count(kernel);
}

/** Where a factor goes: behind these nodes, onto the kernels of these correlations. */
interface Move {
  readonly factor: Factor;
  readonly behind: readonly Tensor[];
  readonly kernels: readonly Tensor[];
}

/** Everything that a factor of a node can be carried through. */
function regionOf(node: Tensor, from: number, { order, of }: Consumers): readonly Tensor[] {
  const region = new Set([node]);
  const pending = new Set(of(node));
  for (let at = from + 1; pending.size > 0; at++) {
    const reader = order[at];
    if (reader === undefined) break;
    if (!pending.delete(reader) || !isLinear(reader, (operand) => region.has(operand))) continue;
    region.add(reader);
    for (const next of of(reader)) pending.add(next);
  }
  return [...region];
}

/** How often it is tried to make all that is added carry a factor. */
const attempts = 4;

/**
 * The places behind a node where its factor multiplies the fewest elements: at each node, either it is multiplied there, or
 * carried on to all that read it. Of what is added either all carry it or none does: where some do, these are multiplied
 * before that, and it is decided again.
 */
function upwards(node: Tensor, factor: Factor, from: number, consumers: Consumers): Move | undefined {
  const region = regionOf(node, from, consumers);
  const inside = new Set(region);
  const wanted = new Set(region.filter((member) => consumers.isRoot(member) || consumers.of(member).some((reader) => !inside.has(reader))));
  for (let attempt = 0; attempt < attempts && !wanted.has(node); attempt++) {
    const prices = new Map<Tensor, number>();
    const kernels = new Set<Tensor>();
    const behind = new Set<Tensor>();
    const priceAt = (reader: Tensor, operand: Tensor): number => {
      const carried = prices.get(reader) ?? 0;
      const onKernel = reader.primitive === 'correlate' && reader.inputs[0] === operand ? kernelPrice(reader.inputs[1], factor) : Infinity;
      if (onKernel < carried) kernels.add(reader);
      return Math.min(carried, onKernel);
    };
    for (const member of region.toReversed()) {
      const carried = wanted.has(member) ? Infinity : consumers.of(member).reduce((total, reader) => total + priceAt(reader, member), 0);
      if (member !== node && count(member) <= carried) behind.add(member);
      prices.set(member, Math.min(count(member), carried));
    }
    const carrying = new Set([node]);
    const move: { readonly behind: Tensor[]; readonly kernels: Tensor[] } = { behind: [], kernels: [] };
    let cost = 0;
    const before = wanted.size;
    for (const member of region.slice(1)) {
      const operands: readonly Tensor[] = member.inputs;
      const carried = operands.filter((operand) => carrying.has(operand));
      if (carried.length === 0) continue;
      if (operands.some((operand) => inside.has(operand) && !carrying.has(operand))) for (const operand of carried) wanted.add(operand);
      else if (member.primitive === 'correlate' && kernels.has(member)) {
        move.kernels.push(member);
        cost += kernelPrice(member.inputs[1], factor);
      } else if (behind.has(member)) {
        move.behind.push(member);
        cost += count(member);
      } else carrying.add(member);
    }
    if (wanted.size === before) return cost < count(node) ? { factor, ...move } : undefined;
  }
  return undefined;
}

/** A known factor of what a known kernel gives, and nobody else reads, goes into the taps. */
function downwards(factor: Factor, { isOnly }: Consumers): Move | undefined {
  let below = factor.x;
  while (isOnly(below) && (below.primitive === 'reshape' || below.primitive === 'transpose' || below.primitive === 'slice' || below.primitive === 'flip')) below = below.inputs[0];
  if (below.primitive !== 'correlate' || !isOnly(below) || !takes(below.inputs[1], factor)) return undefined;
  return { factor, behind: [], kernels: [below] };
}

function entered(table: Map<Tensor, Factor[]>, places: readonly Tensor[], factor: Factor): void {
  for (const place of places) {
    const known = table.get(place);
    if (known === undefined) table.set(place, [factor]);
    else known.push(factor);
  }
}

/**
 * A scalar factor stands where there are fewest elements:
 *
 *   correlate(c * x, w) = c * correlate(x, w) = correlate(x, c * w),  f(c * x) = c * f(x) for movements, sums and all that is linear
 *
 * The factor of a mean multiplies the gradient of a kernel, and not the residuals of a picture. Products of literals are
 * rounded to their dtype when they are folded: each tap errs by half a unit in its last place more.
 */
export const moveFactors: Pass = {
  name: 'move factors',
  isAlgebra: true,
  run: (roots) => {
    const consumers = consumersOf(roots);
    const moved = new Map<Tensor, Move>();
    const [behind, kernels] = [new Map<Tensor, Factor[]>(), new Map<Tensor, Factor[]>()];
    consumers.order.forEach((node, position) => {
      const factor = factorOf(node);
      const move = factor === undefined ? undefined : (downwards(factor, consumers) ?? upwards(node, factor, position, consumers));
      if (move === undefined) return;
      moved.set(node, move);
      entered(behind, move.behind, move.factor);
      entered(kernels, move.kernels, move.factor);
    });
    if (moved.size === 0) return roots;
    const make: Parameters<typeof remade>[1] = (tensor, result) => {
      const multiplied = (product: Tensor, factors: readonly Factor[] = []): Tensor => factors.reduce((before, factor) => factor.apply(before, result), product);
      const factors = kernels.get(tensor);
      const [, kernel]: readonly Tensor[] = tensor.inputs;
      const made = moved.get(tensor)?.factor.x;
      const rebuilt = made === undefined ? rebuild(tensor, (operand) => (operand === kernel ? multiplied(result(operand), factors) : result(operand))) : result(made);
      return multiplied(rebuilt, behind.get(tensor));
    };
    return remade(roots, make, consumers.order);
  },
};
