import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { added, constantOf, degreeOf, inverted, multiplied, negated, type Quotient } from '../../testing/polynomials.ts';
import { seeded } from '../../testing/seeded.ts';
import { createField, type Field } from './field.ts';
import type { FieldElement } from './field-element.ts';
import { keyOf } from './pair.ts';
import { elementOf } from './prime-field.ts';

/** A value as the field holds it, and the same on a line through all sources: there it has one variable. */
interface Both {
  readonly counted: FieldElement;
  readonly truth: Quotient;
}

const one: Quotient = { numerator: [1n], denominator: [1n] };

/** Three sources, and literals. */
function sourcesOf(field: Field): readonly Both[] {
  const literals = [2, -0.5, 0.1].map((value): Both => ({ counted: field.number(value), truth: { numerator: constantOf(elementOf(value)), denominator: [1n] } }));
  return [...[3n, 5n, 7n].map((place, position): Both => ({ counted: field.random('x', position), truth: { numerator: [place * place + 1n, place], denominator: [1n] } })), ...literals];
}

type Step = (field: Field, a: Both, b: Both) => Both | undefined;

function raised(exponent: number): Step {
  return (field, { counted, truth }) => {
    const base = exponent < 0 ? inverted(truth) : truth;
    if (base === undefined) return undefined;
    return { counted: field.binary('pow', counted, field.number(exponent)), truth: Array.from({ length: Math.abs(exponent) }, () => base).reduce(multiplied, one) };
  };
}

const steps: readonly Step[] = [
  (field, a, b) => ({ counted: field.binary('add', a.counted, b.counted), truth: added(a.truth, b.truth) }),
  (field, a, b) => ({ counted: field.gathered(a.counted, b.counted), truth: added(a.truth, b.truth) }),
  (field, a, b) => ({ counted: field.binary('sub', a.counted, b.counted), truth: added(a.truth, negated(b.truth)) }),
  (field, a, b) => ({ counted: field.binary('mul', a.counted, b.counted), truth: multiplied(a.truth, b.truth) }),
  (field, a, b) => {
    const inverse = inverted(b.truth);
    return inverse === undefined ? undefined : { counted: field.binary('div', a.counted, b.counted), truth: multiplied(a.truth, inverse) };
  },
  (field, a) => ({ counted: field.unary('neg', a.counted), truth: negated(a.truth) }),
  raised(3),
  raised(2),
  raised(0),
  raised(-1),
  raised(-2),
];

/** What is of a higher degree takes long to expand. */
const largestDegree = 40;

const choices = fc.array(fc.tuple(fc.nat(steps.length - 1), fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 12 });

