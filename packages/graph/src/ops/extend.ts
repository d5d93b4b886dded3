import { isNonNegative, keyOf, minus, plus } from '../integer.ts';
import { printInteger } from '../print-integer.ts';
import type { BorderMode } from '../primitives.ts';
import { isEmptySize, type Shape, type Size } from '../shape.ts';
import { intern, type Tensor } from '../tensor.ts';
import { suggest } from '../suggest.ts';
import { operandLine, shapeError, toTensor, type TensorLike } from './operand.ts';
import { ValueError } from '../errors.ts';
import { givenList, givenOptions } from '../given.ts';

/** The ways in which an axis goes on behind its ends. */
export const borderModes: readonly BorderMode[] = ['edge', 'reflect', 'symmetric', 'wrap'];

export interface ExtendOptions {
  /** What stands behind the ends, named as in NumPy's `pad`. */
  readonly mode: BorderMode;
  /** Elements added before each axis, at least 0. Default: 0. */
  readonly low?: readonly Size[];
  /** Elements added behind each axis, at least 0. Default: 0. */
  readonly high?: readonly Size[];
}

/**
 * Goes on behind the ends of each axis with the tensor's own elements. Of `a b c d`, on both sides:
 *
 *   edge        a a a | a b c d | d d d
 *   symmetric   c b a | a b c d | d c b      the end is repeated
 *   reflect     d c b | a b c d | c b a      the end is the mirror; of one element, all are that element
 *   wrap        b c d | a b c d | a b c
 *
 * What reaches farther than the axis is long goes on in the same way: reflect gives `… b a b c d c b a b …`.
 * For a border of one value, see `pad`.
 *
 * @returns axes of low + size + high elements
 * @throws ShapeError when an entry is negative, not whole, or belongs to no axis; ValueError for an unknown mode.
 * @see NumPy, `numpy.pad`, whose names and values these are
 * @example
 * evaluate(extend([1, 2, 3], { mode: 'reflect', low: [2], high: [1] })).toNested(); // => [3, 2, 1, 2, 3, 2]
 */
export function extend(x: TensorLike, options: ExtendOptions): Tensor {
  const tensor = toTensor(x, 'extend');
  const { mode, ...extents } = givenOptions(options, 'extend', "{ mode: 'reflect', low: [1] }");
  checkMode(mode, 'extend');
  const { shape: axes } = tensor;
  const sizes = (list: readonly Size[] | undefined): Shape => axes.map((_, axis) => list?.[axis] ?? 0);
  const [low, high] = [sizes(extents.low), sizes(extents.high)];
  for (const [name, list] of Object.entries(extents)) {
    const wrong = givenList(list, `extend: ${name}`, 'give an entry for each axis: [1, 1]').findIndex((each, axis) => axis >= axes.length || !isCount(each));
    if (wrong >= 0)
      throw shapeError(`extend: ${name} is ${printInteger(list[wrong] ?? 0)} for axis ${wrong}`, [operandLine(tensor, 'operand')], {
        text: 'entries belong to the axes from the outermost on, and are whole numbers of at least 0; slice or pad can crop',
        axis: wrong,
      });
  }
  if ([...low, ...high].every((each) => keyOf(each) === '0')) return tensor;
  return extendNode(tensor, mode, low, high);
}

function extendNode(x: Tensor, mode: BorderMode, low: Shape, high: Shape): Tensor {
  const shape = x.shape.map((size, axis) => plus(size, low[axis] ?? 0, high[axis] ?? 0));
  return intern({ primitive: 'extend', inputs: [x], attributes: { mode, low, high }, shape, dtype: x.dtype });
}

/**
 * The adjoint of extend along one axis: every element that was added is added to the one that it repeats.
 *
 * @param y  an axis of low + size + high elements
 * @throws ShapeError when low and high leave nothing.
 */
export function foldBack(y: Tensor, axis: number, mode: BorderMode, low: Size, high: Size): Tensor {
  checkMode(mode, 'foldBack');
  const size = minus(minus(y.shape[axis] ?? 0, low), high);
  if (!isCount(low) || !isCount(high) || isEmptySize(size))
    throw shapeError(`foldBack: ${printInteger(low)} before and ${printInteger(high)} behind leave ${printInteger(size)} elements of axis ${axis}`, [operandLine(y, 'operand')], {
      text: 'both must be whole numbers of at least 0, and one element must be left',
      axis,
    });
  return foldBackNode(y, axis, mode, low, high);
}

function foldBackNode(y: Tensor, axis: number, mode: BorderMode, low: Size, high: Size): Tensor {
  const added = plus(low, high);
  if (keyOf(added) === '0') return y;
  const shape = y.shape.map((each, at) => (at === axis ? minus(each, added) : each));
  return intern({ primitive: 'foldBack', inputs: [y], attributes: { axis, mode, low, high }, shape, dtype: y.dtype });
}

/** The adjoint of extend: axis after axis. */
export function foldBackAll(y: Tensor, { mode, low, high }: { readonly mode: BorderMode; readonly low: Shape; readonly high: Shape }): Tensor {
  return low.reduce<Tensor>((folded, before, axis) => foldBackNode(folded, axis, mode, before, high[axis] ?? 0), y);
}

/** The adjoint of foldBack. */
export function extendAxis(x: Tensor, axis: number, mode: BorderMode, low: Size, high: Size): Tensor {
  const along = (amount: Size): Shape => x.shape.map((_, at) => (at === axis ? amount : 0));
  return extendNode(x, mode, along(low), along(high));
}

function isCount(size: Size): boolean {
  return typeof size === 'number' ? Number.isSafeInteger(size) && size >= 0 : isNonNegative(size);
}

function checkMode(mode: unknown, operation: string): asserts mode is BorderMode {
  if (!borderModes.some((known) => known === mode)) throw new ValueError(`${operation}: there is no mode ${JSON.stringify(mode)}\n  ${suggest(String(mode), borderModes, 'modes')}`);
}
