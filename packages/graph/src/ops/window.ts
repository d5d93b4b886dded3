import { ShapeError } from '../errors.ts';
import { givenList } from '../given.ts';
import { minus, plus, times } from '../integer.ts';
import type { Size } from '../shape.ts';

/** One number for all spatial axes, or one for each. */
export type PerAxis = number | readonly number[];

/** One whole number of at least 1 for each axis. */
export function perAxis(value: PerAxis | undefined, rank: number, name: string, operation: string): readonly number[] {
  const list = typeof value === 'object' ? [...givenList(value, `${operation}: ${name}`, 'give one number, or one for each axis')] : Array.from({ length: rank }, () => value ?? 1);
  if (list.length !== rank)
    throw new ShapeError(`${operation}: ${name} has ${list.length} entries for ${rank} spatial axes; give one number, or one for each axis`);
  const wrong = list.find((each) => !Number.isSafeInteger(each) || each < 1);
  if (wrong !== undefined) throw new ShapeError(`${operation}: ${name} ${wrong} is not a whole number of at least 1`);
  return list;
}

/** The extent of a window of n taps, gaps included. */
export function dilated(size: Size, dilation: number): Size {
  return plus(times(minus(size, 1), dilation), 1);
}
