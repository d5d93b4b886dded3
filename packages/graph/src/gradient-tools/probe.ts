/** A scalar function of some elements, and what is said to be its gradient at a point. */
export interface Subject {
  readonly at: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
  readonly valueAt: (point: Float64Array) => number;
}

/** A slope by the gradient and by differences. */
export interface Probe {
  readonly gradient: number;
  readonly difference: number;
  /** |gradient - difference|, relative to the larger one. */
  readonly error: number;
  /** `notJudged`: differences find no derivative there, since a kink, a jump or the end of the domain is too near. */
  readonly verdict: 'agrees' | 'differs' | 'notJudged';
}

/** Differences are taken over h, h / 2, h / 4 and h / 8. */
const halvings = 3;
/** A loss is a sum that double precision holds to about this part of it. */
const rounding = 2 ** -48;
/** A slope this much smaller than the largest element of the gradient is judged as if it were that large. */
const smallPart = 1e-3;
/** One-sided slopes of a smooth function come nearer by a half with each halving, those beside a kink by nothing. */
const kinked = 0.75;

/**
 * Compares the slope along a direction with what central differences D tend to, in double precision.
 *
 *   D(h) = f' + c h^2 + …,  so  R(h) = (4 D(h / 2) - D(h)) / 3 = f' + O(h^4)
 *
 * How far two R differ says how far they can be trusted (Richardson; Ridders, "Accurate Computation of F'(x)", 1982).
 */
export function probe({ at, value: centre, gradient, valueAt }: Subject, direction: Float64Array, step: number, tolerance: number): Probe {
  const moving = at.filter((_, index) => direction[index] !== 0);
  const unit = step * moving.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1);
  const differences = Array.from({ length: halvings + 1 }, (_, halving) => {
    const h = unit / 2 ** halving;
    const above = valueAt(at.map((value, index) => value + h * (direction[index] ?? 0)));
    const below = valueAt(at.map((value, index) => value - h * (direction[index] ?? 0)));
    return { central: (above - below) / (2 * h), gap: Math.abs(above - 2 * centre + below) / h };
  });
  const limits = differences.slice(1).map(({ central }, index) => (4 * central - (differences[index]?.central ?? Number.NaN)) / 3);
  const [difference = Number.NaN, before = Number.NaN] = limits.reverse();
  const [gap = 0, gapBefore = 0] = differences.map((each) => each.gap).reverse();
  const slope = gradient.reduce((sum, value, index) => sum + (direction[index] === 0 ? 0 : value * (direction[index] ?? 0)), 0);
  const largest = gradient.reduce((found, value) => Math.max(found, Math.abs(value)), 0);
  const scale = Math.max(Math.abs(slope), Math.abs(difference), smallPart * largest);
  const roundingError = (rounding * Math.abs(centre) * 2 ** halvings) / unit;
  const doubt = 2 * Math.abs(difference - before) + roundingError;
  const distance = Math.abs(slope - difference);
  const verdict = (): Probe['verdict'] => {
    if (!differences.every(({ central }) => Number.isFinite(central))) return 'notJudged';
    if (gap > kinked * gapBefore && gap > tolerance * scale + roundingError) return 'notJudged';
    if (distance <= Math.max(tolerance * scale, roundingError)) return 'agrees';
    if (distance <= doubt) return doubt > tolerance * scale ? 'notJudged' : 'agrees';
    return 'differs';
  };
  return { gradient: slope, difference, error: distance === 0 ? 0 : distance / scale, verdict: verdict() };
}
