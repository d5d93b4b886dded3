import type { BinaryName, Reflected, UnaryName } from '@xcorr/graph';

/** A number as JavaScript source; negative ones in parentheses. */
export function numberLiteral(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return text.startsWith('-') ? `(${text})` : text;
}

/** Each unary primitive over an operand's source. */
export const unarySource: Readonly<Record<UnaryName, (x: string) => string>> = {
  neg: (x) => `(-${x})`,
  abs: (x) => `Math.abs(${x})`,
  sign: (x) => `Math.sign(${x})`,
  sqrt: (x) => `Math.sqrt(${x})`,
  exp: (x) => `Math.exp(${x})`,
  log: (x) => `Math.log(${x})`,
  sin: (x) => `Math.sin(${x})`,
  cos: (x) => `Math.cos(${x})`,
  tanh: (x) => `Math.tanh(${x})`,
  floor: (x) => `Math.floor(${x})`,
};

/** Comparisons as conditions, where a number 1 or 0 is not needed. */
export const comparisonSource: Partial<Record<BinaryName, (a: string, b: string) => string>> = {
  less: (a, b) => `${a} < ${b}`,
  lessEqual: (a, b) => `${a} <= ${b}`,
  equal: (a, b) => `${a} === ${b}`,
};

/** Each binary primitive over its operands' source. */
export const binarySource: Readonly<Record<BinaryName, (a: string, b: string) => string>> = {
  add: (a, b) => `(${a} + ${b})`,
  sub: (a, b) => `(${a} - ${b})`,
  mul: (a, b) => `(${a} * ${b})`,
  div: (a, b) => `(${a} / ${b})`,
  min: (a, b) => `Math.min(${a}, ${b})`,
  max: (a, b) => `Math.max(${a}, ${b})`,
  // IEEE 754: 1 to any power is 1; ECMAScript's 1 ** NaN is NaN.
  pow: (a, b) => `power(${a}, ${b})`,
  atan2: (a, b) => `Math.atan2(${a}, ${b})`,
  less: (a, b) => `(${a} < ${b} ? 1 : 0)`,
  lessEqual: (a, b) => `(${a} <= ${b} ? 1 : 0)`,
  equal: (a, b) => `(${a} === ${b} ? 1 : 0)`,
};

/** What scalars and indices call, by name: each is written once in a program that needs it. */
export const functionSources: Readonly<Record<'power' | Reflected['mode'], string>> = {
  power: 'const power = (a, b) => (a === 1 ? 1 : a ** b);',
  reflect: 'const reflect = (index, size) => {\n  const period = size > 1 ? 2 * size - 2 : 1;\n  const place = index - period * Math.floor(index / period);\n  return place < size ? place : period - place;\n};',
  symmetric: 'const symmetric = (index, size) => {\n  const place = index - 2 * size * Math.floor(index / (2 * size));\n  return place < size ? place : 2 * size - 1 - place;\n};',
};
