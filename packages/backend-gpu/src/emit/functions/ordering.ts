import { ofNumbers, type FunctionText } from './function-text.ts';

export type OrderingFunctionName = 'signOf' | 'smallerOf' | 'largerOf' | 'byteOf' | 'numberOf';

/**
 * What drivers do otherwise than IEEE 754 where an operand is NaN, in comparisons alone: the sum of two numbers of which
 * none is the smaller is NaN. Zeros of both signs are equal: their sum is the larger of the two.
 */
export const orderingFunctions: Readonly<Record<OrderingFunctionName, FunctionText>> = {
  /** An integer as a number. */
  numberOf: ofNumbers('function numberOf(x) { return x; }'),
  signOf: ofNumbers('function signOf(x) { if (x > 0) { return 1; } if (x < 0) { return -1; } return x; }'),
  smallerOf: ofNumbers(
    'function smallerOf(x, y) { if (x < y) { return x; } if (y < x) { return y; } if (x === 0) { return -(-x - y); } if (x === y) { return x; } return x + y; }',
  ),
  largerOf: ofNumbers(
    'function largerOf(x, y) { if (x > y) { return x; } if (y > x) { return y; } if (x === 0) { return x + y; } if (x === y) { return x; } return x + y; }',
  ),
  /** The byte nearest to a number, the even one of two; 0 of NaN. */
  byteOf: ofNumbers(
    [
      'function byteOf(x) {',
      '  if (x >= 255) { return 255; }',
      '  if (x > 0) {',
      '    const below = Math.floor(x);',
      '    const rest = x - below;',
      '    if (rest < 0.5) { return below; }',
      '    if (rest > 0.5) { return below + 1; }',
      '    return 2 * Math.floor(below * 0.5 + 0.5);',
      '  }',
      '  return 0;',
      '}',
    ].join('\n'),
  ),
};
