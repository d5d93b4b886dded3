import { binaryMeaning, roundTo, unaryMeaning, type BinaryName, type DType, type UnaryName } from '@xcorr/graph';
import { CertificateError } from './certificate-error.ts';
import { commonMultiple, one, over, powerOfDenominator, productOfDenominators, type Denominator } from './denominator.ts';
import { nearest, withTerm, type ExactSum } from './exact-sum.ts';
import type { FieldElement } from './field-element.ts';
import { ofLiteral, ofMember, union, type Members } from './members.ts';
import { both, inverseOf, isSame, keyOf, negativeOf, powerOf, productOf, sumOf, type Pair } from './pair.ts';
import { elementOf } from './prime-field.ts';
import type { Questions } from './questions.ts';
import { createRandomElements } from './random-elements.ts';
import type { Scalars } from './scalars.ts';

export interface Field extends Scalars<FieldElement> {
  /** A source at a position: random, the same for the same names. */
  readonly random: (source: string, position: number) => FieldElement;
  /** Says that a value is compared with others. */
  readonly compared: (value: FieldElement) => void;
  /** What was left to chance until now. */
  readonly questions: () => Questions;
}

/** Exponents up to this are powers; above, an unknown function. */
const largestExponent = 64;

interface Divisor {
  readonly inverse: Pair;
  /** What it is as a denominator. */
  readonly alone: Denominator;
}

/**
 * Scalars of the field, at two random points at once. Sums, differences, products, quotients and whole powers are those of the field, exact; every
 * other function, comparisons and extrema among them, is one that nobody knows: it gives equal values for equal
 * arguments, and new random elements for others. A choice is select(c, x, y) = y + u(c) (x - y), u such a function. Arguments are equal where they are at both points. A maximum is one of the
 * set of its members, in any order; max(-Infinity, x) is x, and min(x, y) is -max(-x, -y). Of a choice it is known what the
 * compiler's laws say: select(c, x, x) = x, which it is where c is a literal, and that select(0 < x, x, 0) is positive where x is; and 0 x = 0.
 *
 * What is made of literal numbers alone is computed as the compiler computes it: each operation in double precision, but
 * sums over elements without rounding. There is no tolerance: two literals are equal where they are one number.
 *
 * @throws CertificateError where a divisor is 0 at one of the points and not at the other: by chance alone.
 */
