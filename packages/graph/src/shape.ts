import type { Integer } from './integer-form.ts';
import { equalIntegers, isNonNegative, minus, times } from './integer.ts';
import { printInteger } from './print-integer.ts';

/** The extent of one axis: a number, or an expression over named sizes. Always at least 1. */
export type Size = Integer;

/** The extents of a tensor, outermost axis first. Rank 0 is a scalar. */
export type Shape = readonly Size[];

/** A dimension as a person gives it: 6, or the name of a size that is bound when the program runs. */
export type Dimension = number | string | Size;

/** The product of the sizes; 1 for a scalar. @example elementCount([2, 3]); // => 6 */
export function elementCount(shape: Shape): Size {
  return shape.reduce<Size>((product, size) => times(product, size), 1);
}

/** Row-major strides, in elements: [H, W] has [W, 1]. @example rowMajorStrides([2, 3, 4]); // => [12, 4, 1] */
export function rowMajorStrides(shape: Shape): readonly Size[] {
  const strides: Size[] = [];
  let stride: Size = 1;
  for (const size of [...shape].reverse()) {
    strides.unshift(stride);
    stride = times(stride, size);
  }
  return strides;
}

/** The same sizes for every binding of their names. @example equalShapes([2, 3], [2, 3]); // => true */
export function equalShapes(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((size, axis) => equalIntegers(size, b[axis] ?? 0));
}

/** True when the size is less than 1 for every binding: no tensor can have it. */
export function isEmptySize(size: Size): boolean {
  return isNonNegative(minus(0, size));
}

/**
 * The shape as every size is a number, or undefined when one of them is not.
 *
 * @example
 * literalShape(input('x', ['H']).shape); // => undefined
 */
export function literalShape(shape: Shape): readonly number[] | undefined {
  return shape.every((size) => typeof size === 'number') ? shape : undefined;
}

/** `[1, H - 2]`. @example printShape(input('x', ['H', 3]).shape); // => '[H, 3]' */
export function printShape(shape: Shape): string {
  return `[${shape.map(printInteger).join(', ')}]`;
}

/**
 * The NumPy broadcast of two shapes, aligned at the last axis; undefined when they do not fit.
 * A named size broadcasts only with 1 and with itself.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape | undefined {
  const rank = Math.max(a.length, b.length);
  const result: Size[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const x = a[axis - (rank - a.length)] ?? 1;
    const y = b[axis - (rank - b.length)] ?? 1;
    if (x !== 1 && y !== 1 && !equalIntegers(x, y)) return undefined;
    result.push(x === 1 ? y : x);
  }
  return result;
}
