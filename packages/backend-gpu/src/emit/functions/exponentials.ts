import { ofNumbers, type FunctionText } from './function-text.ts';

export type ExponentialFunctionName = 'timesPowerOfTwo' | 'logarithmNearOne' | 'exponentialSeries' | 'exponential' | 'logarithm' | 'hyperbolicTangent' | 'powerOf';

/** One binary digit of what is left of an exponent: 1 or the digit's power, and neither branches nor literals of both. */
const digit = [
  '  half = Math.floor(left * 0.5);',
  '  bit = left - half - half;',
  '  result = result * (1 - bit + bit * base);',
  '  base = base * base;',
  '  left = half;',
];

const largest = 2 ** 128 - 2 ** 104;

/**
 * Exponentials, logarithms and powers in single precision, of sums and products alone: what shading languages give is
 * right to a few digits, and undefined outside of its domain. Methods and coefficients: Cody and Waite, "Software Manual
 * for the Elementary Functions" (1980), reduction by a multiple of ln 2 that is taken in two parts, the first of few
 * bits; Moshier's Cephes library, its polynomials for single precision. The driver's log2 only chooses the exponent.
 */
export const exponentialFunctions: Readonly<Record<ExponentialFunctionName, FunctionText>> = {
  /** x 2^exponent, for whole exponents of -191 to 191: digit by digit, the last power twice, since its square is too large. */
  timesPowerOfTwo: ofNumbers(
    [
      'function timesPowerOfTwo(x, exponent) {',
      '  let result = x;',
      '  let left = Math.abs(exponent);',
      '  let half = 0;',
      '  let bit = 0;',
      '  let base = 2;',
      '  if (exponent < 0) { base = 0.5; }',
      ...Array.from({ length: 6 }, () => digit).flat(),
      '  bit = Math.floor(left * 0.5);',
      '  result = result * (1 - bit + bit * base);',
      '  bit = left - bit;',
      '  return result * (1 - bit + bit * base);',
      '}',
    ].join('\n'),
  ),
  /** ln(1 + x) for 1 + x between the square roots of 1/2 and 2, but for the term x. */
  logarithmNearOne: ofNumbers(
    [
      'function logarithmNearOne(x) {',
      '  const high = ((0.070376836292 * x - 0.1151461031) * x + 0.1167699874) * x - 0.12420140846;',
      '  const low = (((high * x + 0.14249322787) * x - 0.16668057665) * x + 0.20000714765) * x - 0.24999993993;',
      '  return (low * x + 0.33333331174) * x * x * x;',
      '}',
    ].join('\n'),
  ),
  /** exp(x), |x| at most half of ln 2. */
  exponentialSeries: ofNumbers(
    [
      'function exponentialSeries(x) {',
      '  const high = ((0.00019875691500 * x + 0.0013981999507) * x + 0.0083334519073) * x + 0.041665795894;',
      '  return ((high * x + 0.16666665459) * x + 0.50000001201) * x * x + x + 1;',
      '}',
    ].join('\n'),
  ),
  exponential: ofNumbers(
    [
      'function exponential(x) {',
      '  let bounded = x;',
      '  if (x > 89) { bounded = 89; }',
      '  if (x < -104) { bounded = -104; }',
      '  const count = Math.floor(bounded * 1.4426950408889634 + 0.5);',
      '  const rest = (bounded - count * 0.693359375) + count * 0.00021219444005469057;',
      '  return timesPowerOfTwo(exponentialSeries(rest), count);',
      '}',
    ].join('\n'),
    'exponentialSeries',
    'timesPowerOfTwo',
  ),
  logarithm: ofNumbers(
    [
      'function logarithm(x, infinity, nan) {',
      '  if (x === 0) { return -infinity; }',
      '  if (x < 0) { return nan; }',
      `  if (x > ${largest}) { return x; }`,
      '  const count = Math.floor(Math.log2(x) + 0.5);',
      '  const rest = timesPowerOfTwo(x, -count) - 1;',
      '  const small = (logarithmNearOne(rest) - count * 0.00021219444005469057) - 0.5 * rest * rest;',
      '  return (rest + small) + count * 0.693359375;',
      '}',
    ].join('\n'),
    'timesPowerOfTwo',
    'logarithmNearOne',
  ),
  hyperbolicTangent: ofNumbers(
    [
      'function hyperbolicTangent(x) {',
      '  const size = Math.abs(x);',
      '  if (size > 10) { if (x > 0) { return 1; } return -1; }',
      '  if (size < 0.625) {',
      '    const square = x * x;',
      '    const high = (-0.00570498872745 * square + 0.0206390887954) * square - 0.0537397155531;',
      '    return x + ((high * square + 0.133314422036) * square - 0.333332819422) * square * x;',
      '  }',
      '  const count = Math.floor(size * 2.8853900817779268 + 0.5);',
      '  const rest = (size + size - count * 0.693359375) + count * 0.00021219444005469057;',
      '  const result = 1 - 2 / (timesPowerOfTwo(exponentialSeries(rest), count) + 1);',
      '  if (x < 0) { return -result; }',
      '  return result;',
      '}',
    ].join('\n'),
    'exponentialSeries',
    'timesPowerOfTwo',
  ),
  /**
   * The power of IEEE 754, but for that of -1 to infinity, which is ECMAScript's. Small whole exponents multiply; others take x = m 2^e apart: x^y = 2^(ye) exp(y ln m), where
   * ye is exact, since y is taken in two parts of which the first has few bits.
   */
  powerOf: ofNumbers(
    [
      'function powerOf(x, y, infinity, nan) {',
      '  if (y === 0) { return 1; }',
      '  if (x === 1) { return 1; }',
      '  const size = Math.abs(x);',
      '  const order = Math.abs(y);',
      `  if (size === 1 && order > ${largest}) { return nan; }`,
      '  let sign = 1;',
      '  if (x < 0) {',
      '    if (Math.floor(y) === y) {',
      '      if (y - 2 * Math.floor(y * 0.5) === 1) { sign = -1; }',
      '    } else {',
      `      if (size <= ${largest}) { return nan; }`,
      '    }',
      '  }',
      '  if (order <= 4 && Math.floor(y) === y) {',
      '    let product = size;',
      '    if (order > 1) { product = product * size; }',
      '    if (order > 2) { product = product * size; }',
      '    if (order > 3) { product = product * size; }',
      '    if (product > 1e-37 && product < 1e37) { if (y < 0) { return sign / product; } return sign * product; }',
      '  }',
      '  if (size === 0) { if (y > 0) { return 0; } if (y < 0) { return infinity; } return y; }',
      `  if (size > ${largest}) { if (y > 0) { return sign * infinity; } if (y < 0) { return 0; } return y; }`,
      '  if (order > 10000000000) {',
      '    if (size > 1) { if (y > 0) { return sign * infinity; } return 0; }',
      '    if (size < 1) { if (y > 0) { return 0; } return sign * infinity; }',
      '    return size;',
      '  }',
      '  const count = Math.floor(Math.log2(size) + 0.5);',
      '  const rest = timesPowerOfTwo(size, -count) - 1;',
      '  const small = y * (rest + (logarithmNearOne(rest) - 0.5 * rest * rest));',
      '  const wide = y * 257;',
      '  const high = wide - (wide - y);',
      '  const power = high * count;',
      '  const total = power + small * 1.4426950408889634;',
      '  if (total > 150) { return sign * infinity; }',
      '  if (total < -170) { return 0; }',
      '  const whole = Math.floor(total + 0.5);',
      '  const part = ((power - whole) + (y - high) * count) * 0.6931471805599453;',
      '  return sign * timesPowerOfTwo(exponentialSeries(part + small), whole);',
      '}',
    ].join('\n'),
    'timesPowerOfTwo',
    'logarithmNearOne',
    'exponentialSeries',
  ),
};
