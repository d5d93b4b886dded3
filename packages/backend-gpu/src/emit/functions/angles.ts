import { ofNumbers, type FunctionText } from './function-text.ts';

export type AngleFunctionName = 'waveOf' | 'angleOf';

const largest = 2 ** 128 - 2 ** 104;

/**
 * Sine, cosine and the angle of a point in single precision. Methods and coefficients: Cody and Waite, "Software Manual
 * for the Elementary Functions" (1980), reduction by a multiple of pi/2 taken in three parts, the first of few bits;
 * Moshier's Cephes library, its polynomials for single precision.
 */
export const angleFunctions: Readonly<Record<AngleFunctionName, FunctionText>> = {
  /** sin(x + shift pi/2): sine and cosine of what is left but for quarter turns, of which one is taken, with a sign. */
  waveOf: ofNumbers(
    [
      'function waveOf(x, shift) {',
      '  const turns = Math.floor(x * 0.6366197723675814 + 0.5);',
      '  let left = ((x - turns * 1.5703125) - turns * 0.0004837512969970703) - turns * 7.549789948768648e-8;',
      // Multiples are exact for angles of at most 8192; far beyond, what is left is not, and results must stay in -1 to 1.
      '  if (left > 0.8) { left = 0.8; }',
      '  if (left < -0.8) { left = -0.8; }',
      '  const square = left * left;',
      '  const across = left + ((-0.00019515295891 * square + 0.0083321608736) * square - 0.16666654611) * square * left;',
      '  const along = 1 - (0.5 * square - ((0.00002443315711809948 * square - 0.001388731625493765) * square + 0.04166664568298827) * square * square);',
      '  const quarter = turns + shift - 4 * Math.floor((turns + shift) * 0.25);',
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
