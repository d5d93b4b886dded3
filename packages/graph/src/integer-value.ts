import type { Factor, Integer, Variable } from './integer-form.ts';
import { partsOf, reflected, termsOf } from './integer.ts';
import { printInteger } from './print-integer.ts';

/** The value under a binding of all named sizes. @example evaluateInteger(input('x', ['H']).shape[0], new Map([['H', 6]])); // => 6 */
export function evaluateInteger(a: Integer, sizes: ReadonlyMap<string, number>): number {
  return integerValue(a, ({ role, name }) => {
    const value = role === 'size' ? sizes.get(name) : undefined;
    if (value === undefined) throw new RangeError(`the size ${printInteger(a)} is not bound`);
    return value;
  });
}

/** The value where every variable has one. @example integerValue(plus(loopVariable('i'), 2), () => 5); // => 7 */
export function integerValue(a: Integer, valueOf: (variable: Variable) => number): number {
  if (typeof a === 'number') return a;
  let total = 0;
  for (const { coefficient, factors } of a.terms) {
    let product = coefficient;
    for (const factor of factors) product *= factorValue(factor, valueOf);
    total += product;
  }
  return total;
}

function factorValue(factor: Factor, valueOf: (variable: Variable) => number): number {
  const value = (part: Integer): number => integerValue(part, valueOf);
  switch (factor.kind) {
    case 'variable':
      return valueOf(factor);
    case 'floor':
      return Math.floor(value(factor.numerator) / value(factor.divisor));
    case 'element':
      return factor.table[value(factor.index)] ?? Number.NaN;
    case 'clamp':
      return Math.min(Math.max(value(factor.value), 0), value(factor.limit));
    case 'reflected':
      return value(reflected(factor.mode, value(factor.index), value(factor.size)));
  }
}

/** Every variable that occurs, floors included. @example variablesOf(loopVariable('i'))[0].name; // => 'i' */
export function variablesOf(a: Integer): readonly Variable[] {
  if (typeof a === 'number') return [];
  const found: Variable[] = [];
  const visit = (value: Integer): void => {
    for (const each of termsOf(value))
      for (const factor of each.factors) {
        if (factor.kind !== 'variable') for (const part of partsOf(factor)) visit(part);
        else if (!found.some(({ key }) => key === factor.key)) found.push(factor);
      }
  };
  visit(a);
  return found;
}
