import type { BinaryName, UnaryName } from '@xcorr/graph';
import type { ModeName } from '../modes.ts';
import type { Writing } from './writing.ts';

type Unary = Readonly<Record<UnaryName, (x: string, writing: Writing) => string>>;
type Binary = Readonly<Record<BinaryName, (a: string, b: string, writing: Writing) => string>>;

/** How a mode computes: with functions of the processor, which are right, or with those of a shading language. */
interface Arithmetic {
  readonly unary: Unary;
  readonly binary: Binary;
}

/** What any mode computes as IEEE 754 says, or nearly: square roots and quotients may err by a few units on a GPU. */
const native = {
  unary: {
    neg: (x: string): string => `(-${x})`,
    abs: (x: string): string => `Math.abs(${x})`,
    sqrt: (x: string): string => `Math.sqrt(${x})`,
    floor: (x: string): string => `Math.floor(${x})`,
    sign: (x: string, { call }: Writing): string => call('signOf', x),
  },
  binary: {
    add: (a: string, b: string): string => `(${a} + ${b})`,
    sub: (a: string, b: string): string => `(${a} - ${b})`,
    mul: (a: string, b: string): string => `(${a} * ${b})`,
    div: (a: string, b: string): string => `(${a} / ${b})`,
    less: (a: string, b: string): string => `(${a} < ${b} ? 1 : 0)`,
    lessEqual: (a: string, b: string): string => `(${a} <= ${b} ? 1 : 0)`,
    equal: (a: string, b: string): string => `(${a} === ${b} ? 1 : 0)`,
  },
};

const processor: Arithmetic = {
  unary: {
    ...native.unary,
    exp: (x) => `Math.exp(${x})`,
    log: (x) => `Math.log(${x})`,
    sin: (x) => `Math.sin(${x})`,
    cos: (x) => `Math.cos(${x})`,
    tanh: (x) => `Math.tanh(${x})`,
  },
  binary: {
    ...native.binary,
    min: (a, b) => `Math.min(${a}, ${b})`,
    max: (a, b) => `Math.max(${a}, ${b})`,
    // IEEE 754: 1 to any power is 1; ECMAScript's is NaN to the power NaN.
    pow: (a, b) => `(${a} === 1 ? 1 : Math.pow(${a}, ${b}))`,
    atan2: (a, b) => `Math.atan2(${a}, ${b})`,
  },
};

const graphics: Arithmetic = {
  unary: {
    ...native.unary,
    exp: (x, { call }) => call('exponential', x),
    log: (x, { call, special }) => call('logarithm', x, special(Infinity), special(Number.NaN)),
    sin: (x, { call }) => call('waveOf', x, '0'),
    cos: (x, { call }) => call('waveOf', x, '1'),
    tanh: (x, { call }) => call('hyperbolicTangent', x),
  },
  binary: {
    ...native.binary,
    min: (a, b, { call }) => call('smallerOf', a, b),
    max: (a, b, { call }) => call('largerOf', a, b),
    pow: (a, b, { call, special }) => call('powerOf', a, b, special(Infinity), special(Number.NaN)),
    atan2: (a, b, { call }) => call('angleOf', a, b),
  },
};

export const arithmeticOf: Readonly<Record<ModeName, Arithmetic>> = { webgl2: graphics, webgl: graphics, headlessgl: graphics, webgpu: graphics, webasm: processor, cpu: processor };

/** Comparisons as conditions, where a number 1 or 0 is not needed. */
export const comparisonSigns: Readonly<Partial<Record<BinaryName, string>>> = { less: '<', lessEqual: '<=', equal: '===' };
