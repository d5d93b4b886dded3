import type { BinaryName, DType, UnaryName } from '@xcorr/graph';
import { largestNumber } from '../judge/ulp.ts';
import { createRandom, type Random } from '../random.ts';
import type { FunctionDomain } from './function-domains.ts';

type Points = FunctionDomain['points'];

/** Where a function is measured over all that a dtype holds, denormal numbers left out: of operands, and of results. */
export interface FunctionRange extends Omit<FunctionDomain, 'points'> {
  readonly points: (range: Range) => Points;
}

/** The exponents of the normal numbers of a dtype, and draws among them. */
interface Range {
  readonly least: number;
  readonly most: number;
  readonly largest: number;
  readonly random: Random;
}

const exponents: Readonly<Record<DType, Omit<Range, 'random' | 'largest'>>> = { float32: { least: -126, most: 127 }, float64: { least: -1022, most: 1023 } };
const seeds: Readonly<Record<DType, number>> = { float32: 32, float64: 64 };

export function rangeOf(dtype: DType): Range {
  return { ...exponents[dtype], largest: largestNumber(dtype), random: createRandom(20_261_128, seeds[dtype]) };
}

const count = 300;
const list = <Item>(draw: () => Item): readonly Item[] => Array.from({ length: count }, draw);
const singles = (values: readonly number[]): Points => values.map((value) => [value]);
const signOf = (random: Random): number => random.pick([1, -1]);

/** Magnitudes whose exponents are even, as drawn, both ends among them. */
const positive = ({ least, most, largest, random }: Range): readonly number[] => [2 ** least, 2 ** most, largest, ...list(() => 2 ** random.uniform(least, most + 0.999))];
const every = (range: Range): readonly number[] => positive(range).flatMap((size) => (range.random.chance(0.5) ? [size] : [-size]));
/** Numbers of either sign from the smallest normal one up to 2^most. */
const upTo = ({ least, random }: Range, most: number): readonly number[] => list(() => signOf(random) * 2 ** random.uniform(least, most));
const between = ({ random }: Range, low: number, high: number): readonly number[] => list(() => random.uniform(low, high));

/** Two numbers of any size, of sizes that are near, and the ends. */
function two(range: Range): Points {
  const { least, most, largest, random } = range;
  const near = list(() => {
    const exponent = random.uniform(least + 30, most - 30);
    return [signOf(random) * 2 ** exponent, signOf(random) * 2 ** (exponent + random.uniform(-24, 24))];
  });
  const ends = [2 ** least, 2 ** most, largest, 1].flatMap((size) => [size, -size]);
  const others = every(range);
  return [...every(range).map((a, position) => [a, others[position] ?? a]), ...near, ...ends.flatMap((a) => ends.map((b) => [a, b]))];
}

/** Two numbers of which the second has an exponent such that one made of both lies within the range. */
function twoWithin({ least, most, random }: Range, other: (exponent: number) => readonly [low: number, high: number]): Points {
  return list(() => {
    const exponent = random.uniform(least, most);
    const [low, high] = other(exponent);
    return [signOf(random) * 2 ** exponent, signOf(random) * 2 ** random.uniform(Math.max(least, low), Math.min(most - 1, high))];
  });
}

/** Powers a^b whose logarithm to the base 2 is drawn evenly. */
function powers({ least, most, random }: Range): Points {
  const positiveBases = list(() => {
    const logarithm = signOf(random) * 2 ** random.uniform(-1, Math.log2(most));
    return [2 ** logarithm, random.uniform(least + 1, most - 1) / logarithm];
  });
  const negativeBases = [-1.5, -3, -0.75, -20].flatMap((base) => [-29, -28, 27, 28].map((whole) => [base, whole]));
  return [...positiveBases, ...negativeBases];
}

const normal = 'normal numbers of every size';
const within = `${normal}, their results too`;
const relativeToAngle = (x = 0): number => Math.min(1, Math.abs(x));
/** Up to here an angle is reduced by a few products: beyond, every digit of pi counts. */
const largestAngle = 8192;

/**
 * What the unary functions are held to over the whole range. An exponent that is rounded before it is used costs units in
 * proportion to it: up to 3 + 2 |x|, as the WebGPU shading language says.
 */
export const unaryRanges: Readonly<Record<UnaryName, FunctionRange>> = {
  neg: { domain: normal, points: (range) => singles(every(range)), allowed: 0 },
  abs: { domain: normal, points: (range) => singles(every(range)), allowed: 0 },
  sign: { domain: normal, points: (range) => singles(every(range)), allowed: 0 },
  floor: { domain: normal, points: (range) => singles(every(range)), allowed: 0 },
  sqrt: { domain: `${normal}, positive`, points: (range) => singles(positive(range)), allowed: 3 },
  exp: {
    domain: 'all whose results are normal numbers',
    points: (range) => singles([...between(range, range.least * Math.LN2, range.most * Math.LN2), ...upTo(range, 0)]),
    allowed: 180,
  },
  log: { domain: `${normal}, positive`, points: (range) => singles(positive(range)), allowed: 16 },
  sin: { domain: `${normal} up to ${largestAngle}, relative to the smaller of |x| and 1`, points: (range) => singles([...upTo(range, 13), ...between(range, -largestAngle, largestAngle)]), allowed: 16, scale: relativeToAngle },
  cos: { domain: `${normal} up to ${largestAngle}, relative to 1`, points: (range) => singles([...upTo(range, 13), ...between(range, -largestAngle, largestAngle)]), allowed: 16, scale: () => 1 },
  tanh: { domain: normal, points: (range) => singles(every(range)), allowed: 16 },
};

/** What the binary functions are held to over the whole range. */
export const binaryRanges: Readonly<Record<BinaryName, FunctionRange>> = {
  add: { domain: within, points: two, allowed: 0.5 },
  sub: { domain: within, points: two, allowed: 0.5 },
  mul: { domain: within, points: (range) => twoWithin(range, (exponent) => [range.least - exponent, range.most - exponent]), allowed: 0.5 },
  // The reciprocal of a divisor is a normal number: it is at most 2^(most - 1).
  div: { domain: `${within}, and the divisors' reciprocals`, points: (range) => twoWithin(range, (exponent) => [exponent - range.most, exponent - range.least]), allowed: 3 },
  min: { domain: normal, points: two, allowed: 0 },
  max: { domain: normal, points: two, allowed: 0 },
  pow: { domain: `${within}; bases further from 1 than by a factor of 1.42`, points: powers, allowed: 180 },
  atan2: { domain: within, points: two, allowed: 16 },
  less: { domain: normal, points: two, allowed: 0 },
  lessEqual: { domain: normal, points: two, allowed: 0 },
  equal: { domain: normal, points: two, allowed: 0 },
};
