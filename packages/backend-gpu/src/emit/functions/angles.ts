import { ofNumbers, type FunctionText } from './function-text.ts';

export type AngleFunctionName = 'waveOf' | 'angleOf';

const largest = 2 ** 128 - 2 ** 104;

/**
 * Sine, cosine and the angle of a point in single precision. Methods and coefficients: Cody and Waite, "Software Manual
 * for the Elementary Functions" (1980), reduction by a multiple of pi/2 taken in parts of few bits, here for angles up to 2^32;
 * Moshier's Cephes library, its polynomials for single precision.
 */
export const angleFunctions: Readonly<Record<AngleFunctionName, FunctionText>> = {
  /** sin(x + shift pi/2): sine and cosine of what is left but for quarter turns, of which one is taken, with a sign. */
  waveOf: ofNumbers(
    [
      'function waveOf(x, shift) {',
      '  const turns = Math.floor(x * 0.6366197723675814 + 0.5);',
      // In three digits, so that each times a part of pi/2 is exact; about 0, so that small angles have one.
      '  const high = Math.floor(turns * 9.5367431640625e-7 + 0.5) * 1048576;',
      '  const middle = Math.floor((turns - high) * 0.0009765625 + 0.5) * 1024;',
      '  const low = (turns - high) - middle;',
      '  let left = ((x - high * 1.5703125) - middle * 1.5703125) - low * 1.5703125;',
      '  left = (left - high * 0.0004837512969970703) - middle * 0.0004837512969970703;',
      // The turns of a large angle are rounded: what is left says how many more there are.
      '  const about = ((left - low * 0.0004837512969970703) - high * 7.549533620476723e-8) - middle * 7.549533620476723e-8;',
      '  const more = Math.floor(about * 0.6366197723675814 + 0.5);',
      '  const last = low + more;',
      '  left = ((left - more * 1.5703125) - high * 7.549533620476723e-8) - last * 0.0004837512969970703;',
      '  left = (left - (middle + last) * 7.549533620476723e-8) - high * 2.5632829192545614e-12;',
      '  left = (left - (middle + last) * 2.5632829192545614e-12) - high * 6.1257422745431e-17;',
      // Of angles beyond 2^32 what is left is anything: results stay in -1 to 1.
      '  if (left > 0.8) { left = 0.8; }',
      '  if (left < -0.8) { left = -0.8; }',
      '  const square = left * left;',
      '  const across = left + ((-0.00019515295891 * square + 0.0083321608736) * square - 0.16666654611) * square * left;',
      '  const along = 1 - (0.5 * square - ((0.00002443315711809948 * square - 0.001388731625493765) * square + 0.04166664568298827) * square * square);',
      '  const quarter = last + shift - 4 * Math.floor((last + shift) * 0.25);',
      '  const half = Math.floor(quarter * 0.5);',
      '  const odd = quarter - half - half;',
      '  return ((1 - odd) * across + odd * along) * (1 - half - half);',
      '}',
    ].join('\n'),
  ),
  /** atan2(y, x): the angle in the first eighth of the circle, then mirrored; pi in two parts. */
  angleOf: ofNumbers(
    [
      'function angleOf(y, x) {',
      '  const across = Math.abs(x);',
      '  const up = Math.abs(y);',
      '  let long = across;',
      '  let short = up;',
      '  if (up > across) { long = up; short = across; }',
      '  let slope = short / long;',
      '  if (long === 0 && short === 0) { slope = 0; }',
      `  if (short > ${largest} && long > ${largest}) { slope = 1; }`,
      '  let start = 0;',
      '  let startLow = 0;',
      '  if (slope > 0.41421356237309503) { slope = (slope - 1) / (slope + 1); start = 0.7853981852531433; startLow = -2.1855694e-8; }',
      '  const square = slope * slope;',
      '  const curve = (((0.0805374449538 * square - 0.138776856032) * square + 0.199777106478) * square - 0.333329491539) * square * slope;',
      '  let angle = start + ((curve + startLow) + slope);',
      '  if (up > across) { angle = 1.5707963705062866 - (angle + 4.371139e-8); }',
      '  if (x < 0) { angle = 3.1415927410125732 - (angle + 8.742278e-8); }',
      '  if (y < 0) { return -angle; }',
      '  if (y === 0 && angle === 0) { return y; }',
      '  return angle;',
      '}',
    ].join('\n'),
  ),
};
