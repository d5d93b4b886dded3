/** The number mantissa * 2^exponent, exactly. */
export interface BigFloat {
  readonly mantissa: bigint;
  readonly exponent: number;
}

export const bigFloat = (mantissa: bigint, exponent: number): BigFloat => ({ mantissa, exponent });

/** Bits behind the point, or of a quotient or root, of what is no longer exact. */
export const precision = 256;

export const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

/** The number of bits of a magnitude; 0 of 0. */
export function bitsOf(value: bigint): number {
  const digits = magnitude(value).toString(16);
  return value === 0n ? 0 : 4 * digits.length - (Math.clz32(Number.parseInt(digits.charAt(0), 16)) - 28);
}

export const shifted = (value: bigint, by: number): bigint => (by >= 0 ? value << BigInt(by) : value >> BigInt(-by));

const words = new DataView(new ArrayBuffer(8));

/** A finite double, exactly. */
export function bigFloatOf(value: number): BigFloat {
  words.setFloat64(0, value);
  const biased = (words.getUint16(0) >> 4) & 0x7ff;
  const fraction = words.getBigUint64(0) & 0xf_ffff_ffff_ffffn;
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n);
  return bigFloat(value < 0 ? -mantissa : mantissa, Math.max(1, biased) - 1075);
}

/** Where the leading bit stands: 2^(n - 1) <= |x| < 2^n. */
export const scaleOf = ({ mantissa, exponent }: BigFloat): number => bitsOf(mantissa) + exponent;

export const product = (a: BigFloat, b: BigFloat): BigFloat => bigFloat(a.mantissa * b.mantissa, a.exponent + b.exponent);

export function total(a: BigFloat, b: BigFloat): BigFloat {
  const exponent = Math.min(a.exponent, b.exponent);
  return bigFloat(shifted(a.mantissa, a.exponent - exponent) + shifted(b.mantissa, b.exponent - exponent), exponent);
}

export const negated = ({ mantissa, exponent }: BigFloat): BigFloat => bigFloat(-mantissa, exponent);

export function quotient(a: BigFloat, b: BigFloat): BigFloat {
  const by = precision + Math.max(0, bitsOf(b.mantissa) - bitsOf(a.mantissa));
  return bigFloat((a.mantissa << BigInt(by)) / b.mantissa, a.exponent - b.exponent - by);
}

/** The largest whole number whose square is not larger (Newton's iteration from above). */
function wholeRoot(value: bigint): bigint {
  let root = 1n << BigInt(Math.ceil(bitsOf(value) / 2));
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}

export function root(a: BigFloat): BigFloat {
  if (a.mantissa === 0n) return a;
  const by = 2 * precision + (a.exponent % 2 === 0 ? 0 : 1);
  return bigFloat(wholeRoot(a.mantissa << BigInt(by)), (a.exponent - by) / 2);
}

/** x * 2^exponent, without an overflow on the way. */
const scaled = (value: number, exponent: number): number => value * 2 ** Math.max(exponent, -1000) * 2 ** Math.min(0, exponent + 1000);

/** A number as the double that is nearest, ties to even, and what it lacks. */
export interface Nearest {
  readonly nearest: number;
  readonly rest: number;
}

export function nearestOf({ mantissa, exponent }: BigFloat): Nearest {
  const sign = mantissa < 0n ? -1 : 1;
  const size = magnitude(mantissa);
  const drop = Math.max(bitsOf(size) - 53, -1074 - exponent, 0);
  const [cut, half] = [size >> BigInt(drop), 1n << BigInt(Math.max(0, drop - 1))];
  const beyond = drop === 0 ? 0n : size - (cut << BigInt(drop));
  const up = beyond > half || (beyond === half && drop > 0 && cut % 2n === 1n);
  const kept = up ? cut + 1n : cut;
  const rest = size - (kept << BigInt(drop));
  // A double holds 53 of its bits, and no more than 1024 on the way.
  const less = Math.max(0, bitsOf(rest) - 64);
  return { nearest: sign * scaled(Number(kept), exponent + drop), rest: sign * scaled(Number(shifted(rest, -less)), exponent + less) };
}
