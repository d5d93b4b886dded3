import type { BinaryName, UnaryName } from '@xcorr/graph';

/**
 * How one function carries errors. `spread` bounds the reach of an error in its operand,
 *
 *   spread(x, e)  >=  |f(x + d) - f(x)|  for every |d| <= e
 *
 * and is Infinity where a jump, a pole or the edge of the domain lies in that reach. It never is a derivative times e:
 * near a pole the first order is too small. `rounding` is what the function's own error is relative to; 0 means that
 * it makes none.
 */
export interface UnaryError {
  readonly spread: (x: number, e: number) => number;
  readonly rounding: (y: number, x: number) => number;
}

/** The same for two operands, each with its own error. */
export interface BinaryError {
  readonly spread: (a: number, ea: number, b: number, eb: number) => number;
  readonly rounding: (y: number, a: number, b: number) => number;
}

const none = (): number => 0;
const ofResult = (y: number): number => Math.abs(y);
const same = (_: number, e: number): number => e;

/** A step function: nothing happens where no jump is in reach. An operand without error stays on its side. */
const step = (isReached: boolean, e: number): number => (e > 0 && isReached ? Infinity : 0);

/** The largest angle, in radians, whose sine and cosine are judged: beyond, reducing it by 2 pi costs the digits. */
const largestAngle = 8192;

/** An angle of error e: both functions have slopes up to 1 and values up to 1. */
const turned = (x: number, e: number): number => (Math.abs(x) + e > largestAngle ? Infinity : Math.min(e, 2));

/** The errors of the unary primitives. */
export const unaryError: Readonly<Record<UnaryName, UnaryError>> = {
  neg: { spread: same, rounding: none },
  abs: { spread: same, rounding: none },
  sign: { spread: (x, e) => step(Math.abs(x) <= e, e), rounding: none },
  floor: { spread: (x, e) => step(Math.floor(x - e) !== Math.floor(x + e), e), rounding: none },
  // sqrt(x) - sqrt(x - e) = e / (sqrt(x) + sqrt(x - e)); below 0 there is no value.
  sqrt: { spread: (x, e) => (e === 0 ? 0 : x >= e ? e / (Math.sqrt(x) + Math.sqrt(x - e)) : Infinity), rounding: ofResult },
  // exp(x + e) - exp(x) = exp(x) (exp(e) - 1). An exponent that is rounded before it is used costs |x| units.
  exp: { spread: (x, e) => (e === 0 ? 0 : Math.exp(x) * Math.expm1(e)), rounding: (y, x) => y * (1 + Math.abs(x)) },
  // log(x) - log(x - e) = -log(1 - e / x)
  log: { spread: (x, e) => (e === 0 ? 0 : x > e ? -Math.log1p(-e / x) : Infinity), rounding: ofResult },
  // Near 0 the sine is its argument; elsewhere its error is absolute, for the argument is reduced first.
  sin: { spread: turned, rounding: (_, x) => Math.min(1, Math.abs(x)) },
  cos: { spread: turned, rounding: () => 1 },
  // The slope 1 / cosh^2 is steepest where the operand is nearest to 0.
  tanh: { spread: (x, e) => Math.min(2, e / Math.cosh(Math.max(0, Math.abs(x) - e)) ** 2), rounding: ofResult },
};

const summed = (_a: number, ea: number, _b: number, eb: number): number => ea + eb;
const larger = (_a: number, ea: number, _b: number, eb: number): number => Math.max(ea, eb);
/** Two numbers that may come to stand on the other side of one another, or to meet. */
const compared = (a: number, ea: number, b: number, eb: number): number => step(Math.abs(a - b) <= ea + eb, ea + eb);

/**
 * a^b for a > ea, where it is exp(b ln a): the exponent errs by at most
 *
 *   (|b| + eb) * -log(1 - ea / a)  +  eb * |ln a|
 */
function powerSpread(a: number, ea: number, b: number, eb: number): number {
  const exponent = (Math.abs(b) + eb) * -Math.log1p(-ea / a) + eb * Math.abs(Math.log(a));
  return a ** b * Math.expm1(exponent);
}

function powSpread(a: number, ea: number, b: number, eb: number): number {
  // 0 to a negative power has the sign of that zero, which is nobody's promise.
  if (a === 0 && ea === 0 && b - eb < 0) return Infinity;
  if (ea === 0 && eb === 0) return 0;
  if (a > ea) return powerSpread(a, ea, b, eb);
  if (a === 0 && ea === 0) return b > eb ? 0 : Infinity;
  if (eb > 0 || !Number.isInteger(b)) return Infinity;
  if (b === 0) return 0;
  if (a < -ea) return powerSpread(-a, ea, b, 0);
  // 0 is in reach.
  return b > 0 ? Math.abs(a) ** b + (Math.abs(a) + ea) ** b : Infinity;
}

/** The errors of the binary primitives. */
export const binaryError: Readonly<Record<BinaryName, BinaryError>> = {
  add: { spread: summed, rounding: ofResult },
  sub: { spread: summed, rounding: ofResult },
  mul: { spread: (a, ea, b, eb) => Math.abs(a) * eb + Math.abs(b) * ea + ea * eb, rounding: ofResult },
  // |(a + p) / (b + q) - a / b|  =  |p - q a / b| / |b + q|. What is divided by 0 has the sign of that zero: not judged.
  div: {
    spread: (a, ea, b, eb) => {
      if (Math.abs(b) <= eb) return Infinity;
      return ea === 0 && eb === 0 ? 0 : (ea + Math.abs(a / b) * eb) / (Math.abs(b) - eb);
    },
    rounding: ofResult,
  },
  min: { spread: larger, rounding: none },
  max: { spread: larger, rounding: none },
  pow: { spread: powSpread, rounding: (y) => Math.abs(y) * (1 + Math.abs(Math.log(Math.abs(y)))) },
  // The point moves by at most h and is r away from the origin: the angle turns by at most asin(h / r), unless the
  // point may cross the ray of negative x, where the angle jumps. On the ray itself the sign of zero decides.
  atan2: {
    spread: (y, ey, x, ex) => {
      if (Math.abs(y) <= ey && x - ex <= 0) return Infinity;
      const reach = Math.hypot(ey, ex);
      return reach === 0 ? 0 : reach < Math.hypot(y, x) ? Math.asin(reach / Math.hypot(y, x)) : Infinity;
    },
    rounding: ofResult,
  },
  less: { spread: compared, rounding: none },
  lessEqual: { spread: compared, rounding: none },
  equal: { spread: compared, rounding: none },
};
