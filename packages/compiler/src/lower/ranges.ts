import {
  element,
  evaluateInteger,
  floorDivide,
  integerOf,
  isNonNegative,
  minus,
  plus,
  termsOf,
  times,
  variablesOf,
  type Factor,
  type Integer,
} from '@xcorr/graph';

/** The extent of each loop variable: it runs from 0 to extent - 1. */
export type Extents = ReadonlyMap<string, Integer>;

type Side = 'lower' | 'upper';

/** A bound of one factor, or undefined when none is known or it may be negative. */
function factorBound(factor: Factor, extents: Extents, side: Side): Integer | undefined {
  if (factor.kind === 'floor') {
    const numerator = bound(factor.numerator, extents, side);
    return numerator === undefined ? undefined : floorDivide(numerator, factor.divisor);
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

/** The same integer with the floors resolved that the ranges decide: floor(r / d) = 0 where 0 <= r < d. */
export function simplifyIndex(index: Integer, extents: Extents): Integer {
  if (typeof index === 'number') return index;
  const parts = index.terms.map(({ coefficient, factors }) =>
    factors.reduce<Integer>((product, factor) => times(product, simplifyFactor(factor, extents)), coefficient),
  );
  return plus(...parts);
}

function simplifyFactor(factor: Factor, extents: Extents): Integer {
  if (factor.kind === 'variable') return integerOf(factor);
  if (factor.kind === 'element') return element(factor.table, simplifyIndex(factor.index, extents));
  const numerator = simplifyIndex(factor.numerator, extents);
  return isInside(numerator, factor.divisor, extents) ? 0 : floorDivide(numerator, factor.divisor);
}

/** The size that stands for a named one where costs are weighed. */
const nominalSize = 256;

/** The number that a size has, or about has when it is named: for cost models alone. */
export function nominal(size: Integer): number {
  return evaluateInteger(size, new Map(variablesOf(size).map((variable) => [variable.name, nominalSize])));
}
