import type { DType } from '@xcorr/graph';

interface Format {
  /** Bits of the significand, the leading one among them. */
  readonly precision: number;
  /** The exponent of the smallest normal number. */
  readonly smallest: number;
}

const formats: Readonly<Record<DType, Format>> = { float32: { precision: 24, smallest: -126 }, float64: { precision: 53, smallest: -1022 } };

/** The smallest normal number. */
export function smallestNormal(dtype: DType): number {
  return 2 ** formats[dtype].smallest;
}

/** The largest finite number. */
export function largestNumber(dtype: DType): number {
  const { precision, smallest } = formats[dtype];
  return (2 - 2 ** (1 - precision)) * 2 ** (1 - smallest);
}

/** The distance of the numbers that the dtype holds about a value: one unit in the last place. */
export function unitInLastPlace(value: number, dtype: DType): number {
  const { precision, smallest } = formats[dtype];
  const size = Math.abs(value);
  let exponent = Math.max(smallest, Math.min(1023, Math.floor(Math.log2(size))));
  // The logarithm may be rounded over a power of two.
  if (exponent < 1023 && 2 ** (exponent + 1) <= size) exponent++;
  else if (exponent > smallest && 2 ** exponent > size) exponent--;
  return 2 ** (exponent - precision + 1);
}