describe('the degree that is counted is no less than the true one', () => {
  test('of random rational expressions, and of their differences', () => {
    let highest = 0;
    fc.assert(
      fc.property(choices, (chosen) => {
        const field = createField(0, 1);
        const made = [...sourcesOf(field)];
        for (const [step, first, second] of chosen) {
          // What was made last is taken more often than others: degrees grow.
          const [a, b] = [made.at(-1 - (first % 4)), made.at(-1 - (second % made.length))];
          const next = a === undefined || b === undefined ? undefined : steps[step]?.(field, a, b);
          if (next !== undefined && Math.max(degreeOf(next.truth.numerator), degreeOf(next.truth.denominator)) <= largestDegree) made.push(next);
        }
        for (const { counted, truth } of made) {
          expect(counted.degree).toBeGreaterThanOrEqual(degreeOf(truth.numerator));
          expect(counted.denominator.degree).toBeGreaterThanOrEqual(degreeOf(truth.denominator));
          highest = Math.max(highest, degreeOf(truth.numerator) + degreeOf(truth.denominator));
        }
        for (const a of made)
          for (const b of made.slice(-3)) {
            const difference = degreeOf(added(a.truth, negated(b.truth)).numerator);
            expect(Math.max(a.counted.degree + b.counted.denominator.degree, b.counted.degree + a.counted.denominator.degree)).toBeGreaterThanOrEqual(difference);
            expect(field.binary('sub', a.counted, b.counted).degree).toBeGreaterThanOrEqual(difference);
          }
      }),
      seeded(300),
    );
    // Expressions of degrees that are worth counting were among them.
    expect(highest).toBeGreaterThan(20);
  });

  const over = (field: Field, count: number, divisor: (position: number) => FieldElement): FieldElement =>
    Array.from({ length: count }, (_, position) => field.binary('div', field.random('x', position), divisor(position))).reduce(field.gathered, field.number(0));

  test.each<readonly [string, number, number, (field: Field) => FieldElement]>([
    ['a sum of quotients has the product of its divisors as its denominator', 12, 12, (field) => over(field, 12, (position) => field.random('d', position))],
    ['a divisor of all of them counts once', 1, 1, (field) => over(field, 12, () => field.random('d', 0))],
    ['equal divisors that were computed twice are one', 1, 1, (field) => over(field, 12, () => field.binary('add', field.random('d', 0), field.number(1)))],
    ['a literal divisor adds nothing', 1, 0, (field) => over(field, 12, (position) => field.number(position + 3))],
    ['what is divided by a quotient is multiplied by its divisor', 2, 1, (field) => field.binary('div', field.random('x', 0), field.binary('div', field.random('x', 1), field.random('x', 2)))],
    ['a power has that of its exponent', 5, 0, (field) => field.binary('pow', field.random('x', 0), field.number(5))],
    ['a negative power is a quotient', 0, 3, (field) => field.binary('pow', field.random('x', 0), field.number(-3))],
    ['of very many divisors, too', 200, 200, (field) => over(field, 200, (position) => field.random('d', position))],
  ])('%s', (_, degree, denominator, make) => {
    const value = make(createField(0, 1));
    expect([value.degree, value.denominator.degree]).toEqual([degree, denominator]);
  });
});

describe('what is left to chance is counted', () => {
  const asked = (ask: (field: Field, x: FieldElement, y: FieldElement) => unknown): { readonly count: number; readonly degree: number } => {
    const field = createField(0, 1);
    ask(field, field.random('x', 0), field.random('x', 1));
    return field.questions();
  };

  test('polynomials, constant divisors and literals are no questions', () => {
    expect(asked(({ binary, number, select }, x, y) => [binary('mul', x, binary('add', x, y)), binary('div', x, number(3)), select(number(1), x, y), binary('max', number(1), number(2))]).count).toBe(0);
  });

  test('arguments of unknown functions are, each once, and so are divisors', () => {
    expect(asked(({ unary, binary }, x, y) => [unary('exp', x), unary('exp', x), unary('exp', binary('sub', binary('add', x, y), y))]).count).toBe(1);
    expect(asked(({ unary }, x, y) => [unary('exp', x), unary('log', x), unary('exp', y)]).count).toBe(3);
    expect(asked(({ binary }, x, y) => [binary('div', x, y), binary('div', y, y), binary('div', y, x)]).count).toBe(2);
  });

  test('a choice that chance made is, though nothing new came of it', () => {
    expect(asked(({ select, binary, number }, x, y) => select(y, x, binary('sub', binary('add', x, number(2)), number(2)))).count).toBe(1);
    expect(asked(({ binary }, x, y) => binary('div', x, binary('sub', binary('add', x, y), binary('add', y, x)))).count).toBe(2);
  });

  test('with the degree of what is compared', () => {
    const cube = (field: Field, x: FieldElement): FieldElement => field.binary('pow', x, field.number(3));
    expect(asked((field, x) => field.unary('exp', cube(field, x))).degree).toBe(3);
    expect(asked((field, x, y) => field.unary('exp', field.binary('div', cube(field, x), y))).degree).toBe(4);
    expect(asked((field, x, y) => field.binary('div', x, cube(field, y))).degree).toBe(3);
    // What comes of an unknown function is a variable.
    expect(asked((field, x) => field.unary('exp', field.unary('exp', x))).degree).toBe(1);
  });
});

