import type { CheckName } from '../../src/suite/checks.ts';
import { semantics, type Semantics } from '../model.ts';

/** A part of a nest that does something else, in every program. */
export interface SemanticFault {
  readonly check: CheckName;
  readonly changes: Partial<Semantics>;
}

const { binary, unary, gather, floorDivide, clamped, reflected } = semantics;

/** The iterations of the parts that a schedule makes of a loop: the rest of a block, the ends of a peeled loop. */
const oneLessIn =
  (part: string): Semantics['iterations'] =>
  ({ variable }, extent) => (variable.endsWith(part) ? Math.max(0, extent - 1) : extent);

/** Another order in which the iterations of loops that reduce run. */
const reducing =
  (order: (iteration: number, count: number) => number): Semantics['iteration'] =>
  ({ role }, iteration, count) => (role === 'reduce' ? order(iteration, count) : iteration);

/** A sum in two lanes: the even terms, then the odd ones. */
const evenThenOdd = (iteration: number, count: number): number => {
  const even = Math.ceil(count / 2);
  return iteration < even ? 2 * iteration : 2 * (iteration - even) + 1;
};

const isZero = (value: number): boolean => value === 0;

/** What can go wrong between nests and code: in arithmetic, in indices, in loops, in what is stored. */
export const semanticFaults: Readonly<Record<string, SemanticFault>> = {
  'sums are rounded to single precision at every step': { check: 'accuracy: long sums', changes: { gather: { ...gather, add: (total, value) => Math.fround(total + value) } } },
  'a sum goes on from where the last one ended': { check: 'nests: sums', changes: { declare: () => undefined } },
  'bytes are rounded half up': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? Math.floor(value + 0.5) : value) } },
  'bytes are cut off': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? Math.trunc(value) : value) } },
  'bytes run over': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? value - 256 * Math.floor(value / 256) : value) } },
  'NaN is stored as the byte 255': { check: 'values: NaN and infinities as bytes', changes: { stored: (value, storage) => (storage === 'uint8' && !(value <= 255) ? 255 : value) } },
  'an infinity is stored as the byte 0': { check: 'values: NaN and infinities as bytes', changes: { stored: (value, storage) => (storage === 'uint8' && !Number.isFinite(value) ? 0 : value) } },
  'floors of negative quotients are cut off, in borders': { check: 'borders: wrap', changes: { floorDivide: (a, b) => Math.trunc(a / b) } },
  'floors of negative quotients are cut off, in windows': { check: 'nests: floors of negative numbers', changes: { floorDivide: (a, b) => Math.trunc(a / b) } },
  'floors are rounded': { check: 'nests: maps', changes: { floorDivide: (a, b) => Math.round(floorDivide(a, b) + (((a % b) + b) % b) / b) } },
  'mirrors stand one too far': { check: 'borders: symmetric', changes: { reflected: (mode, index, size) => reflected(mode === 'reflect' ? 'symmetric' : 'reflect', index, size) } },
  'edges lie one too far': { check: 'borders: edge', changes: { clamped: (value, limit) => clamped(value, limit - 1) } },
  'the rest of a block lacks its last iteration': { check: 'nests: blocks and their rests', changes: { iterations: oneLessIn('_rest') } },
  'the last lane of the rest of a block is that of its neighbour': {
    check: 'nests: blocks and their rests',
    changes: { iteration: ({ variable }, iteration, count) => (variable.endsWith('_rest') && iteration === count - 1 ? Math.max(0, iteration - 1) : iteration) },
  },
  'every lane behind the last whole block of four is its first': {
    check: 'nests: blocks and their rests',
    changes: { iteration: ({ role }, iteration, count) => (role === 'parallel' ? Math.min(iteration, 4 * Math.floor(count / 4)) : iteration) },
  },
  'sums are taken backwards': { check: 'order: sums', changes: { iteration: reducing((iteration, count) => count - 1 - iteration) } },
  'sums are taken in two lanes': { check: 'order: sums', changes: { iteration: reducing(evenThenOdd) } },
  'sums that share their loops are taken backwards': { check: 'order: several sums together', changes: { iteration: reducing((iteration, count) => count - 1 - iteration) } },
  'taps are taken backwards': { check: 'order: correlations', changes: { iteration: reducing((iteration, count) => count - 1 - iteration) } },
  'gradients are summed in two lanes': { check: 'order: gradients of correlations', changes: { iteration: reducing(evenThenOdd) } },
  'the last rows of a border are left out': { check: 'borders: padded', changes: { iterations: oneLessIn('_high') } },
  'the first rows of a border are left out': { check: 'borders: padded', changes: { iterations: oneLessIn('_low') } },
  'loops run at least once': { check: 'borders: pictures smaller than the border', changes: { iterations: (_, extent) => Math.max(1, extent) } },
  'indices have 16 bits': { check: 'nests: many elements', changes: { place: (index) => index & 0xffff } },
  'indices have 16 bits, one of them a sign': { check: 'sizes: more than 2^16 elements', changes: { place: (index) => (index << 16) >> 16 } },
  'indices are in single precision': { check: 'sizes: more than 2^24 elements', changes: { place: Math.fround } },
  'a select adds its weighted branches': {
    check: 'values: NaN',
    changes: { select: (isTrue, whenTrue, whenFalse) => Number(isTrue) * whenTrue() + Number(!isTrue) * whenFalse() },
  },
  'a select takes the other branch for small numbers': { check: 'functions: select', changes: { isTrue: (condition) => Math.abs(condition) > 1e-6 } },
  'a select takes -0 for true': { check: 'values: sign of zero', changes: { isTrue: (condition) => !Object.is(condition, 0) } },
  'a select takes NaN for false': { check: 'values: NaN', changes: { isTrue: (condition) => Math.abs(condition) > 0 } },
  'a guard reads what lies outside': {
    check: 'nests: guards',
    changes: {
      guard: (holds, inside, outside) => {
        const value = inside();
        return holds ? value : outside();
      },
    },
  },
  'max ignores NaN': { check: 'values: NaN', changes: { binary: { ...binary, max: (a, b) => (a < b || Number.isNaN(a) ? b : a) } } },
  'less is true of NaN': { check: 'values: NaN', changes: { binary: { ...binary, less: (a, b) => Number(!(a >= b)) } } },
  '1 to the power of NaN is NaN': { check: 'values: NaN', changes: { binary: { ...binary, pow: (a, b) => a ** b } } },
  'a power forgets the sign of its base': { check: 'functions: pow', changes: { binary: { ...binary, pow: (a, b) => Math.abs(a) ** b } } },
  'a power is made of a logarithm': { check: 'functions: pow', changes: { binary: { ...binary, pow: (a, b) => Math.exp(b * Math.log(a)) } } },
  'an angle forgets its quadrant': { check: 'functions: atan2', changes: { binary: { ...binary, atan2: (y, x) => Math.atan(y / x) } } },
  'what is nearly equal is equal': { check: 'functions: equal', changes: { binary: { ...binary, equal: (a, b) => Number(Math.abs(a - b) < 1e-6) } } },
  'a quotient is right to half of its digits': { check: 'functions: div', changes: { binary: { ...binary, div: (a, b) => (a / b) * (1 + 2 ** -12) } } },
  'a negation is a difference from 0': { check: 'values: sign of zero', changes: { unary: { ...unary, neg: (x) => 0 - x } } },
  'the sign of 0 is 1': { check: 'functions: sign', changes: { unary: { ...unary, sign: (x) => (x < 0 ? -1 : 1) } } },
  'floors of negative numbers are cut off': { check: 'functions: floor', changes: { unary: { ...unary, floor: Math.trunc } } },
  'exp is right to 16 bits': { check: 'functions: exp', changes: { unary: { ...unary, exp: (x) => Math.exp(x) * (1 + 2 ** -16) } } },
  'a power of e of more than 80 is infinite': { check: 'ranges: exp', changes: { unary: { ...unary, exp: (x) => (x > 80 ? Infinity : Math.exp(x)) } } },
  'a power of e that is small is 0': { check: 'ranges: exp', changes: { unary: { ...unary, exp: (x) => (x < -80 ? 0 : Math.exp(x)) } } },
  'a power of e that is denormal is 0': { check: 'values: denormal numbers', changes: { unary: { ...unary, exp: (x) => (x < -87.4 ? 0 : Math.exp(x)) } } },
  'a power of e is held to the largest number': { check: 'values: infinities', changes: { unary: { ...unary, exp: (x) => Math.exp(Math.min(x, 88)) } } },
  'the logarithm of a small number is that of 2^-100': { check: 'ranges: log', changes: { unary: { ...unary, log: (x) => Math.log(x > 0 ? Math.max(x, 2 ** -100) : x) } } },
  'a sine is reduced by eight digits of a turn': { check: 'ranges: sin', changes: { unary: { ...unary, sin: (x) => Math.sin(x - 6.283_185_3 * Math.round(x / 6.283_185_3)) } } },
  'a cosine is reduced by eight digits of a turn': { check: 'ranges: cos', changes: { unary: { ...unary, cos: (x) => Math.cos(x - 6.283_185_3 * Math.round(x / 6.283_185_3)) } } },
  'tanh of large numbers is a quotient of infinities': { check: 'ranges: tanh', changes: { unary: { ...unary, tanh: (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1) } } },
  'a root is a square root of a product that overflows': { check: 'ranges: sqrt', changes: { unary: { ...unary, sqrt: (x) => Math.sqrt(Math.fround(x * 4)) / 2 } } },
  'a quotient is a product with a reciprocal that overflows': { check: 'ranges: div', changes: { binary: { ...binary, div: (a, b) => a * Math.fround(Math.fround(1 / (b * 4)) * 4) } } },
  'an angle is that of a quotient that overflows': { check: 'ranges: atan2', changes: { binary: { ...binary, atan2: (y, x) => Math.atan2(Math.fround(y * 2), Math.fround(x * 2)) } } },
  'a power is made of a logarithm in single precision': { check: 'ranges: pow', changes: { binary: { ...binary, pow: (a, b) => (a > 0 ? 2 ** Math.fround(b * Math.fround(Math.log2(a))) : a ** b) } } },
  'tanh overflows': { check: 'values: infinities', changes: { unary: { ...unary, tanh: (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1) } } },
  'a sine is not reduced well': { check: 'functions: sin', changes: { unary: { ...unary, sin: (x) => Math.sin(x - 6.2832 * Math.round(x / 6.2832)) } } },
  'numbers in the program keep six digits': { check: 'functions: constants', changes: { constant: (value) => Number(value.toPrecision(6)) } },
  'a mirror repeats its ends': { check: 'numbers: NumPy and SciPy', changes: { reflected: (_, index, size) => semantics.reflected('symmetric', index, size) } },
  'small numbers are flushed to 0': { check: 'values: denormal numbers', changes: { stored: (value) => (Math.abs(value) < 2 ** -126 ? 0 : value) } },
  'infinities are held to the largest number': { check: 'values: infinities', changes: { stored: (value) => Math.min(Math.max(value, -(2 ** 127)), 2 ** 127) } },
  'all zeros are positive': { check: 'values: sign of zero', changes: { stored: (value) => (isZero(value) ? 0 : value) } },
  'everything is computed in single precision': { check: 'functions: add', changes: { stored: (value) => Math.fround(value) } },
};
