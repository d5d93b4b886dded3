import { floorDivide, minus, modulo, plus, times, type Integer, type NodeOf } from '@xcorr/graph';
import type { Condition } from '../expression.ts';

/** The period of reflections at elements; of one element, every index is that element's: floor(1 / size) is 1 there alone. */
function mirrorPeriod(size: Integer): Integer {
  return plus(times(2, size), -2, floorDivide(1, size));
}

/** Over how many terms foldBack gathers: extents of the loops that `foldedTerm` takes an index of. */
export function foldedExtents({ attributes: { axis, mode, low, high }, shape }: NodeOf<'foldBack'>): readonly Integer[] {
  const size = shape[axis] ?? 1;
  const last = plus(size, low, high, -1);
  const periods = (period: Integer): Integer => plus(floorDivide(last, period), 1);
  switch (mode) {
    case 'edge':
      return [plus(1, low, high)];
    case 'wrap':
      return [periods(size)];
    case 'symmetric':
      return [2, periods(times(2, size))];
    case 'reflect':
      return [2, periods(mirrorPeriod(size))];
  }
}

/** What a term of foldBack is made of. */
interface Terms<Value> {
  readonly read: (position: Integer) => Value;
  readonly guard: (conditions: readonly Condition[], inside: () => Value, outside: () => Value) => Value;
  readonly zero: () => Value;
}

/**
 * The term at an index of the loops of `foldedExtents` for one element i of the result: the element of the extended
 * axis that repeats i there, if there is one.
 */
export function foldedTerm<Value>(node: NodeOf<'foldBack'>, i: Integer, [first = 0, second = 0]: readonly Integer[], { read, guard, zero }: Terms<Value>): Value {
  const { attributes: { axis, mode, low, high }, shape } = node;
  const size = shape[axis] ?? 1;
  const extended = plus(size, low, high);
  const inside = (index: Integer, extent: Integer): Condition => ({ kind: 'inside', index, extent });
  const at = (position: Integer, ...conditions: readonly Condition[]): Value => guard([inside(position, extended), ...conditions], () => read(position), zero);
  switch (mode) {
    case 'wrap':
      return at(plus(modulo(plus(low, i), size), times(size, first)));
    case 'symmetric': {
      // i stands at low + i and, mirrored, at low - 1 - i.
      const period = times(2, size);
      return at(plus(modulo(plus(low, i, times(first, plus(times(-2, i), -1))), period), times(period, second)));
    }
    case 'reflect': {
      // i stands at low + i and, mirrored, at low - i; for the first and the last element these are the same places.
      const period = mirrorPeriod(size);
      const isOnce = inside(times(first, plus(i, -1)), plus(1, times(first, plus(size, -3))));
      return at(plus(modulo(plus(low, i, times(-2, times(first, i))), period), times(period, second)), isOnce);
    }
    case 'edge': {
      // The element itself; then what stands before the first and behind the last.
      const before = plus(first, -1);
      const behind = plus(before, times(-1, low));
      const last = (): Value => guard([inside(behind, high), inside(minus(minus(size, 1), i), 1)], () => read(plus(size, before)), zero);
      const ends = (): Value => guard([inside(before, low), inside(i, 1)], () => read(before), last);
      return guard([inside(first, 1)], () => read(plus(low, i)), ends);
    }
  }
}
