import {
  clamp,
  element,
  evaluateInteger,
  floorDivide,
  integerOf,
  isNonNegative,
  minus,
  plus,
  reflected,
  termsOf,
  times,
  variablesOf,
  type Factor,
  type Integer,
  type Reflected,
} from '@xcorr/graph';
import type { Condition } from '../expression.ts';

/** The extent of each loop variable: it runs from 0 to extent - 1. */
export type Extents = ReadonlyMap<string, Integer>;

type Side = 'lower' | 'upper';

/** A bound of one factor, or undefined when none is known or it may be negative. */
function factorBound(factor: Factor, extents: Extents, side: Side): Integer | undefined {
  if (factor.kind === 'floor') {
    const numerator = bound(factor.numerator, extents, side);
    return numerator === undefined ? undefined : floorDivide(numerator, factor.divisor);
  }
  if (factor.kind === 'clamp') {
    const limit = bound(factor.limit, extents, side);
    const value = bound(factor.value, extents, side);
    if (limit === undefined) return side === 'lower' ? 0 : undefined;
    if (value === undefined) return side === 'lower' ? 0 : limit;
    return clamp(value, limit);
  }
  if (factor.kind === 'reflected') {
    const last = bound(factor.size, extents, 'upper');
    return side === 'lower' ? 0 : last === undefined ? undefined : minus(last, 1);
  }
  if (factor.kind === 'element') return side === 'lower' ? Math.min(...factor.table) : Math.max(...factor.table);
  if (factor.role === 'size') return integerOf(factor);
  if (side === 'lower') return 0;
  const extent = extents.get(factor.name);
  return extent === undefined ? undefined : minus(extent, 1);
}

/** A bound of an integer over all iterations, as an expression over sizes alone; undefined when none is known. */
export function bound(value: Integer, extents: Extents, side: Side): Integer | undefined {
  let total: Integer = 0;
  for (const { coefficient, factors } of termsOf(value)) {
    let product: Integer = coefficient;
    const wanted = coefficient >= 0 === (side === 'upper') ? 'upper' : 'lower';
    for (const factor of factors) {
      const value = factorBound(factor, extents, wanted);
      // Products of bounds are bounds of products for factors that are never negative.
      const least = factor.kind !== 'variable' && factors.length > 1 ? factorBound(factor, extents, 'lower') : 0;
      if (value === undefined || least === undefined || !isNonNegative(least)) return undefined;
      product = times(product, value);
    }
    total = plus(total, product);
  }
  return total;
}

/** True when 0 <= index < extent in every iteration; false when that is not proved. */
export function isInside(index: Integer, extent: Integer, extents: Extents): boolean {
  const lower = bound(index, extents, 'lower');
  const upper = bound(index, extents, 'upper');
  if (lower === undefined || upper === undefined) return false;
  return isNonNegative(lower) && isNonNegative(minus(minus(extent, 1), upper));
}

/** Conditions that the ranges of the loops do not prove. */
export function unproved(conditions: readonly Condition[], extents: Extents): readonly Condition[] {
  return conditions.filter((condition) =>
    condition.kind === 'inside'
      ? !isInside(condition.index, condition.extent, extents)
      : !termsOf(simplifyIndex(condition.index, extents)).every((term) => term.coefficient % condition.divisor === 0),
  );
}

/** True when a condition fails in every iteration; false when that is not proved. */
export function isRefuted(condition: Condition, extents: Extents): boolean {
  if (condition.kind === 'multiple') return false;
  const upper = bound(condition.index, extents, 'upper');
  if (upper !== undefined && isNonNegative(minus(-1, upper))) return true;
  const beyond = bound(minus(condition.index, condition.extent), extents, 'lower');
  return beyond !== undefined && isNonNegative(beyond);
}

/** The same integer with the floors resolved that the ranges decide: floor(r / d) = q where
 * q d <= r < (q + 1) d, and clamps of what lies within their limits or beyond them. */
export function simplifyIndex(index: Integer, extents: Extents): Integer {
  if (typeof index === 'number' || index.terms.every(({ factors }) => factors.every((factor) => factor.kind === 'variable'))) return index;
  const parts = index.terms.map(({ coefficient, factors }) =>
    factors.reduce<Integer>((product, factor) => times(product, simplifyFactor(factor, extents)), coefficient),
  );
  return plus(...parts);
}

function simplifyFactor(factor: Factor, extents: Extents): Integer {
  if (factor.kind === 'variable') return integerOf(factor);
  if (factor.kind === 'element') return element(factor.table, simplifyIndex(factor.index, extents));
  if (factor.kind === 'clamp') return simplifyClamp(simplifyIndex(factor.value, extents), simplifyIndex(factor.limit, extents), extents);
  if (factor.kind === 'reflected') return simplifyReflected(factor.mode, simplifyIndex(factor.index, extents), simplifyIndex(factor.size, extents), extents);
  const numerator = simplifyIndex(factor.numerator, extents);
  if (isInside(numerator, factor.divisor, extents)) return 0;
  const [least, most] = [bound(numerator, extents, 'lower'), bound(numerator, extents, 'upper')];
  const quotient = floorDivide(numerator, factor.divisor);
  if (least === undefined || most === undefined) return quotient;
  const [lowest, highest] = [floorDivide(least, factor.divisor), floorDivide(most, factor.divisor)];
  return typeof lowest === 'number' && lowest === highest ? lowest : quotient;
}

/** Inside nothing is reflected; behind an end, and not farther than the axis is long, an index is reflected there alone. */
function simplifyReflected(mode: Reflected['mode'], index: Integer, size: Integer, extents: Extents): Integer {
  if (isInside(index, size, extents)) return index;
  const atLow = mode === 'symmetric' ? minus(-1, index) : times(-1, index);
  if (isInside(atLow, size, extents)) return atLow;
  const atHigh = plus(times(2, minus(size, 1)), atLow, mode === 'symmetric' ? 2 : 0);
  return isInside(atHigh, size, extents) ? atHigh : reflected(mode, index, size);
}

function simplifyClamp(value: Integer, limit: Integer, extents: Extents): Integer {
  if (isInside(value, plus(limit, 1), extents)) return value;
  const [least, most] = [bound(value, extents, 'lower'), bound(value, extents, 'upper')];
  if (most !== undefined && isNonNegative(times(-1, most))) return 0;
  const lowest = least === undefined ? undefined : bound(minus(value, limit), extents, 'lower');
  return lowest !== undefined && isNonNegative(lowest) ? limit : clamp(value, limit);
}

/** The size that stands for a named one where costs are weighed. */
const nominalSize = 512;

/** The number that a size has, or about has when it is named, as if each name were `named`: for cost models alone. */
export function nominal(size: Integer, named: number = nominalSize): number {
  return evaluateInteger(size, new Map(variablesOf(size).map((variable) => [variable.name, named])));
}