export function createField(seed: number, round: number): Field {
  const draw = createRandomElements(seed, round);
  const drawn = (): Pair => ({ first: draw(), second: draw() });
  let [largestDegree, largestDenominator, coincidences] = [0, 0, 0];
  const rational = (elements: Pair, degree: number, denominator: Denominator): FieldElement => ({ elements, literal: undefined, exact: undefined, degree, denominator });
  const variable = (): FieldElement => rational(drawn(), 1, one);

  const numbers = new Map<number, FieldElement>();
  const number = (value: number): FieldElement => {
    const known = numbers.get(value);
    // -0 is the element that 0 is, and another number.
    if (known !== undefined) return Object.is(known.literal, value) ? known : { ...known, literal: value };
    const made = { ...(Number.isFinite(value) ? rational(both(elementOf(value)), 0, one) : variable()), literal: value };
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
    if (a === b || (isConstant(a) && isConstant(b))) return isSame(a.elements, b.elements);
    compared(a);
    compared(b);
    if (!isSame(a.elements, b.elements)) return false;
    coincidences++;
    return true;
  };

  const negated = (x: FieldElement): FieldElement => (x.literal === undefined ? rational(negativeOf(x.elements), x.degree, x.denominator) : number(-x.literal));
  const added = (a: FieldElement, b: FieldElement): FieldElement => {
    const denominator = commonMultiple(a.denominator, b.denominator);
    const degree = Math.max(a.degree + denominator.degree - a.denominator.degree, b.degree + denominator.degree - b.denominator.degree);
    return rational(sumOf(a.elements, b.elements), degree, denominator);
  };
  const multiplied = (a: FieldElement, b: FieldElement): FieldElement => rational(productOf(a.elements, b.elements), a.degree + b.degree, productOfDenominators(a.denominator, b.denominator));

  const divisors = new Map<bigint, Divisor>();
  const constantDivisors = new Map<bigint, Divisor>();
  const divisorOf = (x: FieldElement): Divisor => {
    compared(x);
    const table = isConstant(x) ? constantDivisors : divisors;
    const key = keyOf(x.elements);
    const known = table.get(key);
    if (known !== undefined) return known;
    const inverse = inverseOf(x.elements);
    if (inverse === undefined) throw new CertificateError('certify: a divisor is 0 at one of two random points; give another seed');
    const made = { inverse, alone: x.degree === 0 ? one : over({ degree: x.degree }) };
    table.set(key, made);
    return made;
  };
  const divided = (a: FieldElement, b: FieldElement): FieldElement => {
    if (isEqual(b, zero)) return unknown('div', a);
    // 0 / b = 0: the number, of which functions are known, as 0 b is.
    if (a.literal === 0) return zero;
    const divisor = divisorOf(b);
    return rational(productOf(a.elements, divisor.inverse), a.degree + b.denominator.degree, productOfDenominators(a.denominator, divisor.alone));
  };
  const raised = (base: FieldElement, { literal: exponent }: FieldElement): FieldElement | undefined => {
    if (exponent === undefined || !Number.isInteger(exponent) || Math.abs(exponent) > largestExponent) return undefined;
    if (exponent === 0) return number(1);
    if (exponent < 0) return raised(divided(number(1), base), number(-exponent));
    return rational(powerOf(base.elements, exponent), base.degree * exponent, powerOfDenominator(base.denominator, exponent));
  };

  /** Random elements by name: of functions, and of the places of their arguments. */
  const coefficients = new Map<string | number, Pair>();
  const coefficient = (name: string | number): Pair => {
    const known = coefficients.get(name) ?? drawn();
    coefficients.set(name, known);
    return known;
  };
  const unknowns = new Map<bigint, FieldElement>();
  const unknown = (name: string, ...parts: readonly FieldElement[]): FieldElement => {
    parts.forEach(compared);
    const key = keyOf(parts.reduce((total, { elements }, place) => sumOf(total, productOf(coefficient(place), elements)), coefficient(name)));
    const known = unknowns.get(key);
    if (known !== undefined) return known;
    const made = variable();
    unknowns.set(key, made);
    return made;
  };
  /** What each maximum is taken of, by its elements. */
  const maxima = new Map<bigint, Members>();
  const membersOf = (x: FieldElement): Members =>
    maxima.get(keyOf(x.elements)) ?? (x.literal === undefined ? ofMember({ value: x, mark: unknown('member', x).elements }) : ofLiteral(x.literal));
  const maximum = (a: FieldElement, b: FieldElement): FieldElement => {
    const set = union(membersOf(a), membersOf(b));
    const [first] = set.store.members;
    if (set.size === 1 && set.literal === -Infinity && first !== undefined) return first.value;
    const largest = unknown('max', number(set.literal), rational(set.mark, 1, one));
    maxima.set(keyOf(largest.elements), set);
    return largest;
  };
  /** What is asked whether it is positive, by what answers; and the conditions of what is 0 where it is not. */
  const asked = new Map<bigint, FieldElement>();
  const rectified = new Map<bigint, FieldElement>();
  const chosen = (condition: FieldElement, whenTrue: FieldElement, whenFalse: FieldElement): FieldElement => {
    const made = binaries.add(whenFalse, multiplied(unknown('select', condition), binaries.sub(whenTrue, whenFalse)));
    if (whenFalse.literal !== 0) return made;
    const x = asked.get(keyOf(condition.elements));
    // What is positive where the condition holds and nowhere else: x itself, or what was chosen so before.
    const before = rectified.get(keyOf(whenTrue.elements));
    if ((x !== undefined && isEqual(x, whenTrue)) || (before !== undefined && isEqual(before, condition))) rectified.set(keyOf(made.elements), condition);
    return made;
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
    less: (a, b) => {
      if (a.literal !== 0) return unknown('less', a, b);
      // 0 < select(0 < x, x, 0) = 0 < x
      const known = rectified.get(keyOf(b.elements));
      if (known !== undefined) return known;
      const condition = unknown('less', a, b);
      asked.set(keyOf(condition.elements), b);
      return condition;
    },
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

  const select = (condition: FieldElement, whenTrue: FieldElement, whenFalse: FieldElement): FieldElement => {
    if (condition.literal !== undefined) return condition.literal === 0 ? whenFalse : whenTrue;
    return isEqual(whenTrue, whenFalse) ? whenTrue : chosen(condition, whenTrue, whenFalse);
  };
  const rounded = (value: FieldElement, dtype: DType): FieldElement => (value.literal === undefined ? value : number(roundTo[dtype](value.literal)));
  /** Operations that are those of the field. */
  const isRational = (name: BinaryName): boolean => name === 'add' || name === 'sub' || name === 'mul' || name === 'div';
  const exact: Scalars<FieldElement> = {
    number,
    unary,
    binary: (name, a, b) => (isRational(name) ? binaries[name](a, b) : binary(name, a, b)),
    gathered,
    rounded,
    select,
    get exact() {
      return exact;
    },
  };

  const sources = new Map<string, FieldElement[]>();
  return {
    number,
    unary,
    binary,
    gathered,
    rounded,
    select,
    exact,
    random: (source, position) => {
      const known = sources.get(source) ?? [];
      sources.set(source, known);
      for (;;) {
        const value = known[position];
        if (value !== undefined) return value;
        known.push(variable());
      }
    },
    compared,
    questions: () => ({ count: unknowns.size + divisors.size + coincidences, degree: Math.max(1, largestDegree + largestDenominator) }),
  };
}
