/**
 * A number as people write it: decimal, with or without a point and an exponent; of anything else NaN. Number also reads
 * hexadecimal and the empty text, which nobody means here.
 *
 * @example
 * decimal(' -1.5e-3 '); // => -0.0015
 * decimal('0x10'); // => Number.NaN
 */
export function decimal(text: string): number {
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text.trim()) ? Number(text) : Number.NaN;
}
