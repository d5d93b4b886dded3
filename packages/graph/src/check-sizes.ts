import { FeedError } from './errors.ts';
import { minus } from './integer.ts';
import { evaluateInteger, variablesOf } from './integer-value.ts';
import { printInteger } from './print-integer.ts';
import { operandLine, shapeError } from './ops/operand.ts';
import type { Size } from './shape.ts';
import type { NodeOf, Tensor } from './tensor.ts';

/**
 * Checks what the shape rules could not prove for every value of the named sizes, once a run has bound them:
 * every axis has at least one element, and slices stay inside.
 *
 * @throws FeedError when a size is bound by no input.
 * @throws ShapeError when an axis vanishes or a slice leaves it.
 * @example
 * checkSizes([input('x', ['H'])], new Map([['H', 6]])); // => undefined
 */
export function checkSizes(nodes: readonly Tensor[], sizes: ReadonlyMap<string, number>): void {
  for (const node of nodes) {
    for (const size of node.primitive === 'size' ? [node.attributes.value] : node.shape) checkBound(size, node, sizes);
    checkExtents(node, sizes);
    if (node.primitive === 'slice') checkBounds(node, sizes);
  }
}

function checkBound(size: Size, node: Tensor, sizes: ReadonlyMap<string, number>): void {
  const unbound = variablesOf(size).find(({ name }) => !sizes.has(name));
  if (unbound !== undefined)
    throw new FeedError(`${node.primitive}: the size ${unbound.name} is bound by no input of this run\n  give an input an axis that is ${unbound.name} alone`);
}

function checkExtents(node: Tensor, sizes: ReadonlyMap<string, number>): void {
  const axis = node.shape.findIndex((size) => evaluateInteger(size, sizes) < 1);
  const size = node.shape[axis];
  if (size === undefined) return;
  throw shapeError(`${node.primitive}: axis ${axis} has ${printInteger(size)} = ${evaluateInteger(size, sizes)} elements, where ${printBinding(sizes)}`, [operandLine(node, 'result')], {
    text: 'every axis must have at least 1 element; feed larger values',
    axis,
  });
}

function checkBounds(node: NodeOf<'slice'>, sizes: ReadonlyMap<string, number>): void {
  const {
    inputs: [x],
    attributes: { start, stop },
  } = node;
  const axis = x.shape.findIndex((size, each) => evaluateInteger(start[each] ?? 0, sizes) < 0 || evaluateInteger(minus(size, stop[each] ?? size), sizes) < 0);
  if (axis < 0) return;
  const bound = (size: Size | undefined): number => evaluateInteger(size ?? 0, sizes);
  throw shapeError(
    `slice: axis ${axis} is taken from ${bound(start[axis])} to ${bound(stop[axis])} and has ${bound(x.shape[axis])} elements, where ${printBinding(sizes)}`,
    [operandLine(x, 'operand')],
    { text: '0 <= start < stop <= the size must hold; feed larger values', axis },
  );
}

function printBinding(sizes: ReadonlyMap<string, number>): string {
  return [...sizes].map(([name, value]) => `${name} = ${value}`).join(', ');
}
