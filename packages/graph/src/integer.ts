import type { Factor, Floor, Integer, Polynomial, Term, Variable } from './integer-form.ts';
import type { BorderMode } from './primitives.ts';

/** True for an integer that is no number, wherever it stands. */
export function isPolynomial(value: unknown): value is Polynomial {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'polynomial';
}

const byKey = (a: { readonly key: string }, b: { readonly key: string }): number =>
  a.key < b.key ? -1 : a.key > b.key ? 1 : 0;

function term(coefficient: number, factors: readonly Factor[]): Term {
  const [only, another] = factors;
  if (only === undefined || another === undefined) return { coefficient, factors, key: only?.key ?? '' };
  const sorted = [...factors].sort(byKey);
  return { coefficient, factors: sorted, key: sorted.map((factor) => factor.key).join('*') };
}

/** The terms of any integer; a number has one constant term, zero has none. @example termsOf(plus(loopVariable('i'), 2)).length; // => 2 */
export function termsOf(a: Integer): readonly Term[] {
  if (typeof a !== 'number') return a.terms;
  return a === 0 ? [] : [{ coefficient: a, factors: [], key: '' }];
}

function normalForm(terms: readonly Term[]): Integer {
  const sums: Term[] = [];
  for (const each of terms) {
    const at = sums.findLastIndex(({ key }) => key <= each.key);
    const same = sums[at];
    if (same?.key === each.key) sums[at] = withCoefficient(each, same.coefficient + each.coefficient);
    else sums.splice(at + 1, 0, each);
  }
  return ofSorted(sums);
}

const withCoefficient = ({ factors, key }: Term, coefficient: number): Term => ({ coefficient, factors, key });

/** The sum of terms that are sorted, no two of them alike. */
function ofSorted(terms: readonly Term[]): Integer {
  const kept = terms.filter(({ coefficient }) => coefficient !== 0);
  const [first, another] = kept;
  if (first === undefined) return 0;
  if (another === undefined && first.factors.length === 0) return first.coefficient;
  let key = '';
  for (const each of kept) key += `${key === '' ? '' : '+'}${each.coefficient}:${each.key}`;
  return { kind: 'polynomial', terms: kept, key };
}

/** The integer of some terms of another one, in their order. @example printInteger(sumOfTerms(termsOf(plus(loopVariable('i'), 2)).slice(1))); // => 'i' */
export function sumOfTerms(terms: readonly Term[]): Integer {
  return ofSorted(terms);
}

/** A named size: at least 1, bound when a program runs. */
export function namedSize(name: string): Integer {
  return integerOf({ kind: 'variable', role: 'size', name, key: JSON.stringify(name) });
}

/** A loop variable: counts from 0. @example printInteger(loopVariable('i')); // => 'i' */
export function loopVariable(name: string): Integer {
  return integerOf({ kind: 'variable', role: 'loop', name, key: `%${name}` });
}

/** A factor as an integer of its own. @example printInteger(integerOf(variablesOf(loopVariable('i'))[0])); // => 'i' */
export function integerOf(factor: Factor): Integer {
  return normalForm([term(1, [factor])]);
}

/** The normal form as text. @example keyOf(plus(1, 2)); // => '3' */
export function keyOf(a: Integer): string {
  return typeof a === 'number' ? String(a) : a.key;
}

/** Equal for every value of the variables. @example equalIntegers(times(2, 3), plus(1, 5)); // => true */
export function equalIntegers(a: Integer, b: Integer): boolean {
  return keyOf(a) === keyOf(b);
}

/** The sum. @example printInteger(plus(loopVariable('i'), 3, -1)); // => 'i + 2' */
export function plus(...parts: readonly Integer[]): Integer {
  const [first, second] = parts.filter((part) => part !== 0);
  // Alone, what is in normal form stays; -0 is the 0 that it equals.
  if (second === undefined) return first ?? 0;
  if (parts.every((part) => typeof part === 'number')) return parts.reduce<number>((sum, part) => sum + part, 0);
  return normalForm(parts.flatMap(termsOf));
}

/** The product. @example printInteger(times(plus(loopVariable('i'), 1), 3)); // => '3*i + 3' */
export function times(a: Integer, b: Integer): Integer {
  // Adding 0 makes -0 the 0 that it equals: one value, one form.
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0;
  if (typeof b === 'number') return times(b, a);
  if (a === 1) return b;
  // A number leaves terms in order.
  if (typeof a === 'number') return ofSorted(b.terms.map((each) => withCoefficient(each, a * each.coefficient)));
  return normalForm(
    termsOf(a).flatMap((x) =>
      termsOf(b).map((y) => term(x.coefficient * y.coefficient, [...x.factors, ...y.factors])),
    ),
  );
}

