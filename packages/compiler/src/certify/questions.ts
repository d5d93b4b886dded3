import { prime } from './prime-field.ts';

/**
 * What chance could have answered wrongly at a point: which arguments of unknown functions are equal, which divisors
 * are, and which of them are 0. For every other question the answer is that of the polynomials.
 */
export interface Questions {
  /** Distinct arguments and divisors, and pairs that were found equal. */
  readonly count: number;
  /** The degree of the difference of two values that are compared, at most: n d' or n' d of n / d - n' / d'. */
  readonly degree: number;
}

/** More points than these tell little more: each has to tell enough. */
export const mostPoints = 16;

/**
 * The probability, at most, that stages that differ agree at a random point.
 *
 * Values are rational functions of what is fed and of what unknown functions give, each of these a variable of its own.
 * So it is as long as no question is answered by chance. The k-th is answered so where a divisor is 0, or two values of a
 * choice are equal, with a probability of degree / p; or where it agrees with one of the k - 1 before it, or a member of a
 * maximum with a maximum, with one of (degree + 1) / p: one more for the random coefficients by which arguments are summed
 * up. Of `count` questions that are told apart, at most the one behind them can be mistaken for one of them:
 *
 *   sum over k <= count of ((k - 1) (degree + 1) + degree) / p,  and count (degree + 1) / p
 *
 * Where none is, results that differ agree with a probability of degree / p (Schwartz, Zippel).
 */
export function chanceAtPoint({ count, degree }: Questions): number {
  return (((degree + 1) * count * (count + 1)) / 2 + (count + 1) * degree) / Number(prime);
}

/**
 * The probability, at most, that they agree at so many points. How many are taken is decided by what is counted at them,
 * unless there are no questions: for each number of points that might have been taken, it is added once.
 */
export function chanceAtPoints(questions: Questions, points: number): number {
  return (questions.count === 0 ? 1 : mostPoints) * chanceAtPoint(questions) ** points;
}
