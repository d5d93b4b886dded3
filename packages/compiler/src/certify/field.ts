import { binaryMeaning, roundTo, unaryMeaning, type BinaryName, type UnaryName } from '@xcorr/graph';
import { commonMultiple, one, over, powerOf, productOf, type Denominator } from './denominator.ts';
import { nearest, withTerm, type ExactSum } from './exact-sum.ts';
import { ofLiteral, ofMember, union, type Members } from './members.ts';
import { elementOf, inverse, negative, power, product, sum } from './prime-field.ts';
import type { Questions } from './questions.ts';
import { createRandomElements } from './random-elements.ts';
import type { Scalars } from './scalars.ts';

/** An element of the field, and what it is as a rational function of everything that is random. */
export interface FieldElement {
  readonly element: bigint;
  /** The number, where it is made of literal numbers alone. */
  readonly literal: number | undefined;
  /** A sum of literal numbers that no number is. */
  readonly exact: ExactSum | undefined;
  /** The degree of the numerator, at most. */
  readonly degree: number;
  readonly denominator: Denominator;
}

export interface Field extends Scalars<FieldElement> {
  /** The element of a source at a position: random, the same for the same names. */
  readonly random: (source: string, position: number) => FieldElement;
  /** Says that a value is compared with others. */
  readonly compared: (value: FieldElement) => void;
  /** What was left to chance until now. */
  readonly questions: () => Questions;
}

/** Exponents up to this are powers; above, an unknown function. */
const largestExponent = 64;

interface Divisor {
  readonly inverse: bigint;
  /** What it is as a denominator. */
  readonly alone: Denominator;
}

/**
 * Scalars of the field. Sums, differences, products, quotients and whole powers are those of the field, exact; every
 * other function, comparisons, extrema and choices among them, is one that nobody knows: it gives equal values for equal
 * arguments, and a new random element for others. A maximum is one of the set of its members, in any order; max(-Infinity, x)
 * is x, and min(x, y) is -max(-x, -y). Of a choice it is known what the compiler's laws say: select(c, x, x) = x, and which
 * it is where c is a literal; and 0 x = 0.
 *
 * What is made of literal numbers alone is computed as the compiler computes it: each operation in double precision, but
 * sums over elements without rounding. There is no tolerance: two literals are equal where they are one number.
 */