/** a - b. @example minus(plus(loopVariable('i'), 5), loopVariable('i')); // => 5 */
export function minus(a: Integer, b: Integer): Integer {
  return plus(a, times(-1, b));
}

/** The quotient of a term by a term, where it divides without a rest. */
function divideTerm(a: Term, b: Term): Term | undefined {
  const coefficient = a.coefficient / b.coefficient;
  if (!Number.isInteger(coefficient)) return undefined;
  const rest = [...a.factors];
  for (const factor of b.factors) {
    const at = rest.findIndex((each) => each.key === factor.key);
    if (at < 0) return undefined;
    rest.splice(at, 1);
  }
  return term(coefficient, rest);
}

/** a = divisor * quotient + rest, with as much in the quotient as long division by the divisor's leading term finds. */
function exactPart(a: Integer, divisor: Integer): { readonly quotient: readonly Term[]; readonly rest: readonly Term[] } {
  const [leading, ...others] = [...termsOf(divisor)].sort((x, y) => y.factors.length - x.factors.length);
  if (leading === undefined) throw new RangeError('floorDivide: the divisor is zero');
  const quotient: Term[] = [];
  let rest = a;
  // A divisor of several terms puts new terms into the rest: one step for each term that was there is enough.
  for (let step = termsOf(a).length; step > 0; step--) {
    const exact = termsOf(rest).map((each) => divideTerm(each, leading)).find((each) => each !== undefined && (others.length === 0 || each.factors.length > 0));
    if (exact === undefined) break;
    quotient.push(exact);
    rest = minus(rest, times(normalForm([exact]), divisor));
  }
  if (typeof divisor !== 'number') return { quotient, rest: termsOf(rest) };
  const constant = termsOf(rest).find((each) => each.factors.length === 0)?.coefficient ?? 0;
  const whole = Math.floor(constant / divisor);
  return { quotient: [...quotient, term(whole, [])], rest: termsOf(minus(rest, divisor * whole)) };
}

/**
 * floor(a / divisor), divisor > 0. What divides exactly leaves the floor:
 *
 *   floor((divisor * q + r) / divisor) = q + floor(r / divisor)
 *
 * @example
 * printInteger(floorDivide(plus(times(4, loopVariable('i')), 3), 2)); // => '2*i + 1'
 */
export function floorDivide(a: Integer, divisor: Integer): Integer {
  const { quotient, rest } = exactPart(a, divisor);
  const numerator = normalForm(rest);
  if (typeof numerator === 'number') {
    const bounded = typeof divisor === 'number' ? Math.floor(numerator / divisor) : numerator === 0 ? 0 : undefined;
    if (bounded !== undefined) return normalForm([...quotient, term(bounded, [])]);
  }
  const polynomial: Polynomial =
    typeof numerator === 'number'
      ? { kind: 'polynomial', terms: termsOf(numerator), key: `${numerator}:` }
      : numerator;
  const floor: Floor = { kind: 'floor', numerator: polynomial, divisor, key: `[${polynomial.key}/${keyOf(divisor)}]` };
  return normalForm([...quotient, term(1, [floor])]);
}

/** a - divisor * floor(a / divisor): never negative. @example modulo(plus(times(4, loopVariable('i')), 3), 2); // => 1 */
export function modulo(a: Integer, divisor: Integer): Integer {
  return minus(a, times(divisor, floorDivide(a, divisor)));
}

/** table[index], with 0 <= index < the table's length wherever it is used. @example element([10, 50, 20], 1); // => 50 */
export function element(table: readonly number[], index: Integer): Integer {
  if (typeof index === 'number') return table[index] ?? 0;
  const [first] = table;
  // A table that counts up or down evenly is no table.
  const step = (table[1] ?? first ?? 0) - (first ?? 0);
  if (first !== undefined && table.every((value, position) => value === first + step * position)) return plus(first, times(step, index));
  return integerOf({ kind: 'element', table, index, key: `(${table.join(' ')})[${index.key}]` });
}

/**
 * The number of 0 … limit that is nearest to a; limit >= 0.
 *
 * @example
 * [clamp(-2, 5), clamp(3, 5), clamp(9, 5)]; // => [0, 3, 5]
 */
