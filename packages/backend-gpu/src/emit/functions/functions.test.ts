import { binaryMeaning, unaryMeaning, type BinaryName, type UnaryName } from '@xcorr/graph';
import { describe, expect, test } from 'vitest';
import { functionOf } from '../../../testing/evaluate-plan.ts';
import type { FunctionPlan } from '../plan.ts';
import { functionsFor, type FunctionName } from './functions.ts';

const single = (name: FunctionName): ((...operands: readonly number[]) => number) => functionOf(name, functionsFor([name]), 'webgl2');

/** The distance of neighbours in single precision. */
const unit = (value: number): number => 2 ** (Math.max(Math.floor(Math.log2(Math.abs(Math.fround(value)))), -126) - 23);

/** Numbers spread evenly over a range, rounded to single precision. */
const between = (low: number, high: number, count = 20_011): readonly number[] => Array.from({ length: count }, (_, position) => Math.fround(low + ((high - low) * position) / (count - 1)));
/** Numbers whose exponents are spread evenly. */
const spread = (low: number, high: number): readonly number[] => between(low, high).map((exponent) => Math.fround(2 ** exponent));

interface Case {
  readonly name: string;
  readonly function: FunctionName;
  readonly meaning: UnaryName | BinaryName;
  readonly points: readonly (readonly number[])[];
  /** Units in the last place. */
  readonly bound: number;
  /** What an error is relative to, where that is not the result. */
  readonly scale?: (want: number, x: number) => number;
}

const unary = (points: readonly number[]): readonly (readonly number[])[] => points.map((point) => [point]);
/** Each of some numbers with another one of the others. */
const binary = (a: readonly number[], b: readonly number[]): readonly (readonly number[])[] => a.map((value, position) => [value, b[(position * 7919) % b.length] ?? 0]);
const signed = (values: readonly number[]): readonly number[] => values.map((value, position) => (position % 2 === 0 ? value : -value));

const cases: readonly Case[] = [
  { name: 'exp where it is a normal number', function: 'exponential', meaning: 'exp', points: unary(between(-87.3, 88.7)), bound: 1.5 },
  { name: 'log everywhere', function: 'logarithm', meaning: 'log', points: unary(spread(-126, 127.9)), bound: 1 },
  { name: 'log about 1', function: 'logarithm', meaning: 'log', points: unary(between(0.7, 1.5)), bound: 1.5 },
  { name: 'sin', function: 'waveOf', meaning: 'sin', points: unary(between(-100, 100)), bound: 1, scale: (_, x) => Math.min(1, Math.abs(x)) },
  { name: 'sin near 0', function: 'waveOf', meaning: 'sin', points: unary([...between(-0.78, 0.78), ...signed(spread(-60, 0))]), bound: 1.5 },
  { name: 'sin of angles of every size up to 2^32', function: 'waveOf', meaning: 'sin', points: unary([...between(-8192, 8192), ...between(-1e6, 1e6), ...between(-1e8, 1e8), ...signed(spread(0, 32))]), bound: 1.5, scale: () => 1 },
  { name: 'cos of angles of every size up to 2^32', function: 'waveOf', meaning: 'cos', points: unary([...between(-8192, 8192), ...between(-1e6, 1e6), ...between(-1e8, 1e8), ...signed(spread(0, 32))]), bound: 1.5, scale: () => 1 },
  { name: 'cos', function: 'waveOf', meaning: 'cos', points: unary(between(-100, 100)), bound: 1, scale: () => 1 },
  { name: 'tanh', function: 'hyperbolicTangent', meaning: 'tanh', points: unary([...between(-12, 12), ...signed(spread(-60, 1))]), bound: 1.5 },
  { name: 'pow over the domain of the suite', function: 'powerOf', meaning: 'pow', points: binary(between(0.125, 8), between(-4, 4)), bound: 3 },
  { name: 'pow as long as results are below 2^20', function: 'powerOf', meaning: 'pow', points: binary(spread(-5, 5), between(-4, 4)), bound: 8 },
  { name: 'whole powers of negative numbers', function: 'powerOf', meaning: 'pow', points: [-3, -2, -1.5, -1, -0.5].flatMap((x) => [-7, -4, -3, -2, -1, 1, 2, 3, 4, 9, 17, 18].map((y) => [x, y])), bound: 5 },
  { name: 'atan2 all around', function: 'angleOf', meaning: 'atan2', points: binary(signed(spread(-20, 20)), between(-1000, 1000).filter((x) => x !== 0)), bound: 2 },
  { name: 'atan2 about the unit circle', function: 'angleOf', meaning: 'atan2', points: between(-3.14, 3.14).map((angle) => [Math.fround(Math.sin(angle)), Math.fround(Math.cos(angle))]), bound: 2.5 },
];

const isUnary = (name: UnaryName | BinaryName): name is UnaryName => name in unaryMeaning;
const meaningOf = (name: UnaryName | BinaryName, [x = 0, y = 0]: readonly number[]): number => (isUnary(name) ? unaryMeaning[name](x) : binaryMeaning[name](x, y));

/** What a function is given behind its operands. */
const furtherOperands: Readonly<Partial<Record<UnaryName | BinaryName, readonly number[]>>> = { log: [Infinity, Number.NaN], pow: [Infinity, Number.NaN], sin: [0], cos: [1] };
const called = (name: FunctionName, meaning: UnaryName | BinaryName): ((...operands: readonly number[]) => number) => {
  const made = single(name);
  const further = furtherOperands[meaning] ?? [];
  return (...operands) => made(...operands, ...further);
};

