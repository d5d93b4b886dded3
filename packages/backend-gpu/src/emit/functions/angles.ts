import { ofNumbers, type FunctionText } from './function-text.ts';

export type AngleFunctionName = 'sineNearZero' | 'cosineNearZero' | 'quarterTurns' | 'angleLeft' | 'sine' | 'cosine' | 'angleOf';

const largest = 2 ** 128 - 2 ** 104;

/**
 * Sine, cosine and the angle of a point in single precision. Methods and coefficients: Cody and Waite, "Software Manual
 * for the Elementary Functions" (1980), reduction by a multiple of pi/2 taken in three parts, the first of few bits;
 * Moshier's Cephes library, its polynomials for single precision.
 */
export const angleFunctions: Readonly<Record<AngleFunctionName, FunctionText>> = {
  /** For angles of at most pi/4. */
  sineNearZero: ofNumbers(
    ['function sineNearZero(x) {', '  const square = x * x;', '  return x + ((-0.00019515295891 * square + 0.0083321608736) * square - 0.16666654611) * square * x;', '}'].join('\n'),
  ),
  /** For angles of at most pi/4. */
  cosineNearZero: ofNumbers(
    [
      'function cosineNearZero(x) {',
      '  const square = x * x;',
      '  return 1 - (0.5 * square - ((0.00002443315711809948 * square - 0.001388731625493765) * square + 0.04166664568298827) * square * square);',
      '}',
    ].join('\n'),
  ),
  quarterTurns: ofNumbers('function quarterTurns(x) { return Math.floor(x * 0.6366197723675814 + 0.5); }'),
  /** What is left of an angle but for quarter turns. */
  angleLeft: ofNumbers('function angleLeft(x, turns) { return ((x - turns * 1.5703125) - turns * 0.0004837512969970703) - turns * 7.549789948768648e-8; }'),
  sine: ofNumbers(
    [
      'function sine(x) {',
      // So far the multiples are exact; beyond, what the driver has lies between -1 and 1 at least.
      '  if (Math.abs(x) > 8192) { return Math.sin(x); }',
      '  const turns = quarterTurns(x);',
      '  const left = angleLeft(x, turns);',
      '  const quarter = turns - 4 * Math.floor(turns * 0.25);',
      '  if (quarter === 0) { return sineNearZero(left); }',
      '  if (quarter === 1) { return cosineNearZero(left); }',
      '  if (quarter === 2) { return -sineNearZero(left); }',
      '  return -cosineNearZero(left);',
      '}',
    ].join('\n'),
    'quarterTurns',
    'angleLeft',
    'sineNearZero',
    'cosineNearZero',
  ),
  cosine: ofNumbers(
    [
      'function cosine(x) {',
      '  if (Math.abs(x) > 8192) { return Math.cos(x); }',
      '  const turns = quarterTurns(x);',
      '  const left = angleLeft(x, turns);',
      '  const quarter = turns - 4 * Math.floor(turns * 0.25);',
      '  if (quarter === 0) { return cosineNearZero(left); }',
      '  if (quarter === 1) { return -sineNearZero(left); }',
      '  if (quarter === 2) { return -cosineNearZero(left); }',
      '  return sineNearZero(left);',
      '}',
    ].join('\n'),
    'quarterTurns',
    'angleLeft',
    'sineNearZero',
    'cosineNearZero',
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
      '  if (long === 0) { slope = 0; }',
      `  if (short > ${largest}) { slope = 1; }`,
      '  let start = 0;',
      '  let startLow = 0;',
      '  if (slope > 0.41421356237309503) { slope = (slope - 1) / (slope + 1); start = 0.7853981852531433; startLow = -2.1855694e-8; }',
      '  const square = slope * slope;',
      '  const curve = (((0.0805374449538 * square - 0.138776856032) * square + 0.199777106478) * square - 0.333329491539) * square * slope;',
      '  let angle = start + ((curve + startLow) + slope);',
      '  if (up > across) { angle = 1.5707963705062866 - (angle + 4.371139e-8); }',
      '  if (x < 0) { angle = 3.1415927410125732 - (angle + 8.742278e-8); }',
      '  if (y < 0) { return -angle; }',
      '  if (angle === 0) { return y; }',
      '  return angle;',
      '}',
    ].join('\n'),
  ),
};
