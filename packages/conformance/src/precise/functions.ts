import { binaryMeaning, unaryMeaning, type BinaryName, type UnaryName } from '@xcorr/graph';
import { bigFloat, bigFloatOf, magnitude, negated, nearestOf, precision, product, quotient, root, scaleOf, shifted, total, type BigFloat, type Nearest } from './big-float.ts';

// Numbers in fixed point stand here as whole multiples of 2^-precision.
const bits = BigInt(precision);
const one = 1n << bits;
const fixed = ({ mantissa, exponent }: BigFloat): bigint => shifted(mantissa, exponent + precision);
const floating = (value: bigint): BigFloat => bigFloat(value, -precision);
const times = (a: bigint, b: bigint): bigint => (a * b) >> bits;

/** x + sign x^3 / 3 + x^5 / 5 + …: the inverse hyperbolic tangent, or with the sign -1 the inverse tangent. */
function inverseTangent(x: bigint, sign: bigint): bigint {
  const square = times(x, x) * sign;
  let [power, sum] = [x, x];
  for (let divisor = 3n; magnitude(power) > 1n; divisor += 2n) {
    power = times(power, square);
    sum += power / divisor;
  }
  return sum;
}

const naturalLogarithmOf2 = 2n * inverseTangent(one / 3n, 1n);
/** Machin: pi / 4 = 4 atan(1/5) - atan(1/239). */
const halfTurn = 16n * inverseTangent(one / 5n, -1n) - 4n * inverseTangent(one / 239n, -1n);
const quarterTurn = halfTurn / 2n;

/** The nearest whole number of units that a number has. */
const unitsIn = (value: bigint, unit: bigint): bigint => {
  const twice = 2n * value + unit;
  return (twice - (((twice % (2n * unit)) + 2n * unit) % (2n * unit))) / (2n * unit);
};

/** exp(x) = 2^k exp(x - k log 2) */
function exponential(x: BigFloat): BigFloat {
  const operand = fixed(x);
  const halvings = unitsIn(operand, naturalLogarithmOf2);
  const rest = operand - halvings * naturalLogarithmOf2;
  let [term, sum] = [one, one];
  for (let divisor = 1n; term !== 0n && term !== -1n; divisor++) {
    term = times(term, rest) / divisor;
    sum += term;
  }
  return bigFloat(sum, Number(halvings) - precision);
}

/** log(2^k f) = k log 2 + 2 atanh((f - 1) / (f + 1)), f from 3/4 to 3/2 */
function logarithm(x: BigFloat): BigFloat {
  const scale = scaleOf(x);
  const half = fixed(bigFloat(x.mantissa, x.exponent - scale));
  const isLow = half < (one * 3n) / 4n;
  const [fraction, power] = isLow ? [2n * half, scale - 1] : [half, scale];
  return floating(2n * inverseTangent(((fraction - one) << bits) / (fraction + one), 1n) + BigInt(power) * naturalLogarithmOf2);
}

/** Below this scale the cube of a number is too small to be seen beside it. */
const tiny = -60;

/** The sine of an angle and of one that is some quarter turns more, by Taylor's series about the nearest quarter turn. */
function sineAfter(x: BigFloat, more: bigint): BigFloat {
  const angle = fixed(x);
  const quarters = unitsIn(angle, quarterTurn);
  const rest = angle - quarters * quarterTurn;
  const turned = (((quarters + more) % 4n) + 4n) % 4n;
  const square = -times(rest, rest);
  let [term, divisor] = turned % 2n === 0n ? [rest, 2n] : [one, 1n];
  let sum = term;
  while (magnitude(term) > 1n) {
    term = times(term, square) / (divisor * (divisor + 1n));
    sum += term;
    divisor += 2n;
  }
  return floating(turned < 2n ? sum : -sum);
}

/** (exp(2x) - 1) / (exp(2x) + 1) */
function hyperbolicTangent(x: BigFloat): BigFloat {
  if (scaleOf(x) < tiny) return x;
  // From 128 on it lies nearer to 1 than the precision.
  if (scaleOf(x) > 7) return bigFloat(x.mantissa < 0n ? -1n : 1n, 0);
  const power = exponential(bigFloat(x.mantissa, x.exponent + 1));
  return quotient(total(power, bigFloat(-1n, 0)), total(power, bigFloat(1n, 0)));
}

/** For 0 <= t <= 1, where atan(t) = 2 atan(t / (1 + sqrt(1 + t^2))). */
function angleOf(slope: BigFloat): BigFloat {
  if (scaleOf(slope) < tiny) return slope;
  let t = fixed(slope);
  const halvings = 3;
  for (let halving = 0; halving < halvings; halving++) t = (t << bits) / (one + fixed(root(floating(one + times(t, t)))));
  return bigFloat(inverseTangent(t, -1n), halvings - precision);
}

