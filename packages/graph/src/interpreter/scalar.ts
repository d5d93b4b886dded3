import type { BinaryName, UnaryName } from '../primitives.ts';

/** What each unary primitive does to one number. */
export const unaryMeaning: Readonly<Record<UnaryName, (x: number) => number>> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  sqrt: Math.sqrt,
  exp: Math.exp,
  log: Math.log,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  floor: Math.floor,
};

/** What each binary primitive does to two numbers. */
export const binaryMeaning: Readonly<Record<BinaryName, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  min: Math.min,
  max: Math.max,
  // IEEE 754 pow: 1 to any power and any base to the power 0 are 1 (ECMAScript's 1 ** NaN is NaN).
  pow: (a, b) => (a === 1 ? 1 : a ** b),
  atan2: Math.atan2,
  less: (a, b) => (a < b ? 1 : 0),
  lessEqual: (a, b) => (a <= b ? 1 : 0),
  equal: (a, b) => (a === b ? 1 : 0),
};