export function createField(seed: number, point: number): Field {
  const draw = createRandomElements(seed, point);
  let [largestDegree, largestDenominator, coincidences] = [0, 0, 0];
  const rational = (element: bigint, degree: number, denominator: Denominator): FieldElement => ({ element, literal: undefined, exact: undefined, degree, denominator });
  const variable = (): FieldElement => rational(draw(), 1, one);

  const numbers = new Map<number, FieldElement>();
  const number = (value: number): FieldElement => {
    const known = numbers.get(value);
    // -0 is the element that 0 is, and another number.
    if (known !== undefined) return Object.is(known.literal, value) ? known : { ...known, literal: value };
    const made = { ...(Number.isFinite(value) ? rational(elementOf(value), 0, one) : variable()), literal: value };
    numbers.set(value, made);
    return made;
  };
  const zero = number(0);

  const compared = ({ degree, denominator }: FieldElement): void => {
    largestDegree = Math.max(largestDegree, degree);
    largestDenominator = Math.max(largestDenominator, denominator.degree);
  };
  const isConstant = ({ degree, denominator }: FieldElement): boolean => degree + denominator.degree === 0;
  /** Whether two values are equal: a question to chance, unless they are constants. */
  const isEqual = (a: FieldElement, b: FieldElement): boolean => {
    if (a === b || (isConstant(a) && isConstant(b))) return a.element === b.element;
    compared(a);
    compared(b);
    if (a.element !== b.element) return false;
    coincidences++;
    return true;
  };

  const negated = (x: FieldElement): FieldElement => (x.literal === undefined ? rational(negative(x.element), x.degree, x.denominator) : number(-x.literal));
  const added = (a: FieldElement, b: FieldElement): FieldElement => {
    const denominator = commonMultiple(a.denominator, b.denominator);
    const degree = Math.max(a.degree + denominator.degree - a.denominator.degree, b.degree + denominator.degree - b.denominator.degree);
    return rational(sum(a.element, b.element), degree, denominator);
  };
  const multiplied = (a: FieldElement, b: FieldElement): FieldElement => rational(product(a.element, b.element), a.degree + b.degree, productOf(a.denominator, b.denominator));

  const divisors = new Map<bigint, Divisor>();
  const constantDivisors = new Map<bigint, Divisor>();
  const divisorOf = (x: FieldElement): Divisor => {
    compared(x);
    const table = isConstant(x) ? constantDivisors : divisors;
    const known = table.get(x.element);
    if (known !== undefined) return known;
    const made = { inverse: inverse(x.element), alone: x.degree === 0 ? one : over({ degree: x.degree }) };
    table.set(x.element, made);
    return made;
  };
  const divided = (a: FieldElement, b: FieldElement): FieldElement => {
    if (isEqual(b, zero)) return unknown('div', a);
    const divisor = divisorOf(b);
    return rational(product(a.element, divisor.inverse), a.degree + b.denominator.degree, productOf(a.denominator, divisor.alone));
  };
  const raised = (base: FieldElement, { literal: exponent }: FieldElement): FieldElement | undefined => {
    if (exponent === undefined || !Number.isInteger(exponent) || Math.abs(exponent) > largestExponent) return undefined;
    if (exponent === 0) return number(1);
    if (exponent < 0) return raised(divided(number(1), base), number(-exponent));
    return rational(power(base.element, BigInt(exponent)), base.degree * exponent, powerOf(base.denominator, exponent));
  };

  /** Random elements by name: of functions, and of the places of their arguments. */
  const coefficients = new Map<string | number, bigint>();
  const coefficient = (name: string | number): bigint => {
    const known = coefficients.get(name) ?? draw();
    coefficients.set(name, known);
    return known;
  };
  const unknowns = new Map<bigint, FieldElement>();
  const unknown = (name: string, ...parts: readonly FieldElement[]): FieldElement => {
    parts.forEach(compared);
    const key = parts.reduce((total, { element }, place) => sum(total, product(coefficient(place), element)), coefficient(name));
    const known = unknowns.get(key);
    if (known !== undefined) return known;
    const made = variable();
    unknowns.set(key, made);
    return made;
  };
  /** What each maximum is taken of, by its element. */
  const maxima = new Map<bigint, Members<FieldElement>>();
  const membersOf = (x: FieldElement): Members<FieldElement> =>
    maxima.get(x.element) ?? (x.literal === undefined ? ofMember({ value: x, element: x.element, mark: unknown('member', x).element }) : ofLiteral(x.literal));
  const maximum = (a: FieldElement, b: FieldElement): FieldElement => {
    const set = union(membersOf(a), membersOf(b));
    const [first] = set.store.members;
    if (set.size === 1 && set.literal === -Infinity && first !== undefined) return first.value;
    const largest = unknown('max', number(set.literal), rational(set.mark, 1, one));
    maxima.set(largest.element, set);
    return largest;
  };
  const binaries: Readonly<Record<BinaryName, (a: FieldElement, b: FieldElement) => FieldElement>> = {
    add: (a, b) => (a.literal === 0 ? b : b.literal === 0 ? a : added(a, b)),
    sub: (a, b) => (b.literal === 0 ? a : added(a, negated(b))),
    mul: (a, b) => (a.literal === 0 || b.literal === 0 ? zero : multiplied(a, b)),
    div: divided,
    min: (a, b) => negated(maximum(negated(a), negated(b))),
    max: maximum,
    pow: (a, b) => raised(a, b) ?? unknown('pow', a, b),
    atan2: (a, b) => unknown('atan2', a, b),
    less: (a, b) => unknown('less', a, b),
    lessEqual: (a, b) => unknown('lessEqual', a, b),
    equal: (a, b) => unknown('equal', a, b),
  };
  const unary = (name: UnaryName, x: FieldElement): FieldElement => (x.literal !== undefined ? number(unaryMeaning[name](x.literal)) : name === 'neg' ? negated(x) : unknown(name, x));
  const binary = (name: BinaryName, a: FieldElement, b: FieldElement): FieldElement =>
    a.literal === undefined || b.literal === undefined ? binaries[name](a, b) : number(binaryMeaning[name](a.literal, b.literal));

  const exactOf = ({ literal, exact }: FieldElement): ExactSum | undefined => exact ?? (literal === undefined ? undefined : literal === 0 ? [] : [literal]);
  const gathered = (total: FieldElement, term: FieldElement): FieldElement => {
    const [parts, more] = [exactOf(total), exactOf(term)];
    if (parts === undefined || more === undefined) return binaries.add(total, term);
    const exact = more.reduce(withTerm, parts);
    const literal = nearest(exact);
    if (!Number.isFinite(literal)) return binary('add', total, term);
    const isNumber = withTerm(exact, -literal).length === 0;
    return { ...added(total, term), literal: isNumber ? literal : undefined, exact: isNumber ? undefined : exact };
  };

  const sources = new Map<string, FieldElement[]>();
  return {
    number,
    unary,
    binary,
    gathered,
    rounded: (value, dtype) => (value.literal === undefined ? value : number(roundTo[dtype](value.literal))),
    select: (condition, whenTrue, whenFalse) => {
      if (condition.literal !== undefined) return condition.literal === 0 ? whenFalse : whenTrue;
      return isEqual(whenTrue, whenFalse) ? whenTrue : unknown('select', condition, whenTrue, whenFalse);
    },
    random: (source, position) => {
      const drawn = sources.get(source) ?? [];
      sources.set(source, drawn);
      for (;;) {
        const known = drawn[position];
        if (known !== undefined) return known;
        drawn.push(variable());
      }
    },
    compared,
    questions: () => ({ count: unknowns.size + divisors.size + coincidences, degree: Math.max(1, largestDegree + largestDenominator) }),
  };
}