/** Not on the ray of negative x, nor at the origin. */
function angle(y: BigFloat, x: BigFloat): BigFloat {
  const [height, width] = [bigFloat(magnitude(y.mantissa), y.exponent), bigFloat(magnitude(x.mantissa), x.exponent)];
  const isSteep = total(height, negated(width)).mantissa > 0n;
  const within = angleOf(isSteep ? quotient(width, height) : quotient(height, width));
  const upwards = isSteep ? total(floating(quarterTurn), negated(within)) : within;
  const upper = x.mantissa < 0n ? total(floating(halfTurn), negated(upwards)) : upwards;
  return y.mantissa < 0n ? negated(upper) : upper;
}

const isOdd = ({ mantissa, exponent }: BigFloat): boolean => exponent <= 0 && shifted(mantissa, exponent) % 2n !== 0n;

/** |a|^b = exp(b log |a|), of the sign of a where b is odd. */
function power(a: BigFloat, b: BigFloat): BigFloat {
  const size = exponential(product(b, logarithm(bigFloat(magnitude(a.mantissa), a.exponent))));
  return a.mantissa < 0n && isOdd(b) ? negated(size) : size;
}

/** A function that has digits beyond the double's. */
interface Precise<Numbers extends readonly number[], Operands extends readonly BigFloat[]> {
  readonly value: (...operands: Operands) => BigFloat;
  /** What is best left to the language: no number, an infinity, a zero, or a result that is one. Default: nothing else. */
  readonly isPlain?: (...operands: Numbers) => boolean;
}

type UnaryPrecise = Precise<readonly [number], readonly [BigFloat]>;
type BinaryPrecise = Precise<readonly [number, number], readonly [BigFloat, BigFloat]>;

/** Beyond it angles need more digits of pi than are held. */
const largestAngle = 2 ** 32;
const isLargeAngle = (x: number): boolean => Math.abs(x) > largestAngle;
/** Beyond it, whatever the operand, exp overflows or underflows. */
const largestExponent = 1500;

/** Each function with more digits than a double has; `exact` are those whose results, over doubles, are doubles. */
const unary: Readonly<Record<UnaryName, UnaryPrecise | 'exact'>> = {
  neg: 'exact',
  abs: 'exact',
  sign: 'exact',
  floor: 'exact',
  sqrt: { value: root, isPlain: (x) => x < 0 },
  exp: { value: exponential, isPlain: (x) => Math.abs(x) > largestExponent },
  log: { value: logarithm, isPlain: (x) => x < 0 },
  sin: { value: (x) => (scaleOf(x) < tiny ? x : sineAfter(x, 0n)), isPlain: isLargeAngle },
  cos: { value: (x) => sineAfter(x, 1n), isPlain: isLargeAngle },
  tanh: { value: hyperbolicTangent },
};

const binary: Readonly<Record<BinaryName, BinaryPrecise | 'exact'>> = {
  add: { value: total },
  sub: { value: (a, b) => total(a, negated(b)) },
  mul: { value: product },
  div: { value: quotient },
  min: 'exact',
  max: 'exact',
  pow: { value: power, isPlain: (a, b) => (a < 0 && !Number.isInteger(b)) || Math.abs(b * Math.log(Math.abs(a))) > largestExponent },
  atan2: { value: angle },
  less: 'exact',
  lessEqual: 'exact',
  equal: 'exact',
};

const exactly = (nearest: number): Nearest => ({ nearest, rest: 0 });
const isOrdinary = (value: number): boolean => Number.isFinite(value) && value !== 0;

/**
 * A unary function of a double, with about 100 bits more than a double has. Sines and cosines of more than 2^32 are
 * those of the language.
 */
export function preciseUnary(name: UnaryName, x: number): Nearest {
  const precise = unary[name];
  if (precise === 'exact' || !isOrdinary(x) || (precise.isPlain?.(x) ?? false)) return exactly(unaryMeaning[name](x));
  return nearestOf(precise.value(bigFloatOf(x)));
}

/** A binary function of doubles, with about 100 bits more than a double has. */
export function preciseBinary(name: BinaryName, a: number, b: number): Nearest {
  const precise = binary[name];
  // The quarter turn is no double either.
  const isVertical = name === 'atan2' && a !== 0 && b === 0 && Number.isFinite(a);
  const areOrdinary = (isOrdinary(a) && isOrdinary(b)) || isVertical;
  if (precise === 'exact' || !areOrdinary || (precise.isPlain?.(a, b) ?? false)) return exactly(binaryMeaning[name](a, b));
  return nearestOf(precise.value(bigFloatOf(a), bigFloatOf(b)));
}
