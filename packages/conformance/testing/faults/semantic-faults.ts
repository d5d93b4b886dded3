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

const isZero = (value: number): boolean => value === 0;

/** What can go wrong between nests and code: in arithmetic, in indices, in loops, in what is stored. */
export const semanticFaults: Readonly<Record<string, SemanticFault>> = {
  'sums are rounded to single precision at every step': { check: 'accuracy: long sums', changes: { gather: { ...gather, add: (total, value) => Math.fround(total + value) } } },
  'a sum goes on from where the last one ended': { check: 'nests: sums', changes: { declare: () => undefined } },
  'bytes are rounded half up': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? Math.floor(value + 0.5) : value) } },
  'bytes are cut off': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? Math.trunc(value) : value) } },
  'bytes run over': { check: 'values: bytes out', changes: { stored: (value, storage) => (storage === 'uint8' ? value - 256 * Math.floor(value / 256) : value) } },
  'floors of negative quotients are cut off, in borders': { check: 'borders: wrap', changes: { floorDivide: (a, b) => Math.trunc(a / b) } },
  'floors of negative quotients are cut off, in windows': { check: 'nests: floors of negative numbers', changes: { floorDivide: (a, b) => Math.trunc(a / b) } },
  'floors are rounded': { check: 'nests: maps', changes: { floorDivide: (a, b) => Math.round(floorDivide(a, b) + (((a % b) + b) % b) / b) } },
  'mirrors stand one too far': { check: 'borders: symmetric', changes: { reflected: (mode, index, size) => reflected(mode === 'reflect' ? 'symmetric' : 'reflect', index, size) } },
  'edges lie one too far': { check: 'borders: edge', changes: { clamped: (value, limit) => clamped(value, limit - 1) } },
  'the rest of a block lacks its last iteration': { check: 'nests: blocks and their rests', changes: { iterations: oneLessIn('_rest') } },
  'the last rows of a border are left out': { check: 'borders: padded', changes: { iterations: oneLessIn('_high') } },
  'the first rows of a border are left out': { check: 'borders: padded', changes: { iterations: oneLessIn('_low') } },
  'loops run at least once': { check: 'borders: pictures smaller than the border', changes: { iterations: (_, extent) => Math.max(1, extent) } },
  'indices have 16 bits': { check: 'nests: many elements', changes: { place: (index) => index & 0xffff } },
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
  'tanh overflows': { check: 'values: infinities', changes: { unary: { ...unary, tanh: (x) => (Math.exp(2 * x) - 1) / (Math.exp(2 * x) + 1) } } },
  'a sine is not reduced well': { check: 'functions: sin', changes: { unary: { ...unary, sin: (x) => Math.sin(x - 6.2832 * Math.round(x / 6.2832)) } } },
  'numbers in the program keep six digits': { check: 'functions: constants', changes: { constant: (value) => Number(value.toPrecision(6)) } },
  'small numbers are flushed to 0': { check: 'values: denormal numbers', changes: { stored: (value) => (Math.abs(value) < 2 ** -126 ? 0 : value) } },
  'infinities are held to the largest number': { check: 'values: infinities', changes: { stored: (value) => Math.min(Math.max(value, -(2 ** 127)), 2 ** 127) } },
  'all zeros are positive': { check: 'values: sign of zero', changes: { stored: (value) => (isZero(value) ? 0 : value) } },
  'everything is computed in single precision': { check: 'functions: add', changes: { stored: (value) => Math.fround(value) } },
};