export function clamp(a: Integer, limit: Integer): Integer {
  if (isNonNegative(times(-1, a))) return 0;
  if (isNonNegative(minus(a, limit))) return limit;
  if (isNonNegative(a) && isNonNegative(minus(limit, a))) return a;
  return integerOf({ kind: 'clamp', value: a, limit, key: `<${keyOf(a)}|${keyOf(limit)}>` });
}

/**
 * The element of an axis that stands at an index before or behind its ends, as a border mode says.
 *
 * @example
 * [reflected('reflect', -2, 5), reflected('symmetric', -2, 5), reflected('wrap', -2, 5), reflected('edge', -2, 5)]; // => [2, 1, 3, 0]
 */
export function reflected(mode: BorderMode, index: Integer, size: Integer): Integer {
  if (mode === 'edge') return clamp(index, minus(size, 1));
  if (mode === 'wrap') return modulo(index, size);
  if (typeof index === 'number' && typeof size === 'number') {
    const period = Math.max(1, mode === 'symmetric' ? 2 * size : 2 * size - 2);
    const position = modulo(index, period);
    return typeof position === 'number' && position >= size ? period - position - (mode === 'symmetric' ? 1 : 0) : position;
  }
  return integerOf({ kind: 'reflected', mode, index, size, key: `${mode}<${keyOf(index)}|${keyOf(size)}>` });
}

/**
 * Puts integers in the place of variables. A variable without a replacement stays.
 *
 * @example
 * substitute(times(2, loopVariable('i')), () => 3); // => 6
 */
export function substitute(a: Integer, replacement: (variable: Variable) => Integer | undefined): Integer {
  if (typeof a === 'number') return a;
  const isKept = ({ factors }: Term): boolean => factors.every((factor) => isUnchanged(factor, replacement));
  if (a.terms.every(isKept)) return a;
  return normalForm(
    a.terms.flatMap((each) =>
      isKept(each) ? each : termsOf(each.factors.reduce<Integer>((product, factor) => times(product, substituteFactor(factor, replacement)), each.coefficient)),
    ),
  );
}

function isUnchanged(factor: Factor, replacement: (variable: Variable) => Integer | undefined): boolean {
  return factor.kind === 'variable' ? replacement(factor) === undefined : partsOf(factor).every((part) => substitute(part, replacement) === part);
}

function substituteFactor(factor: Factor, replacement: (variable: Variable) => Integer | undefined): Integer {
  switch (factor.kind) {
    case 'variable':
      return replacement(factor) ?? integerOf(factor);
    case 'floor':
      return floorDivide(substitute(factor.numerator, replacement), substitute(factor.divisor, replacement));
    case 'element':
      return element(factor.table, substitute(factor.index, replacement));
    case 'reflected':
      return reflected(factor.mode, substitute(factor.index, replacement), substitute(factor.size, replacement));
    case 'clamp':
      return clamp(substitute(factor.value, replacement), substitute(factor.limit, replacement));
  }
}

/** The integers that a factor is made of. */
export function partsOf(factor: Exclude<Factor, Variable>): readonly Integer[] {
  if (factor.kind === 'floor') return [factor.numerator, factor.divisor];
  if (factor.kind === 'clamp') return [factor.value, factor.limit];
  return factor.kind === 'reflected' ? [factor.index, factor.size] : [factor.index];
}

/**
 * True when the value is at least 0 for all named sizes >= 1 and all loop variables >= 0.
 * False means: not proved. Each size s is written as 1 + t; then no coefficient may be negative.
 *
 * @example
 * isNonNegative(plus(loopVariable('i'), 1)); // => true
 */
export function isNonNegative(a: Integer): boolean {
  return hasNoNegativePart(
    // t is 0 or more, as a loop variable is, and no size: what is simplified in passing must not take it for one.
    substitute(a, (variable) => (variable.role === 'size' ? plus(1, loopVariable(`size ${variable.name}`)) : undefined)),
  );
}

/** For variables that are all at least 0: no coefficient is negative, nor any in the numerators of its floors. */
function hasNoNegativePart(a: Integer): boolean {
  return termsOf(a).every((each) => each.coefficient >= 0 && each.factors.every(isNonNegativeFactor));
}

function isNonNegativeFactor(factor: Factor): boolean {
  if (factor.kind === 'floor') return hasNoNegativePart(factor.numerator);
  return factor.kind !== 'element' || factor.table.every((value) => value >= 0);
}
