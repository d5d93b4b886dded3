import { applyRule, binaryNames, elementCount, tabulate, unaryNames, type NodeOf, type PrimitiveName, type Shape, type Tensor } from '@xcorr/graph';
import { foldedExtents } from './borders.ts';
import { trips, type Site } from './draft.ts';
import { nominal } from './ranges.ts';

/** About how many additions each primitive costs, an element. Movements are index maps: they cost nothing. */
const operationCost: Readonly<Record<PrimitiveName, number>> = {
  ...tabulate(unaryNames, () => 1),
  ...tabulate(binaryNames, () => 1),
  exp: 20, log: 20, sin: 20, cos: 20, tanh: 30, pow: 40, atan2: 40, div: 4, sqrt: 4,
  input: 0, state: 0, constant: 0, size: 0,
  select: 1, broadcast: 0, reshape: 0, transpose: 0, flip: 0, slice: 0, pad: 1, cast: 0, stopGradient: 0,
  concat: 1, extend: 1, foldBack: 0, take: 1, scatter: 0, windows: 0, overlapAdd: 0, reduceMax: 0, sum: 0, correlate: 0,
};

/** Primitives whose elements are gathered from several: how many axes they gather over is for them to say. */
type ReductionName = 'sum' | 'reduceMax' | 'correlate' | 'scatter' | 'overlapAdd' | 'foldBack';

/** The extents over which each reduction gathers, in the order of its loops. */
const gatheredExtents: { readonly [P in ReductionName]: (tensor: NodeOf<P>) => Shape } = {
  sum: ({ inputs: [x], attributes: { axes } }) => axes.map((axis) => x.shape[axis] ?? 1),
  reduceMax: ({ inputs: [x], attributes: { axes } }) => axes.map((axis) => x.shape[axis] ?? 1),
  correlate: ({ inputs: [, w] }) => w.shape.slice(1),
  scatter: ({ attributes: { map } }) => [Math.max(...map.map((target) => map.filter((other) => other === target).length))],
  overlapAdd: ({ attributes: { window } }) => window,
  foldBack: (node) => foldedExtents(node),
};

export type Reduction = NodeOf<ReductionName>;

export function isReduction(tensor: Tensor): tensor is Reduction {
  return Object.hasOwn(gatheredExtents, tensor.primitive);
}

/** How a reduction gathers: the largest element, or the sum. */
export function gathering(tensor: Tensor): { readonly operator: 'add' | 'max'; readonly initial: number } {
  return tensor.primitive === 'reduceMax' ? { operator: 'max', initial: -Infinity } : { operator: 'add', initial: 0 };
}

/** The extents that make loops; two reductions share a sweep when theirs are the same. */
export function reductionExtents(tensor: Reduction): Shape {
  return applyRule(gatheredExtents, tensor).filter((extent) => extent !== 1);
}

export function isSource(tensor: Tensor): boolean {
  return tensor.primitive === 'input' || tensor.primitive === 'state' || tensor.primitive === 'constant' || tensor.primitive === 'size';
}

/** True for primitives that only say where an element stands. */
export function isMovement(tensor: Tensor): boolean {
  return operationCost[tensor.primitive] === 0 && !isSource(tensor) && !isReduction(tensor);
}

/** What one element costs when everything between it and the next reductions or sources is computed anew. */
export interface Work {
  readonly operations: number;
  /** The reductions below: each needs a buffer, or a place in the same loops. */
  readonly reductions: readonly Tensor[];
}

/** Beyond so many nodes an element is dear, whatever else stands below. */
const weighedNodes = 256;

/** Weighs what stands below a tensor, down to reductions and sources; what is shared counts once. */
export function workOf(tensor: Tensor): Work {
  const seen = new Set<Tensor>([tensor]);
  const reductions: Tensor[] = [];
  let operations = 0;
  for (const node of seen) {
    operations += operationCost[node.primitive];
    if (isReduction(node)) reductions.push(node);
    else for (const operand of node.inputs) seen.add(operand);
    if (seen.size > weighedNodes) return { operations: Infinity, reductions };
  }
  return { operations, reductions };
}

/** What it costs to write an element to memory and to read it again, in additions. */
export const memoryCost = 4;

export function isBorder(tensor: Tensor): tensor is NodeOf<'pad' | 'extend'> {
  return tensor.primitive === 'pad' || tensor.primitive === 'extend';
}

/** What an element costs at whose reading a condition is asked, or an index is mapped, more than one in the middle. */
const borderReadingCost = 1;

/** The same where whole rows are gathered: the ends of a sum are loops of their own for every result. Measured in JavaScript. */
const gatheredReadingCost = 16;

/** Loops that gather at least so many elements go along rows of a picture, and not over taps. */
const rowExtent = 16;

/** How dear reading through a border is at some places, in readings. */
export function borderReadings(places: readonly Site[]): number {
  const isAlongRows = ({ draft, loops }: Site): boolean => draft.kind === 'map' && loops.slice(draft.loops.length).some((loop) => nominal(loop.extent) >= rowExtent);
  return places.reduce((sum, site) => sum + trips(site) * (isAlongRows(site) ? gatheredReadingCost : borderReadingCost), 0);
}

/**
 * What reading through a border costs, an element, if it is not copied: loops are split so that only readers of the
 * first and the last elements ask where they are.
 */
export function borderCost(tensor: NodeOf<'pad' | 'extend'>, readings: number): number {
  const [x] = tensor.inputs;
  const count = nominal(elementCount(tensor.shape));
  const spread = tensor.primitive === 'pad' && tensor.attributes.interior.some((between) => between > 0);
  const added = spread ? 1 : Math.max(0, 1 - nominal(elementCount(x.shape)) / count);
  return added * readings;
}

/** A reduction gathers into at most this many accumulators while it sweeps over what it sums. */
const sweepAccumulators = 64;

/**
 * Few results from much data are gathered in one sweep over the data, which other reductions can share;
 * many results are computed one by one.
 */
export function isSweep(tensor: Tensor): boolean {
  if (!isReduction(tensor)) return false;
  const results = elementCount(tensor.shape);
  if (typeof results !== 'number' || results > sweepAccumulators) return false;
  return results === 1 || nominal(elementCount(reductionExtents(tensor))) >= 4 * results;
}
