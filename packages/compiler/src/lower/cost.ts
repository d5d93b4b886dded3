import { binaryNames, elementCount, tabulate, unaryNames, type PrimitiveName, type Tensor } from '@xcorr/graph';
import { nominal } from './ranges.ts';

/** About how many additions each primitive costs, an element. Movements are index maps: they cost nothing. */
const operationCost: Readonly<Record<PrimitiveName, number>> = {
  ...tabulate(unaryNames, () => 1),
  ...tabulate(binaryNames, () => 1),
  exp: 20, log: 20, sin: 20, cos: 20, tanh: 30, pow: 40, atan2: 40, div: 4, sqrt: 4,
  input: 0, state: 0, constant: 0, size: 0,
  select: 1, broadcast: 0, reshape: 0, transpose: 0, flip: 0, slice: 0, pad: 1, sum: 0, correlate: 0,
};

export type ReductionName = 'sum' | 'correlate';

export function isReduction(tensor: Tensor): boolean {
  return tensor.primitive === 'sum' || tensor.primitive === 'correlate';
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
  /** True when a reduction lies below: it needs a buffer or a place in the same loops. */
  readonly reduces: boolean;
}

/** Weighs tensors, each once. */
export function createWork(): (tensor: Tensor) => Work {
  const known = new Map<Tensor, Work>();
  const work = (tensor: Tensor): Work => {
    const found = known.get(tensor);
    if (found !== undefined) return found;
    const operands: readonly Tensor[] = tensor.inputs;
    const below = isReduction(tensor) ? [] : operands.map(work);
    const result = {
      operations: below.reduce((total, each) => total + each.operations, operationCost[tensor.primitive]),
      reduces: isReduction(tensor) || below.some((each) => each.reduces),
    };
    known.set(tensor, result);
    return result;
  };
  return work;
}

/** What it costs to write an element to memory and to read it again, in additions. */
export const memoryCost = 4;

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
  return results === 1 || reducedCount(tensor) >= 4 * results;
}

/** How many terms each result of a reduction sums. */
function reducedCount(tensor: Tensor): number {
  if (tensor.primitive === 'correlate') return nominal(elementCount(tensor.inputs[1].shape.slice(1)));
  if (tensor.primitive !== 'sum') return 1;
  const [x] = tensor.inputs;
  return nominal(elementCount(tensor.attributes.axes.map((axis) => x.shape[axis] ?? 1)));
}
