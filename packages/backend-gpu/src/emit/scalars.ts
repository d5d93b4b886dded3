import type { BinaryName, UnaryName } from '@xcorr/graph';
import type { Value } from './target.ts';

/** Each unary primitive over its operand. */
export const unary: Readonly<Record<UnaryName, (x: Value) => Value>> = {
  neg: (x) => (frame) => -x(frame),
  abs: (x) => (frame) => Math.abs(x(frame)),
  sign: (x) => (frame) => Math.sign(x(frame)),
  sqrt: (x) => (frame) => Math.sqrt(x(frame)),
  exp: (x) => (frame) => Math.exp(x(frame)),
  log: (x) => (frame) => Math.log(x(frame)),
  sin: (x) => (frame) => Math.sin(x(frame)),
  cos: (x) => (frame) => Math.cos(x(frame)),
  tanh: (x) => (frame) => Math.tanh(x(frame)),
  floor: (x) => (frame) => Math.floor(x(frame)),
};

/** Each binary primitive over its operands. */
export const binary: Readonly<Record<BinaryName, (a: Value, b: Value) => Value>> = {
  add: (a, b) => (frame) => a(frame) + b(frame),
  sub: (a, b) => (frame) => a(frame) - b(frame),
  mul: (a, b) => (frame) => a(frame) * b(frame),
  div: (a, b) => (frame) => a(frame) / b(frame),
  min: (a, b) => (frame) => Math.min(a(frame), b(frame)),
  max: (a, b) => (frame) => Math.max(a(frame), b(frame)),
  // IEEE 754: 1 to any power is 1; ECMAScript's 1 ** NaN is NaN.
  pow: (a, b) => (frame) => {
    const base = a(frame);
    return base === 1 ? 1 : base ** b(frame);
  },
  atan2: (a, b) => (frame) => Math.atan2(a(frame), b(frame)),
  less: (a, b) => (frame) => (a(frame) < b(frame) ? 1 : 0),
  lessEqual: (a, b) => (frame) => (a(frame) <= b(frame) ? 1 : 0),
  equal: (a, b) => (frame) => (a(frame) === b(frame) ? 1 : 0),
};