test('a maximum is one of a set: in any order, each member once, and minima are the other way round', () => {
  const { binary, number, random } = createField(0, 1);
  const [x, y, z] = [random('x', 0), random('x', 1), random('x', 2)];
  for (const name of ['max', 'min'] as const) {
    const of = (a: FieldElement, b: FieldElement): FieldElement => binary(name, a, b);
    const all = of(of(x, y), z);
    expect([of(x, of(y, z)), of(of(z, x), of(y, x)), of(all, y), of(all, all)].map(({ elements }) => keyOf(elements))).toEqual([1, 2, 3, 4].map(() => keyOf(all.elements)));
    expect(new Set([of(x, y), of(x, z), of(y, z), all, x, y, z, of(x, number(1)), of(x, number(2))].map(({ elements }) => keyOf(elements))).size).toBe(9);
    expect(of(of(x, number(1)), number(2)).elements).toEqual(of(x, number(name === 'max' ? 2 : 1)).elements);
    expect(of(x, x).elements).toEqual(x.elements);
    // A law may have changed how it was computed.
    expect(of(binary('mul', number(1), of(x, y)), z).elements).toEqual(all.elements);
  }
  expect(binary('max', number(-Infinity), x)).toBe(x);
  expect(binary('max', x, y).elements).not.toEqual(binary('min', x, y).elements);
  // A set goes on from any of those that it grew from.
  const largest = (...all: readonly FieldElement[]): FieldElement => all.reduce((a, b) => binary('max', a, b));
  const [u, v, w, t] = [random('x', 3), random('x', 4), random('x', 5), random('x', 6)];
  const [both, others] = [largest(x, y), largest(t, u, v, w)];
  expect(largest(both, z).elements).toEqual(largest(both, z).elements);
  expect(largest(largest(both, v), others).elements).toEqual(largest(t, u, v, w, x, y).elements);
  expect(largest(both, u).elements).not.toEqual(largest(both, z).elements);
});

describe('what agrees by chance at one of two points', () => {
  /** A source, and literals whose sum is its element at one point. */
  const agreeing = (at: 'first' | 'second'): { readonly field: Field; readonly x: FieldElement; readonly c: FieldElement } => {
    const field = createField(0, 1);
    const x = field.random('x', 0);
    const bits = x.elements[at];
    return { field, x, c: field.gathered(field.number(Number(bits >> 31n) * 2 ** 31), field.number(Number(bits & 0x7fff_ffffn))) };
  };

  test.each(['first', 'second'] as const)('is told apart by the other: at the %s', (at) => {
    const { field, x, c } = agreeing(at);
    expect(c.elements[at]).toBe(x.elements[at]);
    const distinct = [x, c, field.unary('exp', x), field.unary('exp', c), field.binary('max', x, c), field.select(field.random('y', 0), x, c), field.binary('less', x, c), field.binary('less', c, x)];
    for (const point of ['first', 'second'] as const) expect(new Set(distinct.slice(2).map(({ elements }) => elements[point])).size).toBe(6);
    expect(field.questions().count).toBe(8);
  });

  test.each(['first', 'second'] as const)('but as a divisor it has no inverse: at the %s', (at) => {
    const { field, x, c } = agreeing(at);
    expect(() => field.binary('div', x, field.binary('sub', x, c))).toThrow('certify: a divisor is 0 at one of two random points; give another seed');
  });
});

test('of one field no random element is drawn twice, whatever it is for', () => {
  const field = createField(0, 1);
  const drawn = new Set<bigint>();
  const add = ({ elements: { first, second } }: FieldElement): unknown => drawn.add(first).add(second);
  for (const name of ['Aa', 'BB', 'x', 'x0']) for (let position = 0; position < 2 ** 15; position++) add(field.random(name, position));
  for (let position = 0; position < 2 ** 14; position++) for (const name of ['exp', 'log'] as const) add(field.unary(name, field.random('x', position)));
  for (let position = 0; position < 2 ** 14; position++) add(field.binary('less', field.random('x', position), field.random('x', position + 1)));
  expect(drawn.size).toBe(2 * (4 * 2 ** 15 + 3 * 2 ** 14));
  expect(field.questions().count).toBe(3 * 2 ** 14);
});
