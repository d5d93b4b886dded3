import { ValueError } from './errors.ts';
import { describeValue } from './given.ts';

/** A number, or lists of them, rectangular: `[[0, 1], [2, 3]]`. */
export type Nested = number | readonly Nested[];

export interface FlatList {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * Reads a nested list, row-major.
 *
 * @throws ValueError when the list is ragged or empty, or holds something that is not a finite number.
 */
export function flatten(list: Nested, operation: string): FlatList {
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) {
    if (level.length === 0)
      throw new ValueError(`${operation}: an empty list at ${place(shape.map(() => 0))}; every axis must be at least 1`);
    shape.push(level.length);
  }
  const data = new Float64Array(shape.reduce((product, size) => product * size, 1));
  let position = 0;
  const visit = (value: unknown, at: readonly number[]): void => {
    const expected = shape[at.length];
    if (Array.isArray(value)) {
      if (expected === undefined)
        throw new ValueError(`${operation}: a list at ${place(at)}, where its neighbours are numbers; lists must be rectangular`);
      if (value.length !== expected)
        throw new ValueError(
          `${operation}: the list at ${place(at)} has ${value.length} elements, its neighbours have ${expected}; lists must be rectangular`,
        );
      // Not forEach, which would pass over the holes of a sparse list.
      for (let index = 0; index < expected; index++) visit(value[index], [...at, index]);
      return;
    }
    if (expected !== undefined)
      throw new ValueError(`${operation}: ${describeValue(value)} at ${place(at)}, where its neighbours are lists; lists must be rectangular`);
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw new ValueError(
        at.length === 0
          ? `${operation}: ${describeValue(value)} is ${typeof value === 'object' ? 'no number and no list; an NdArray gives a typed array its shape' : 'not a finite number'}`
          : `${operation}: ${describeValue(value)} at ${place(at)}; lists must hold finite numbers (typed arrays pass unchanged)`,
      );
    data[position++] = value;
  };
  visit(list, []);
  return { shape, data };
}

function place(at: readonly number[]): string {
  return at.length === 0 ? 'the top' : at.map((index) => `[${index}]`).join('');
}

/** The nested list of row-major data; rank 0 is a number. */
export function nest(data: ArrayLike<number>, shape: readonly number[]): Nested {
  const build = (axis: number, offset: number, stride: number): Nested => {
    const size = shape[axis];
    if (size === undefined) return data[offset] ?? Number.NaN;
    const inner = stride / size;
    return Array.from({ length: size }, (_, index) => build(axis + 1, offset + index * inner, inner));
  };
  return build(0, 0, shape.reduce((product, size) => product * size, 1));
}
