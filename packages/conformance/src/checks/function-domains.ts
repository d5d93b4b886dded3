import type { BinaryName, UnaryName } from '@xcorr/graph';
import { createRandom } from '../random.ts';

/** Where a function is measured, and by how many units in the last place it may err there. */
export interface FunctionDomain {
  /** The operands in words. */
  readonly domain: string;
  /** Rows of operands. */
  readonly points: readonly (readonly number[])[];
  readonly allowed: number;
  /** What an error is relative to, where that is not the result. */
  readonly scale?: (...operands: readonly number[]) => number;
}

const random = createRandom(20_261_122);
const count = 400;

const list = (draw: () => number): readonly number[] => Array.from({ length: count }, draw);
const between = (low: number, high: number): readonly number[] => list(() => random.uniform(low, high));
/** Numbers of either sign whose exponents are even. */
const spread = (least: number, most: number): readonly number[] => list(() => (random.chance(0.5) ? 1 : -1) * 2 ** random.uniform(least, most));
const plain = [0, 1, -1, 0.5, -0.5, 2, -2, 3, -3, 1.5, -1.5, 2.5, -2.5, 100, -100, 0.1, -0.1];
const singles = (values: readonly number[]): readonly (readonly number[])[] => values.map((value) => [value]);
const pairs = (a: readonly number[], b: readonly number[]): readonly (readonly number[])[] => a.flatMap((value, position) => [[value, b[position] ?? value]]);
/** All pairs of some values. */
const grid = (a: readonly number[], b: readonly number[] = a): readonly (readonly number[])[] => a.flatMap((left) => b.map((right) => [left, right]));

const anywhere = 'plain numbers, and magnitudes 2^-20 to 2^20';
const wide = [...plain, ...spread(-20, 20)];
const two = [...grid(plain), ...grid([1, 1 + 2 ** -23, 1 - 2 ** -24]), ...pairs(spread(-20, 20), spread(-20, 20))];
const isAngleAtAxis = ([y = 0, x = 0]: readonly number[]): boolean => y === 0 && x <= 0;

/**
 * What the unary functions are held to. Errors that are allowed are those of good mathematical libraries in single
 * precision, with room; exact ones have none. Arguments of sine and cosine are reduced, so their errors are of 1.
 */
export const unaryDomains: Readonly<Record<UnaryName, FunctionDomain>> = {
  neg: { domain: anywhere, points: singles(wide), allowed: 0 },
  abs: { domain: anywhere, points: singles(wide), allowed: 0 },
  sign: { domain: anywhere, points: singles(wide), allowed: 0 },
  floor: { domain: anywhere, points: singles([...wide, ...between(-4, 4), 0.999, -0.001, 8191.75, -8191.75]), allowed: 0 },
  sqrt: { domain: '0, 1, 4, 9, and 2^-20 to 2^20', points: singles([0, 1, 4, 9, ...spread(-20, 20).map(Math.abs)]), allowed: 3 },
  // An exponent that is rounded before it is used costs units in proportion to it.
  exp: { domain: '-16 to 16', points: singles([0, 1, -1, ...between(-16, 16)]), allowed: 32 },
  log: { domain: '2^-30 to 2^30, and about 1', points: singles([1, 2, 0.5, ...spread(-30, 30).map(Math.abs), ...between(0.75, 1.5)]), allowed: 16 },
  sin: { domain: '-100 to 100, relative to the smaller of |x| and 1', points: singles([0, ...between(-100, 100), ...between(-1, 1)]), allowed: 16, scale: (x = 0) => Math.min(1, Math.abs(x)) },
  cos: { domain: '-100 to 100, relative to 1', points: singles([0, ...between(-100, 100), ...between(-1, 1)]), allowed: 16, scale: () => 1 },
  tanh: { domain: '-100 to 100', points: singles([0, ...between(-100, 100), ...between(-4, 4), ...spread(-12, 0)]), allowed: 16 },
};

/** What the binary functions are held to: sums, differences and products are rounded correctly by any hardware. */
export const binaryDomains: Readonly<Record<BinaryName, FunctionDomain>> = {
  add: { domain: anywhere, points: two, allowed: 0.5 },
  sub: { domain: anywhere, points: two, allowed: 0.5 },
  mul: { domain: anywhere, points: two, allowed: 0.5 },
  div: { domain: `${anywhere}, divisors other than 0`, points: two.filter(([, divisor]) => divisor !== 0), allowed: 3 },
  min: { domain: anywhere, points: two, allowed: 0 },
  max: { domain: anywhere, points: two, allowed: 0 },
  pow: {
    domain: 'bases 1/8 to 8 to powers -4 to 4; whole powers of negative bases; 0 to positive powers',
    points: [...pairs(between(0.125, 8), between(-4, 4)), ...grid([-3, -2, -1.5, -1, -0.5, 0.5, 1, 2, 3], [-3, -2, -1, 0, 1, 2, 3]), ...grid([0], [0, 0.5, 1, 2, 3]), ...grid([4, 9, 0.25], [0.5, -0.5, 1.5])],
    allowed: 32,
  },
  atan2: { domain: `${anywhere}, but for the ray of negative x`, points: two.filter((point) => !isAngleAtAxis(point)), allowed: 16 },
  less: { domain: anywhere, points: two, allowed: 0 },
  lessEqual: { domain: anywhere, points: two, allowed: 0 },
  equal: { domain: anywhere, points: two, allowed: 0 },
};
