import { ofIntegers, type FunctionText } from './function-text.ts';

export type IntegerFunctionName = 'wholeOf' | 'wholeQuotient' | 'refinedQuotient' | 'addedQuotient' | 'settledQuotient' | 'nearQuotient' | 'nearestPlace' | 'foldedPlace';

/**
 * Integers that are exact up to 2^31 - 1. Shaders divide in single precision, and not always to the nearest: the quotient
 * is estimated, the rest of the estimate, exact as an integer, is divided again, and what is then off by one is settled.
 */
export const integerFunctions: Readonly<Record<IntegerFunctionName, FunctionText>> = {
  /** A whole number in a float, below 2^24, as an integer. */
  wholeOf: ofIntegers('function wholeOf(a) { return a; }'),
  /** floor(a / b), b > 0. */
  wholeQuotient: ofIntegers('function wholeQuotient(a, b) { return refinedQuotient(Math.floor(a / b), a, b); }', 'refinedQuotient'),
  refinedQuotient: ofIntegers('function refinedQuotient(q, a, b) { return addedQuotient(Math.floor((a - q * b) / b), q, a, b); }', 'addedQuotient'),
  addedQuotient: ofIntegers('function addedQuotient(d, q, a, b) { return settledQuotient(q + d, a, b); }', 'settledQuotient'),
  settledQuotient: ofIntegers('function settledQuotient(q, a, b) { if (a - q * b < 0) { return q - 1; } if (a - q * b >= b) { return q + 1; } return q; }'),
  /** floor(a / b) of -b <= a < 2b. */
  nearQuotient: ofIntegers('function nearQuotient(a, b) { if (a < 0) { return -1; } if (a < b) { return 0; } return 1; }'),
  /** The number of 0 … limit that is nearest to a. */
  nearestPlace: ofIntegers('function nearestPlace(a, limit) { if (a < 0) { return 0; } if (a > limit) { return limit; } return a; }'),
  /** Where a place of a repeating axis lies in the axis itself, which runs forth, then back to front. */
  foldedPlace: ofIntegers('function foldedPlace(place, size, last) { if (place < size) { return place; } return last - place; }'),
};