describe('in single precision, every operation rounded', () => {
  test.each(cases)('$name errs by at most $bound units in the last place', ({ function: name, meaning, points, bound, scale }) => {
    const made = called(name, meaning);
    const worst = { units: 0, text: '' };
    for (const point of points) {
      const [got, want] = [made(...point), meaningOf(meaning, point)];
      const units = Math.abs(got - want) / unit(scale?.(want, point[0] ?? 0) ?? want);
      if (!(units <= worst.units)) Object.assign(worst, { units, text: `${meaning}(${point.join(', ')}) is ${got}, not ${want}` });
    }
    expect(worst.units, worst.text).toBeLessThanOrEqual(bound);
    // A bound that is far from what there is says nothing.
    expect(worst.units).toBeGreaterThan(bound / 4);
  });

  test('small whole powers are products, to the bit', () => {
    const made = called('powerOf', 'pow');
    for (const x of [-3, -2, -1.5, -0.5, 0.5, 2, 3, 10]) for (const y of [-4, -3, -2, -1, 0, 1, 2, 3, 4]) expect(made(x, y)).toBe(Math.fround(x ** y));
  });
});

const special = [Number.NaN, Infinity, -Infinity, 0, -0, 1, -1, 2.5, -2.5, 2, 3, -3, 1e30, -1e30];
const specialCases: readonly (readonly [FunctionName, UnaryName | BinaryName, number])[] = [
  ['exponential', 'exp', 1],
  ['logarithm', 'log', 1],
  ['hyperbolicTangent', 'tanh', 1],
  ['waveOf', 'sin', 1],
  ['waveOf', 'cos', 1],
  ['signOf', 'sign', 1],
  ['powerOf', 'pow', 2],
  ['angleOf', 'atan2', 2],
  ['smallerOf', 'min', 2],
  ['largerOf', 'max', 2],
];

test.each(specialCases)('%s takes NaN, infinities and zeros as IEEE 754 does, but for signs of zeros', (name, meaning, operands) => {
  const made = called(name, meaning);
  const points = operands === 1 ? unary(special) : special.flatMap((x) => special.map((y) => [x, y]));
  for (const point of points) {
    const want = Math.fround(meaningOf(meaning, point));
    // What depends on the sign of a zero is a matter of that alone.
    const turned = point.map((each) => (each === 0 ? -each : each));
    if (Math.abs(point[0] ?? 0) === 1e30 && name === 'waveOf') continue;
    if (!Object.is(Math.abs(want), Math.abs(Math.fround(meaningOf(meaning, turned)))) || want === -Math.fround(meaningOf(meaning, turned))) continue;
    const got = made(...point);
    if (Number.isFinite(want)) expect(Math.abs(got - want), `${meaning}(${point.join(', ')})`).toBeLessThanOrEqual(16 * unit(want));
    else expect(got === 0 ? 0 : got, `${meaning}(${point.join(', ')})`).toBe(want);
  }
});

test.each(['smallerOf', 'largerOf'] as const)('%s of zeros has the sign that IEEE 754 gives it', (name) => {
  const meaning = name === 'smallerOf' ? Math.min : Math.max;
  for (const x of [0, -0]) for (const y of [0, -0]) expect(single(name)(x, y)).toBe(meaning(x, y));
});

test('bytes are rounded to the nearest, half to even, and saturated; NaN is 0', () => {
  const values = [...between(-3, 260, 2105), Number.NaN, Infinity, -Infinity, 0.5, 1.5, 2.5, 254.5, 253.5, 254.99, 1e30, -1e30];
  const made = single('byteOf');
  expect(values.map((value) => made(value))).toEqual([...Uint8ClampedArray.from(values)]);
});

describe('integers', () => {
  const divisors = [2, 3, 7, 10, 641, 65_535, 1_000_003, 2 ** 30];
  // Shading languages let quotients err by two and a half units in the last place.
  const errors = [0, 2.5 * 2 ** -23, -2.5 * 2 ** -23];

  test.each(divisors.flatMap((b) => errors.map((error) => [b, error] as const)))('floor(a / %i) is exact to the last integer of 32 bits, where quotients err by %d of them', (b, error) => {
    const quotients = functionOf('wholeQuotient', functionsFor(['wholeQuotient']), 'webgl2', error);
    const near = [0, 1, 2 ** 24, 2 ** 30, 2 ** 31 - 1].flatMap((a) => [a, a - 1, a + 1, a - (a % b), a - (a % b) - 1, -a, 1 - a]);
    const all = [...near, ...between(-2e9, 2e9, 999).map(Math.trunc)].filter((a) => Math.abs(a) < 2 ** 31);
    // Adding 0 makes -0 the 0 that it equals.
    expect(all.map((a) => quotients(a, b) + 0)).toEqual(all.map((a) => Math.floor(a / b) + 0));
  });
});

test('no function that calls others is reached in two ways', () => {
  // gpu.js moves a function that it meets again behind those that call it, and leaves what that calls where it was.
  const byKernels: readonly FunctionName[] = ['wholeOf', 'wholeQuotient', 'nearQuotient', 'nearestPlace', 'foldedPlace', 'numberOf', 'signOf', 'smallerOf', 'largerOf', 'byteOf', 'exponential', 'logarithm', 'hyperbolicTangent', 'powerOf', 'waveOf', 'angleOf'];
  const all = functionsFor(byKernels);
  const calls = (from: FunctionPlan, to: FunctionPlan): boolean => from !== to && new RegExp(`\\b${to.name}\\(`).test(from.source);
  const callers = (to: FunctionPlan): readonly FunctionPlan[] => all.filter((from) => calls(from, to));
  for (const each of all.filter((from) => all.some((to) => calls(from, to)))) expect(callers(each).length, each.name).toBe(byKernels.some((name) => name === each.name) ? 0 : 1);
  all.forEach((each, position) => {
    for (const caller of callers(each)) expect(all.indexOf(caller)).toBeGreaterThan(position);
  });
});
