import { applyRule, constant, elementCount, interpret, literalShape, NdArray, type Tensor } from '@xcorr/graph';
import { createExpressions, type Expression } from '../expression.ts';
import { decided, withLaws } from '../laws.ts';
import { gathering } from '../lower/cost.ts';
import { flatten, indexMaps, type Index, type Reader } from '../lower/index-maps.ts';
import { rewrites, type Pass } from './rewrite.ts';

/** A folded constant has at most this many elements: larger ones cost more memory than their computation saves. */
export const foldedElements = 4096;

const isConstant = (tensor: Tensor): boolean => tensor.primitive === 'constant';

/** Whether the elements are known when the program is made, for what counts as a constant. */
function isKnown(tensor: Tensor, isFolded: (tensor: Tensor) => boolean): boolean {
  return isFolded(tensor) || (tensor.primitive === 'broadcast' && isKnown(tensor.inputs[0], isFolded));
}

/**
 * True for what becomes a constant when its operands are. A broadcast is read through its index: folding it would only
 * take room.
 */
export function isFoldable(tensor: Tensor, isFolded: (tensor: Tensor) => boolean = isConstant): boolean {
  const operands: readonly Tensor[] = tensor.inputs;
  const count = elementCount(tensor.shape);
  if (operands.length === 0 || tensor.primitive === 'broadcast' || typeof count !== 'number') return false;
  return count <= foldedElements && operands.every((operand) => isKnown(operand, isFolded) && literalShape(operand.shape) !== undefined);
}

/** Every position of a shape in row-major order. */
function* positions(shape: readonly number[]): Generator<readonly number[]> {
  const [size, ...rest] = shape;
  if (size === undefined) yield [];
  else for (let index = 0; index < size; index++) for (const inner of positions(rest)) yield [index, ...inner];
}

/** The elements of a tensor over constants, read by the rules that lower it: at literal positions every scalar is known. */
function elementsOf(tensor: Tensor, shape: readonly number[]): Float64Array {
  const make = withLaws(createExpressions());
  const readerOf = (node: Tensor): Reader => ({
    make,
    simplify: (index) => index,
    read: (operand, index) => applyRule(indexMaps, operand, index, readerOf(operand)),
    load: (source, index) => {
      const at = flatten(index, source.shape);
      return make.constant((source.primitive === 'constant' && typeof at === 'number' ? source.attributes.data[at] : undefined) ?? Number.NaN);
    },
    guard: (conditions, inside, outside) => (conditions.every((condition) => decided(condition) === true) ? inside() : outside()),
    reduce: (extents, term) => {
      const { operator, initial } = gathering(node);
      let total: Expression = make.constant(initial);
      for (const position of positions(literalShape(extents) ?? [])) total = make.binary(operator, total, term(position));
      return total;
    },
  });
  const element = (position: Index): number => {
    const value = applyRule(indexMaps, tensor, position, readerOf(tensor));
    return value.kind === 'constant' ? value.value : Number.NaN;
  };
  return Float64Array.from(positions(shape), element);
}

/** The elements as the definition has them, to the bit: loops sum up what is folded back in another order than it does. */
function definedElementsOf(tensor: Tensor, shape: readonly number[]): Float64Array {
  const [values] = tensor.primitive === 'foldBack' ? interpret([tensor]) : [];
  return values?.data ?? elementsOf(tensor, shape);
}

/** Computes what is known when the program is made. */
export const foldConstants: Pass = rewrites('fold constants', [
  {
    text: 'f(constants) = a constant',
    apply: (tensor) => {
      const shape = literalShape(tensor.shape);
      if (shape === undefined || !isFoldable(tensor)) return undefined;
      return constant(new NdArray(shape, definedElementsOf(tensor, shape)), { dtype: tensor.dtype });
    },
  },
]);
